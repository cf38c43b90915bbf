import type { Questionnaire } from '../contract/questionnaire/types.ts';

const base = { required: false, options: [], scale: null, branches: [], otherwise: '@next' } as const;

/**
 * What the demonstration's calls ask before they end. All of it may be left out, so that whoever tries the desk is not held up;
 * who says nothing to the first question is asked no more.
 */
export const demoQuestionnaire: Questionnaire = {
  questions: [
    {
      ...{ ...base, key: 'content', kind: 'single' },
      wording: {
        en: 'One question before we end: how satisfied are you with Northlight Mobile?',
        zh: '最后想请教一下，您对北光移动的服务满意吗？',
      },
      options: [
        { key: 'very', label: { en: 'Satisfied', zh: '满意' }, meaning: 'satisfied' },
        { key: 'fairly', label: { en: 'Fairly satisfied', zh: '基本满意' }, meaning: 'fairly-satisfied' },
        { key: 'not', label: { en: 'Not satisfied', zh: '不满意' }, meaning: 'not-satisfied' },
      ],
      branches: [
        { answers: ['very', 'fairly'], goTo: 'problem' },
        { answers: ['not'], goTo: 'why' },
      ],
      otherwise: '@end',
    },
    {
      ...{ ...base, key: 'why', kind: 'text' },
      wording: { en: 'What should we do better?', zh: '您觉得哪些方面需要改进？' },
    },
    {
      ...{ ...base, key: 'problem', kind: 'single' },
      wording: { en: 'Have you reported a problem lately, and is it solved?', zh: '您近期反映过问题吗？解决了没有？' },
      options: [
        { key: 'none', label: { en: 'Reported none', zh: '没有反映过' }, meaning: null },
        { key: 'solved', label: { en: 'Solved', zh: '已解决' }, meaning: 'solved' },
        { key: 'open', label: { en: 'Not solved', zh: '未解决' }, meaning: 'unsolved' },
      ],
    },
    {
      ...{ ...base, key: 'mark', kind: 'scale' },
      wording: { en: 'How likely would you recommend us to a friend?', zh: '您有多大可能向朋友推荐我们？' },
      scale: { from: 0, to: 10, low: { en: 'not at all', zh: '完全不会' }, high: { en: 'certainly', zh: '一定会' } },
    },
  ],
};

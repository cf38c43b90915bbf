import type { Criterion, Form } from '../form.ts';
import { check } from './build.ts';

/** 服务规范: manner and language. No criterion is fatal; the score is by weight. */
export const conductCriteria: readonly Criterion[] = [
  {
    id: 'opening',
    title: { en: 'Opening and close', zh: '开场与结束语' },
    fatal: false,
    weight: 20,
    checks: [
      check('introduced', 'Said who is calling, for whom and why', '说明身份、代表单位及来意', {
        'no-name': ['Name or number not given', '未报姓名或工号'],
        'no-purpose': ['Purpose not given', '未说明来意'],
      }),
      check('closed', 'Thanked and closed politely, customer first to hang up', '礼貌致谢，等待客户先挂机', {
        abrupt: ['Ended abruptly', '结束仓促'],
        'hung-up-first': ['Hung up on the customer', '抢先挂机'],
      }),
    ],
  },
  {
    id: 'manner',
    title: { en: 'Manner', zh: '服务态度' },
    fatal: false,
    weight: 40,
    checks: [
      check('polite', 'Polite and patient', '礼貌耐心', {
        impolite: ['Impolite', '用语不礼貌'],
        impatient: ['Impatient or irritated', '不耐烦'],
        quarrelled: ['Quarrelled or mocked', '争执或讽刺客户'],
      }),
      check('listened', 'Listened without interrupting', '认真倾听不打断', {
        interrupted: ['Interrupted', '打断客户'],
        'left-alone': ['Left the customer waiting without a word', '让客户无故等待'],
      }),
    ],
  },
  {
    id: 'language',
    title: { en: 'Voice and language', zh: '语音与表达' },
    fatal: false,
    weight: 20,
    checks: [
      check('clear', 'Clear, at a fit pace and loudness', '吐字清晰，语速音量适中', {
        'too-fast': ['Too fast', '语速过快'],
        unclear: ['Unclear', '吐字不清'],
        slang: ['Slang or forbidden words', '使用口头禅或服务禁语'],
      }),
    ],
  },
  {
    id: 'records',
    title: { en: 'Records', zh: '登记准确' },
    fatal: false,
    weight: 20,
    checks: [
      check(
        'right-outcome',
        'Outcome and notes say what was said',
        '通话小结与通话内容一致',
        { 'wrong-outcome': ['Wrong outcome', '小结选择错误'], 'notes-missing': ['Notes missing', '备注缺失'] },
        { mayNotApply: true },
      ),
    ],
  },
];

export const conduct: Form = {
  id: 'conduct',
  version: 1,
  title: { en: 'Conduct', zh: '服务规范' },
  heard: 'recording',
  criteria: conductCriteria,
};

import { describe, expect, test } from 'vitest';
import { questionnaireFaults } from '../../../src/contract/questionnaire/faults.ts';
import { pathOf } from '../../../src/contract/questionnaire/path.ts';
import { type Question, type Questionnaire, questionKinds } from '../../../src/contract/questionnaire/types.ts';
import { demoQuestionnaire } from '../../../src/seed/survey.ts';
import {
  asKind,
  branchOf,
  moved,
  newQuestion,
  renamed,
  withBranch,
  without,
} from '../../../src/web/manager/survey/draft.ts';

const codes = (questionnaire: Questionnaire) => questionnaireFaults(questionnaire).map(({ code }) => code);
const first = (questionnaire: Questionnaire): Question => {
  const [question] = questionnaire.questions;
  if (question === undefined) throw new Error('asks nothing');
  return question;
};

describe('a questionnaire while it is written', () => {
  test('a new question lacks nothing but its words', () => {
    const added = newQuestion({ questions: [] });
    expect(codes({ questions: [added] })).toEqual(['wordless', 'option-wordless']);
    expect(newQuestion({ questions: [added] }).key).not.toBe(added.key);
  });

  test('under another key it is led to as before', () => {
    const next = renamed(demoQuestionnaire, 1, 'reasons');
    expect(codes(next)).toEqual([]);
    expect(pathOf(next, { content: 'not' }).questions.map(({ key }) => key)).toEqual([
      'content',
      'reasons',
      'problem',
      'mark',
    ]);
  });

  test.each([0, 1, 2, 3])('without question %i nothing leads nowhere', (place) => {
    expect(codes(without(demoQuestionnaire, place))).not.toContain('unknown-target');
  });

  test('moved, it keeps its ways; at the edge it stays', () => {
    expect(moved(demoQuestionnaire, 2, 1).questions.map(({ key }) => key)).toEqual([
      'content',
      'why',
      'mark',
      'problem',
    ]);
    expect(moved(demoQuestionnaire, 0, -1)).toEqual(demoQuestionnaire);
  });

  test('an answer’s way is chosen and taken back, whatever stood beside it', () => {
    const question = first(demoQuestionnaire);
    const ended = withBranch(question, 'very', '@end');
    expect([branchOf(ended, 'very'), branchOf(ended, 'fairly'), branchOf(ended, 'not')]).toEqual([
      '@end',
      'problem',
      'why',
    ]);
    expect(branchOf(withBranch(ended, 'very', null), 'very')).toBeNull();
  });

  test.each(questionKinds)(
    'of the kind %s it has what that kind needs, and no way of answers that are gone',
    (kind) => {
      const changed = asKind(first(demoQuestionnaire), kind);
      const faults = codes({ questions: [changed, ...demoQuestionnaire.questions.slice(1)] });
      // A choice that became something else leads on as everything does, so that others may stand aside now.
      expect(faults.filter((code) => code !== 'unreachable')).toEqual([]);
    },
  );
});

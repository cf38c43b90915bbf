import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerFaults } from '../../../src/contract/questionnaire/answer-faults.ts';
import { answersOf, type QuestionnaireFault, questionnaireFaults } from '../../../src/contract/questionnaire/faults.ts';
import { answerTo, countedAnswers, isGiven, missingAnswer, pathOf } from '../../../src/contract/questionnaire/path.ts';
import {
  type Answer,
  type Answers,
  type Question,
  type Questionnaire,
  THEN_END,
  THEN_NEXT,
} from '../../../src/contract/questionnaire/types.ts';
import { simulatedAnswers } from '../../../src/demo/simulated-answers.ts';
import { addSheet, emptyTally, questionResult } from '../../../src/reports/survey/tally.ts';
import { demoQuestionnaire } from '../../../src/seed/survey.ts';

const words = (text: string) => ({ en: text, zh: '' });
const option = (key: string, meaning: Question['options'][number]['meaning'] = null) => ({
  key,
  label: words(key),
  meaning,
});
const base = { wording: words('?'), required: true, options: [], scale: null, branches: [], otherwise: THEN_NEXT };
const single = (key: string, more: Partial<Question> = {}): Question => ({
  ...base,
  key,
  kind: 'single',
  options: [option('yes'), option('no')],
  ...more,
});
const text = (key: string, more: Partial<Question> = {}): Question => ({ ...base, key, kind: 'text', ...more });
const scale = (key: string, more: Partial<Question> = {}): Question => ({
  ...base,
  key,
  kind: 'scale',
  scale: { from: 1, to: 5, low: words('bad'), high: words('good') },
  ...more,
});
const of = (...questions: Question[]): Questionnaire => ({ questions });

/** How the last call went; whoever was not content is asked why; whoever had a problem, whether it is solved. */
const callBack = of(
  single('content', {
    options: [option('very', 'satisfied'), option('fairly', 'fairly-satisfied'), option('not', 'not-satisfied')],
    branches: [{ answers: ['not'], goTo: 'why' }],
    otherwise: 'problem',
  }),
  text('why', { required: false }),
  single('problem', { branches: [{ answers: ['no'], goTo: 'mark' }] }),
  single('solved', { options: [option('solved', 'solved'), option('open', 'unsolved')] }),
  scale('mark', { branches: [{ answers: ['1', '2'], goTo: 'last' }], otherwise: THEN_END }),
  { ...single('last'), kind: 'multiple' },
);
const asked = (answers: Answers, questionnaire = callBack) => {
  const { questions, ended } = pathOf(questionnaire, answers);
  return [...questions.map(({ key }) => key), ended ? 'end' : '…'];
};

describe('the questions to be asked', () => {
  test.each<[Answers, string[]]>([
    [{}, ['content', '…']],
    [{ content: 'very' }, ['content', 'problem', '…']],
    [{ content: 'not' }, ['content', 'why', 'problem', '…']],
    [{ content: 'not', why: ' ', problem: 'yes' }, ['content', 'why', 'problem', 'solved', '…']],
    [{ content: 'very', problem: 'no', mark: 5 }, ['content', 'problem', 'mark', 'end']],
    [{ content: 'very', problem: 'no', mark: 2 }, ['content', 'problem', 'mark', 'last', '…']],
    [{ content: 'very', problem: 'no', mark: 2, last: [] }, ['content', 'problem', 'mark', 'last', '…']],
    [{ content: 'very', problem: 'no', mark: 2, last: ['yes'] }, ['content', 'problem', 'mark', 'last', 'end']],
  ])('after %j: %j', (answers, path) => {
    expect(questionnaireFaults(callBack)).toEqual([]);
    expect(asked(answers)).toEqual(path);
    expect(missingAnswer(callBack, answers)).toBe(path.at(-1) === 'end' ? null : path.at(-2));
  });

  test('what was answered on a way that was left again does not count', () => {
    const answers = { content: 'very', why: 'too slow', problem: 'no', solved: 'open', mark: 5 };
    expect(answerFaults(callBack, answers)).toEqual([]);
    expect(countedAnswers(callBack, answers)).toEqual({ content: 'very', problem: 'no', mark: 5 });
  });

  test('a question called like a part of every object is not taken for answered', () => {
    const questionnaire = of(single('constructor'), text('to-string'));
    expect(asked({}, questionnaire)).toEqual(['constructor', '…']);
  });
});

describe('faults of a questionnaire', () => {
  const faulty: [string, Questionnaire, [QuestionnaireFault['code'], number | null][]][] = [
    ['nothing is asked', of(), [['no-questions', null]]],
    ['a key that no file could carry', of(single('Über')), [['bad-key', 0]]],
    ['a key twice', of(single('a'), single('a')), [['key-twice', 1]]],
    ['no words', of(single('a', { wording: words(' ') })), [['wordless', 0]]],
    ['a choice of one', of(single('a', { options: [option('yes')] })), [['too-few-options', 0]]],
    ['no options', of(single('a', { options: [] })), [['too-few-options', 0]]],
    ['an option twice', of(single('a', { options: [option('yes'), option('yes')] })), [['option-twice', 0]]],
    ['options of a text', of(text('a', { options: [option('yes')] })), [['options-out-of-place', 0]]],
    [
      'a scale upside down',
      of(scale('a', { scale: { from: 5, to: 1, low: words(''), high: words('') } })),
      [['bad-scale', 0]],
    ],
    ['a scale of nothing', of(scale('a', { scale: null })), [['bad-scale', 0]]],
    ['a text that branches', of(text('a', { branches: [{ answers: ['x'], goTo: THEN_END }] })), [['text-branches', 0]]],
    ['a target nobody knows', of(single('a', { otherwise: 'b' })), [['unknown-target', 0]]],
    [
      'a branch of an answer that cannot be given',
      of(scale('a', { branches: [{ answers: ['6'], goTo: THEN_END }] })),
      [['branch-unknown-answer', 0]],
    ],
    [
      'an answer with two ways',
      of(
        single('a', {
          branches: [
            { answers: ['yes'], goTo: THEN_END },
            { answers: ['yes'], goTo: THEN_NEXT },
          ],
        }),
      ),
      [['branch-answer-twice', 0]],
    ],
    [
      'a branch without an answer',
      of(single('a', { branches: [{ answers: [], goTo: THEN_END }] })),
      [['branch-empty', 0]],
    ],
    ['a question nobody comes to', of(single('a', { otherwise: 'c' }), text('b'), text('c')), [['unreachable', 1]]],
    [
      'one that every answer leads past',
      of(single('a', { branches: [{ answers: ['yes', 'no'], goTo: THEN_END }] }), text('b')),
      [['unreachable', 1]],
    ],
    [
      'a circle',
      of(text('a'), single('b', { branches: [{ answers: ['no'], goTo: 'a' }] })),
      [
        ['circle', 0],
        ['circle', 1],
      ],
    ],
    [
      'a question that leads to itself',
      of(single('a', { branches: [{ answers: ['no'], goTo: 'a' }] })),
      [['circle', 0]],
    ],
    [
      'a figure of two questions',
      of(
        single('a', { options: [option('x', 'solved'), option('y')] }),
        single('b', { options: [option('x', 'unsolved'), option('y')] }),
      ),
      [['meaning-asked-twice', 1]],
    ],
    [
      'two figures of one question',
      of(single('a', { options: [option('x', 'solved'), option('y', 'satisfied')] })),
      [['meaning-mixed', 0]],
    ],
    [
      'a figure of a choice of many',
      of(single('a', { kind: 'multiple', options: [option('x', 'solved'), option('y')] })),
      [['meaning-out-of-place', 0]],
    ],
  ];
  test.each(faulty)('%s', (_, questionnaire, faults) => {
    expect(questionnaireFaults(questionnaire).map(({ code, question }) => [code, question])).toEqual(faults);
    for (const { question, key } of questionnaireFaults(questionnaire))
      expect(key).toBe(question === null ? null : questionnaire.questions[question]?.key);
  });

  test('whoever may leave a question out goes on, though every answer has its branch', () => {
    const questions = [{ answers: ['yes', 'no'], goTo: THEN_END }];
    expect(questionnaireFaults(of(single('a', { required: false, branches: questions }), text('b')))).toEqual([]);
  });
});

describe('faults of answers', () => {
  test.each<[Answers, string]>([
    [{ elsewhere: 'x' }, 'no-such-question'],
    [{ content: ['very'] }, 'wrong-kind'],
    [{ content: 'toString' }, 'no-such-option'],
    [{ last: 'yes' }, 'wrong-kind'],
    [{ last: ['yes', 'maybe'] }, 'no-such-option'],
    [{ last: ['yes', 'yes'] }, 'option-twice'],
    [{ mark: '3' }, 'wrong-kind'],
    [{ mark: 6 }, 'off-the-scale'],
    [{ mark: 2.5 }, 'off-the-scale'],
    [{ why: 3 }, 'wrong-kind'],
    [{ why: 'x'.repeat(2_001) }, 'too-long'],
  ])('%j', (answers, code) => {
    expect(answerFaults(callBack, answers)).toEqual([{ code, field: Object.keys(answers)[0] }]);
  });
});

// Any graph of questions, right or wrong: targets before, behind and nowhere.
const anyQuestion = (key: string, keys: string[]): fc.Arbitrary<Question> => {
  const target = fc.constantFrom(THEN_NEXT, THEN_END, 'nowhere', ...keys);
  const branches = (answers: string[]) =>
    fc.array(fc.record({ answers: fc.subarray(answers), goTo: target }), { maxLength: 3 });
  const common = { required: fc.boolean(), otherwise: target };
  return fc.oneof(
    fc.record({ ...common, branches: branches(['yes', 'no']) }).map((more) => single(key, more)),
    fc
      .record({ ...common, branches: branches(['yes', 'no']) })
      .map((more) => single(key, { ...more, kind: 'multiple' })),
    fc.record({ ...common, branches: branches(['1', '2', '3', '4', '5']) }).map((more) => scale(key, more)),
    fc.record(common).map((more) => text(key, more)),
  );
};
const questionnaireUpTo = (most: number) =>
  fc.integer({ min: 1, max: most }).chain((size) => {
    const keys = Array.from({ length: size }, (_, index) => `q${index}`);
    return fc.tuple(...keys.map((key) => anyQuestion(key, keys))).map((questions) => of(...questions));
  });
const anyQuestionnaire = questionnaireUpTo(8);
const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constantFrom('yes', 'no', '', 'words'),
  fc.subarray(['yes', 'no']),
  fc.integer({ min: 0, max: 6 }),
);
const anySheet = anyQuestionnaire.chain((questionnaire) =>
  fc.record({
    questionnaire: fc.constant(questionnaire),
    answers: fc.dictionary(fc.constantFrom(...questionnaire.questions.map(({ key }) => key)), anyAnswer),
  }),
);

describe('whatever is asked and answered', () => {
  test('every walk ends, and asks nothing twice', () => {
    fc.assert(
      fc.property(anySheet, ({ questionnaire, answers }) => {
        const keys = pathOf(questionnaire, answers).questions.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('what counts lies on the path, and counting it again changes nothing', () => {
    fc.assert(
      fc.property(anySheet, ({ questionnaire, answers }) => {
        const counts = countedAnswers(questionnaire, answers);
        const path = pathOf(questionnaire, answers);
        expect(path.questions.map(({ key }) => key)).toEqual(expect.arrayContaining(Object.keys(counts)));
        expect(pathOf(questionnaire, counts)).toEqual(path);
        expect(countedAnswers(questionnaire, counts)).toEqual(counts);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a questionnaire without a fault is answered to its end, each question being asked in some call', () => {
    // Short ones, because all their walks are walked.
    const sound = questionnaireUpTo(5).filter((questionnaire) => questionnaireFaults(questionnaire).length === 0);
    fc.assert(
      fc.property(sound, (questionnaire) => {
        const met = new Set<string>();
        // Every walk there is: at each question every answer, and none where none is needed.
        const walk = (answers: Answers, at: number) => {
          const question = pathOf(questionnaire, answers).questions[at];
          if (question === undefined) {
            expect(missingAnswer(questionnaire, answers)).toBeNull();
            return;
          }
          met.add(question.key);
          for (const answer of possible(question))
            walk(answer === null ? answers : { ...answers, [question.key]: answer }, at + 1);
        };
        walk({}, 0);
        expect(met).toEqual(new Set(questionnaire.questions.map(({ key }) => key)));
      }),
      { numRuns: 100 },
    );
  });

  test('a question is never answered more often than asked, nor asked more often than there are sheets', () => {
    fc.assert(
      fc.property(anyQuestionnaire, fc.array(fc.dictionary(fc.string(), anyAnswer)), (questionnaire, extras) => {
        const tally = emptyTally();
        for (const extra of extras) addSheet(tally, questionnaire, { ...extra, q0: 'yes' });
        for (const question of questionnaire.questions) {
          const { asked: times, answered } = questionResult(tally, question);
          expect(answered).toBeLessThanOrEqual(times);
          expect(times).toBeLessThanOrEqual(tally.sheets);
        }
      }),
    );
  });
});

describe('the demonstration', () => {
  test('asks what can be asked', () => {
    expect(questionnaireFaults(demoQuestionnaire)).toEqual([]);
  });

  test('its customers answer any questionnaire to the end, the same in the same call', () => {
    const sound = anyQuestionnaire.filter((questionnaire) => questionnaireFaults(questionnaire).length === 0);
    const world = (seed: number) => ({ chance: (label: string) => ((label.length * 31 + seed) % 97) / 97 });
    fc.assert(
      fc.property(sound, fc.nat(), (questionnaire, seed) => {
        const answers = simulatedAnswers(questionnaire, world(seed), 'call');
        expect(answerFaults(questionnaire, answers)).toEqual([]);
        expect(missingAnswer(questionnaire, answers)).toBeNull();
        expect(simulatedAnswers(questionnaire, world(seed), 'call')).toEqual(answers);
      }),
    );
  });
});

function possible(question: Question): (Answer | null)[] {
  const none = question.required ? [] : [null];
  switch (question.kind) {
    case 'text':
      return [...none, 'words'];
    case 'scale':
      return [...none, ...answersOf(question).map(Number)];
    case 'single':
      return [...none, ...answersOf(question)];
    case 'multiple':
      return [...none, ...answersOf(question).map((one) => [one]), answersOf(question)];
  }
}

describe('what came of it', () => {
  const sheets: Answers[] = [
    { content: 'very', problem: 'no', mark: 5 },
    { content: 'not', why: 'slow', problem: 'yes', solved: 'solved', mark: 4 },
    // Broken off, with an answer beside the path.
    { content: 'fairly', why: 'taken back' },
  ];
  const tally = emptyTally();
  for (const answers of sheets) addSheet(tally, callBack, answers);
  const resultOf = (key: string) => {
    const question = callBack.questions.find((one) => one.key === key);
    if (question === undefined) throw new Error(`no question ${key}`);
    return questionResult(tally, question);
  };

  test('sheets, and those answered to the end', () => {
    expect(tally).toMatchObject({ sheets: 3, complete: 2 });
  });

  test.each([
    ['content', 3, 3, null],
    ['why', 1, 1, null],
    ['problem', 3, 2, null],
    ['solved', 1, 1, null],
    ['mark', 2, 2, 4.5],
    ['last', 0, 0, null],
  ])('%s: asked %i times, answered %i times, mean %s', (key, times, answered, mean) => {
    expect(resultOf(key)).toMatchObject({ asked: times, answered, mean });
  });

  test('shares are of those who answered, with Wilson’s interval', () => {
    const [very] = resultOf('content').shares;
    expect(very?.answer).toBe('very');
    expect(very?.share).toMatchObject({ numerator: 1, denominator: 3, n: 3 });
    expect(very?.share.value).toBeCloseTo(1 / 3, 9);
    expect(very?.share.low).toBeCloseTo(0.0615, 3);
    expect(very?.share.high).toBeCloseTo(0.7923, 3);
    expect(resultOf('last').shares.map(({ share }) => share.value)).toEqual([null, null]);
    expect(resultOf('mark').shares.map(({ answer, share }) => [answer, share.numerator])).toEqual([
      ['1', 0],
      ['2', 0],
      ['3', 0],
      ['4', 1],
      ['5', 1],
    ]);
  });

  test('answers that speak for a figure of call-backs', () => {
    expect([...tally.meanings]).toEqual([
      ['satisfied', 1],
      ['not-satisfied', 1],
      ['solved', 1],
      ['fairly-satisfied', 1],
    ]);
  });
});

test('an answer is given when there is something in it', () => {
  const given: [Answer | undefined, boolean][] = [
    [undefined, false],
    ['', false],
    [' \n', false],
    [[], false],
    [0, true],
    ['x', true],
    [['x'], true],
  ];
  for (const [answer, is] of given) expect(isGiven(answer)).toBe(is);
  expect(answerTo({}, 'constructor')).toBeUndefined();
});

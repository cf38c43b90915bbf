/** What an editor does with a questionnaire that is being written. Branches are kept one for each answer, as they are chosen. */
import { answersOf } from '../../../contract/questionnaire/faults.ts';
import {
  type Question,
  type QuestionKind,
  type Questionnaire,
  THEN_END,
  THEN_NEXT,
  type Words,
} from '../../../contract/questionnaire/types.ts';

const noWords: Words = { en: '', zh: '' };

/** The first key of this row that nobody has. */
const freeKey = (row: string, taken: readonly string[]): string => {
  for (let number = 1; ; number += 1) if (!taken.includes(`${row}-${number}`)) return `${row}-${number}`;
};

export function newQuestion({ questions }: Questionnaire): Question {
  const key = freeKey(
    'q',
    questions.map((one) => one.key),
  );
  const blank = { key, wording: noWords, required: true, options: [], scale: null, branches: [], otherwise: THEN_NEXT };
  return asKind({ ...blank, kind: 'text' }, 'single');
}

/** Of another kind: what that kind does not have goes, what it needs comes. */
export function asKind(question: Question, kind: QuestionKind): Question {
  const chooses = kind === 'single' || kind === 'multiple';
  const bare = { ...question, kind, scale: null, options: chooses ? question.options : [] };
  const options = chooses && bare.options.length === 0 ? [newOption([]), newOption(['a-1'])] : bare.options;
  const next: Question = {
    ...bare,
    options: kind === 'single' ? options : options.map((option) => ({ ...option, meaning: null })),
    scale: kind === 'scale' ? (question.scale ?? { from: 1, to: 5, low: noWords, high: noWords }) : null,
  };
  return withoutLost(next);
}

export const newOption = (taken: readonly string[]): Question['options'][number] => ({
  key: freeKey('a', taken),
  label: noWords,
  meaning: null,
});

/** Branches of answers that can be given no more are gone. */
export function withoutLost(question: Question): Question {
  const possible = answersOf(question);
  const branches = question.branches
    .map(({ answers, goTo }) => ({ goTo, answers: answers.filter((answer) => possible.includes(answer)) }))
    .filter(({ answers }) => answers.length > 0);
  return { ...question, branches };
}

/** Where this answer leads by a branch of its own; null: as everything else. */
export const branchOf = ({ branches }: Question, answer: string): string | null =>
  branches.find(({ answers }) => answers.includes(answer))?.goTo ?? null;

export function withBranch(question: Question, answer: string, goTo: string | null): Question {
  const others = question.branches
    .map((branch) => ({ ...branch, answers: branch.answers.filter((one) => one !== answer) }))
    .filter(({ answers }) => answers.length > 0);
  return { ...question, branches: goTo === null ? others : [...others, { answers: [answer], goTo }] };
}

/** A question under another key: whatever leads to it follows. */
export function renamed({ questions }: Questionnaire, place: number, key: string): Questionnaire {
  const before = questions[place]?.key;
  const follow = (target: string) => (target === before && target !== THEN_END && target !== THEN_NEXT ? key : target);
  return {
    questions: questions.map((question, index) => ({
      ...question,
      key: index === place ? key : question.key,
      branches: question.branches.map((branch) => ({ ...branch, goTo: follow(branch.goTo) })),
      otherwise: follow(question.otherwise),
    })),
  };
}

export function moved({ questions }: Questionnaire, place: number, by: -1 | 1): Questionnaire {
  const question = questions[place];
  const other = questions[place + by];
  if (question === undefined || other === undefined) return { questions };
  return { questions: questions.with(place, other).with(place + by, question) };
}

/** Without a question: what led to it goes on to the next one, or as everything else does. */
export function without({ questions }: Questionnaire, place: number): Questionnaire {
  const gone = questions[place]?.key;
  return {
    questions: questions.toSpliced(place, 1).map((question) => ({
      ...question,
      branches: question.branches.filter(({ goTo }) => goTo !== gone),
      otherwise: question.otherwise === gone ? THEN_NEXT : question.otherwise,
    })),
  };
}

/** Which questions a call is at: the one walk that desk, server and figures share. */
import { type Answer, type Answers, type Question, type Questionnaire, THEN_END, THEN_NEXT } from './types.ts';

/** Answers come from outside: only what is their own counts, whatever a question is called. */
export const answerTo = (answers: Answers, key: string): Answer | undefined =>
  Object.hasOwn(answers, key) ? answers[key] : undefined;

/** Nothing chosen and only blanks are no answer. */
export function isGiven(answer: Answer | undefined): answer is Answer {
  if (answer === undefined) return false;
  return typeof answer === 'string' ? answer.trim() !== '' : typeof answer === 'number' || answer.length > 0;
}

/** Own words go with the recording of their call: that something was said stays, as its length. */
export const wordsErased = ({ kind }: Question, answer: Answer): answer is number =>
  kind === 'text' && typeof answer === 'number';

/** The targets a question names, in the order in which they are looked at. */
export const targetsOf = ({ branches, otherwise }: Question): string[] => [
  ...branches.map(({ goTo }) => goTo),
  otherwise,
];

/** Where a target lies: a question's place, its number being the end; undefined: nowhere. */
export function placeOf({ questions }: Questionnaire, from: number, target: string): number | undefined {
  if (target === THEN_END) return questions.length;
  if (target === THEN_NEXT) return from + 1;
  const found = questions.findIndex(({ key }) => key === target);
  return found < 0 ? undefined : found;
}

/** Where this answer leads. */
export function targetOf({ branches, otherwise }: Question, answer: Answer | undefined): string {
  if (!isGiven(answer)) return otherwise;
  const given = typeof answer === 'number' ? [String(answer)] : typeof answer === 'string' ? [answer] : answer;
  return branches.find(({ answers }) => answers.some((one) => given.includes(one)))?.goTo ?? otherwise;
}

export type Path = {
  /** In the order in which they are asked; the last may be the one that waits for its answer. */
  readonly questions: readonly Question[];
  /** Nothing more has to be asked. */
  readonly ended: boolean;
};

/**
 * The questions to be asked now: from the first along the answers as far as they lead. A required question without an answer is the
 * last; one that may be left out is passed as if nobody had answered. A question is never asked twice, so that every walk ends, even
 * of a draft whose branches run in a circle.
 */
export function pathOf(questionnaire: Questionnaire, answers: Answers): Path {
  const path: Question[] = [];
  const seen = new Set<number>();
  for (let at: number | undefined = 0; ; ) {
    const question: Question | undefined = questionnaire.questions[at];
    if (question === undefined || seen.has(at)) return { questions: path, ended: true };
    seen.add(at);
    path.push(question);
    const answer = answerTo(answers, question.key);
    if (question.required && !isGiven(answer)) return { questions: path, ended: false };
    at = placeOf(questionnaire, at, targetOf(question, answer));
    if (at === undefined) return { questions: path, ended: true };
  }
}

/** What counts of the answers: those on the path. An agent who goes back and answers otherwise leaves the rest behind. */
export function countedAnswers(questionnaire: Questionnaire, answers: Answers): Record<string, Answer> {
  return Object.fromEntries(
    pathOf(questionnaire, answers).questions.flatMap(({ key }) => {
      const answer = answerTo(answers, key);
      return isGiven(answer) ? [[key, answer]] : [];
    }),
  );
}

/** The required question that still waits; null: the questionnaire is answered. */
export function missingAnswer(questionnaire: Questionnaire, answers: Answers): string | null {
  const { questions, ended } = pathOf(questionnaire, answers);
  return ended ? null : (questions.at(-1)?.key ?? null);
}

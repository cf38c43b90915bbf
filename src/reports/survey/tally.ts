/** What came of a questionnaire, folded sheet by sheet, so that a hundred thousand of them are never in memory at once. */
import { counted, wireRate } from '../../../qa/index.ts';
import type { Rate } from '../../contract/common.ts';
import { answersOf } from '../../contract/questionnaire/faults.ts';
import { answerTo, countedAnswers, isGiven, pathOf } from '../../contract/questionnaire/path.ts';
import type { Answer, Answers, Meaning, Question, Questionnaire } from '../../contract/questionnaire/types.ts';

type Counts = {
  /** Sheets on whose path the question lay, answered or left out. */
  asked: number;
  answered: number;
  /** By option, or by point of the scale. Maps, because a question may be called like a part of every object. */
  given: Map<string, number>;
  sum: number;
};
export type Tally = {
  sheets: number;
  complete: number;
  questions: Map<string, Counts>;
  meanings: Map<Meaning, number>;
};

export const emptyTally = (): Tally => ({ sheets: 0, complete: 0, questions: new Map(), meanings: new Map() });

const bump = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Adds one sheet, in place. Answers beside the path do not count. */
export function addSheet(tally: Tally, questionnaire: Questionnaire, answers: Answers): void {
  const given = countedAnswers(questionnaire, answers);
  const path = pathOf(questionnaire, answers);
  tally.sheets += 1;
  if (path.ended) tally.complete += 1;
  for (const question of path.questions) {
    const counts = tally.questions.get(question.key) ?? { asked: 0, answered: 0, given: new Map(), sum: 0 };
    tally.questions.set(question.key, counts);
    counts.asked += 1;
    const answer = answerTo(given, question.key);
    if (!isGiven(answer)) continue;
    counts.answered += 1;
    if (question.kind === 'text') continue;
    if (typeof answer === 'number') counts.sum += answer;
    for (const one of chosen(answer)) bump(counts.given, one);
    for (const { key, meaning } of question.options)
      if (meaning !== null && chosen(answer).includes(key)) bump(tally.meanings, meaning);
  }
}

const chosen = (answer: Answer): readonly string[] => (typeof answer === 'object' ? answer : [String(answer)]);

export type QuestionResult = {
  key: string;
  asked: number;
  answered: number;
  /** Each option or point, whether anybody gave it or not, as a share of the answers. */
  shares: { answer: string; share: Rate }[];
  /** Of scales; null where nobody answered. */
  mean: number | null;
};

export function questionResult(tally: Tally, question: Question): QuestionResult {
  const counts = tally.questions.get(question.key);
  const answered = counts?.answered ?? 0;
  return {
    key: question.key,
    asked: counts?.asked ?? 0,
    answered,
    shares: answersOf(question).map((answer) => ({
      answer,
      share: wireRate(counted(counts?.given.get(answer) ?? 0, answered)),
    })),
    mean: question.kind === 'scale' && counts !== undefined && answered > 0 ? counts.sum / answered : null,
  };
}

import { answerTo, isGiven } from './path.ts';
import { type Answer, type Answers, longestText, type Question, type Questionnaire } from './types.ts';

export type AnswerFault = {
  readonly code: 'no-such-question' | 'wrong-kind' | 'no-such-option' | 'option-twice' | 'off-the-scale' | 'too-long';
  /** The question's key. */
  readonly field: string;
};

/** What is wrong with answers as such. Answers beside the path are not wrong, they only do not count. */
export function answerFaults({ questions }: Questionnaire, answers: Answers): AnswerFault[] {
  const known = new Map(questions.map((question) => [question.key, question]));
  return Object.keys(answers).flatMap((field): AnswerFault[] => {
    const question = known.get(field);
    const answer = answerTo(answers, field);
    if (question === undefined) return [{ code: 'no-such-question', field }];
    if (!isGiven(answer)) return [];
    const code = faultOf(question, answer);
    return code === null ? [] : [{ code, field }];
  });
}

function faultOf({ kind, options, scale }: Question, answer: Answer): AnswerFault['code'] | null {
  const isOption = (key: string) => options.some((option) => option.key === key);
  switch (kind) {
    case 'single':
      if (typeof answer !== 'string') return 'wrong-kind';
      return isOption(answer) ? null : 'no-such-option';
    case 'multiple':
      if (typeof answer === 'string' || typeof answer === 'number') return 'wrong-kind';
      if (!answer.every(isOption)) return 'no-such-option';
      return new Set(answer).size < answer.length ? 'option-twice' : null;
    case 'scale':
      if (typeof answer !== 'number') return 'wrong-kind';
      return scale !== null && Number.isInteger(answer) && answer >= scale.from && answer <= scale.to
        ? null
        : 'off-the-scale';
    case 'text':
      if (typeof answer !== 'string') return 'wrong-kind';
      return answer.length > longestText ? 'too-long' : null;
    default:
      return kind satisfies never;
  }
}

/** The questions on the path of what was answered, counted as they are asked: at the desk, and where a questionnaire is tried. */
import { answerTo } from '../../../contract/questionnaire/path.ts';
import type { Answer, Question } from '../../../contract/questionnaire/types.ts';
import { type FieldProps, QuestionField } from './question-field.tsx';

type Props = Pick<FieldProps, 'digits' | 'language'> & {
  questions: readonly Question[];
  answers: Readonly<Record<string, Answer>>;
  change: (key: string, answer: Answer) => void;
  /** The question whose answer was refused. */
  fault?: string | null;
  testId: string;
};

export function QuestionPath({ questions, answers, change, fault = null, testId, ...field }: Props) {
  return (
    <ol className="survey-list survey-path" data-testid={testId}>
      {questions.map((question, index) => (
        <li key={question.key}>
          <QuestionField
            question={question}
            place={index + 1}
            answer={answerTo(answers, question.key)}
            change={(answer) => change(question.key, answer)}
            fault={fault === question.key}
            {...field}
          />
        </li>
      ))}
    </ol>
  );
}

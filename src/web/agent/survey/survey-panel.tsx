/** The questions of the call beside its script: those on the path of what was answered, the next one as soon as it is known. */
import { answerTo, isGiven, pathOf } from '../../../contract/questionnaire/path.ts';
import { type Locale, useFormat, useTexts } from '../../i18n/locale.tsx';
import { survey as texts } from '../../i18n/survey/index.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { QuestionPath } from '../../shared/survey/question-path.tsx';
import { KeyHint, useKeyActions } from '../keys/agent-keys.ts';
import { focusQuestion, type Survey } from './use-survey.ts';

type Props = { survey: Survey; fault: string | null; language: Locale };

export default function SurveyPanel({ survey, fault, language }: Props) {
  const t = useTexts(texts);
  const format = useFormat();
  const { sheet, answers, answer, kept } = survey;
  const { questions, ended } = pathOf(sheet.body, answers);
  const answered = questions.filter(({ key }) => isGiven(answerTo(answers, key))).length;
  useKeyActions({
    answer: () => {
      const open = questions.find(({ key }) => !isGiven(answerTo(answers, key))) ?? questions.at(-1);
      if (open) focusQuestion(open.key);
    },
  });
  return (
    <Panel
      title={t.title}
      className="survey"
      extra={<Badge tone={ended ? 'ok' : 'warn'}>{ended ? t.desk.done : t.desk.open}</Badge>}
    >
      <p className="muted small">
        <KeyHint action="answer" /> {t.desk.keyHint}
      </p>
      <QuestionPath
        questions={questions}
        answers={answers}
        change={answer}
        fault={fault}
        language={language}
        digits
        testId="survey-path"
      />
      <p className="muted small" role="status" data-testid="survey-kept">
        {answered === 0
          ? t.desk.version
          : { kept: t.desk.kept, keeping: t.desk.keeping, 'not-kept': t.desk.notKept }[kept]}{' '}
        {format.number(answered)} / {format.number(questions.length)}
      </p>
    </Panel>
  );
}

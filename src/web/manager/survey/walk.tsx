import { Button } from 'antd';
import { useState } from 'react';
import { pathOf } from '../../../contract/questionnaire/path.ts';
import type { Answer, Questionnaire } from '../../../contract/questionnaire/types.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { survey } from '../../i18n/survey/index.ts';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';
import { QuestionPath } from '../../shared/survey/question-path.tsx';

/** The questionnaire as a call meets it: answer by answer. Nothing of it is kept. */
export function Walk({ questionnaire }: { questionnaire: Questionnaire }) {
  const t = useTexts(survey);
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const { questions, ended } = pathOf(questionnaire, answers);
  return (
    <Panel
      title={t.preview}
      className="survey-walk"
      extra={
        <Button size="small" onClick={() => setAnswers({})} disabled={Object.keys(answers).length === 0}>
          {t.again}
        </Button>
      }
    >
      <p className="muted small">{t.previewHint}</p>
      <QuestionPath
        questions={questions}
        answers={answers}
        change={(key, answer) => setAnswers({ ...answers, [key]: answer })}
        testId="survey-walk"
      />
      {ended && questions.length > 0 ? (
        <p className="note tone-ok">
          <Icon name="check" /> {t.ended}
        </p>
      ) : null}
    </Panel>
  );
}

/** The answers of a call to its campaign's questionnaire, for whoever may hear it. Nothing where nothing was asked. */
import { useQuery } from '@tanstack/react-query';
import { answerTo, isGiven, wordsErased } from '../../../contract/questionnaire/path.ts';
import type { GivenSheet } from '../../../contract/surveys.ts';
import { api } from '../../api/client.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { survey } from '../../i18n/survey/index.ts';
import { Badge, Panel } from '../page.tsx';
import { useAnswerWords, useSpoken } from './question-field.tsx';

function Sheet({ sheet }: { sheet: GivenSheet }) {
  const t = useTexts(survey).atCall;
  const format = useFormat();
  const say = useSpoken();
  const name = useAnswerWords();
  const { body, answers, complete, version } = sheet;
  return (
    <Panel title={t.title} extra={complete ? null : <Badge tone="warn">{t.brokenOff}</Badge>}>
      <p className="muted small">{t.version(format.number(version))}</p>
      <dl className="facts" data-testid="call-answers">
        {body.questions.map((question) => {
          const answer = answerTo(answers, question.key);
          if (!isGiven(answer)) return null;
          const given = typeof answer === 'object' ? answer : [String(answer)];
          const words = wordsErased(question, answer) ? <i className="muted">{t.wordsErased}</i> : answer;
          return (
            <div key={question.key} className="fact-pair">
              <dt>{say(question.wording)}</dt>
              <dd className="prewrap">
                {question.kind === 'text' ? words : format.list(given.map((one) => name(question, one)))}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}

export function CallAnswers({ recordingId }: { recordingId: string }) {
  const { data } = useQuery({
    queryKey: ['call-answers', recordingId],
    queryFn: ({ signal }) => api('GET /api/recordings/:id/answers', { params: { id: recordingId }, signal }),
    // They are fixed, and each reading is in the audit log.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data === undefined || data.sheet === null ? null : <Sheet sheet={data.sheet} />;
}

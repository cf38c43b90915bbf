/** What came of a questionnaire: counts and shares of each question, and the figures of call-backs. No single customer is in it. */
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Question } from '../../../contract/questionnaire/types.ts';
import type { SurveyResult } from '../../../contract/surveys.ts';
import { address, api } from '../../api/client.ts';
import { useMay, useMe } from '../../app/me.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { survey } from '../../i18n/survey/index.ts';
import { Icon } from '../icons.tsx';
import { IntervalBar } from '../interval-bar.tsx';
import { Badge, Figure, Panel } from '../page.tsx';
import { Empty, QueryView } from '../states.tsx';
import { TableScroll } from '../table-scroll.tsx';
import { useAnswerWords, useSpoken } from './question-field.tsx';

const figures = ['completion', 'satisfaction', 'resolution', 'recordAccuracy'] as const;

function CallBack({ callBack }: Pick<SurveyResult, 'callBack'>) {
  const t = useTexts(survey).results;
  const format = useFormat();
  return (
    <Panel title={t.callBack}>
      <p className="muted small">{t.callBackHint}</p>
      <div className="survey-figures">
        {figures.map((name) => {
          const rate = callBack[name];
          return (
            <div key={name} data-testid={`survey-${name}`}>
              <IntervalBar label={t[name]} rate={rate} />
              <span className="muted small">
                {t.terms[name]}: {format.number(rate.numerator)} ÷ {format.number(rate.denominator)}
              </span>
            </div>
          );
        })}
      </div>
    </Panel>
  );
}

function QuestionCounts(props: { question: Question; result: SurveyResult['questions'][number]; place: number }) {
  const { question, result, place } = props;
  const t = useTexts(survey).results;
  const format = useFormat();
  const say = useSpoken();
  const name = useAnswerWords();
  const me = useMe();
  return (
    <Panel
      title={`${format.number(place)} ${say(question.wording)}`}
      extra={
        <span className="row">
          {result.mean === null ? null : <Badge tone="info">{t.mean(format.tenths(result.mean))}</Badge>}
          <span className="muted small">{t.asked(format.number(result.answered), format.number(result.asked))}</span>
        </span>
      }
    >
      {question.kind === 'text' ? (
        <p className="muted">{me.role === 'client' ? t.textsKept : t.texts}</p>
      ) : (
        <TableScroll label={say(question.wording)}>
          <table className="plain-table stacks">
            <thead>
              <tr>
                <th scope="col">{t.answer}</th>
                <th scope="col" className="num">
                  {t.count}
                </th>
                <th scope="col">{t.share}</th>
              </tr>
            </thead>
            <tbody>
              {result.shares.map(({ answer, share }) => (
                <tr key={answer}>
                  <th scope="row">{name(question, answer)}</th>
                  <td className="num" data-label={t.count}>
                    {format.number(share.numerator)}
                  </td>
                  <td data-label={t.share}>
                    <IntervalBar compact rate={share} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Panel>
  );
}

export function SurveyResults({ campaignId }: { campaignId: string }) {
  const t = useTexts(survey).results;
  const format = useFormat();
  const may = useMay();
  const [version, choose] = useState<number | undefined>(undefined);
  const params = { id: campaignId };
  const asked = version === undefined ? {} : { version };
  const query = useQuery({
    queryKey: ['survey-results', campaignId, version ?? null],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id/survey', { params, query: asked, signal }),
  });
  return (
    <QueryView query={query}>
      {(result) =>
        result.version === null ? (
          <Panel title={t.title} quiet>
            <Empty title={t.nothing} />
          </Panel>
        ) : (
          <div className="column" data-testid="survey-results">
            <Panel
              title={t.title}
              extra={
                <span className="row">
                  <Select
                    aria-label={t.version}
                    popupMatchSelectWidth={false}
                    value={result.version.version}
                    options={result.versions.map((one) => ({
                      value: one.version,
                      label: t.versionOf(format.number(one.version), format.number(one.sheets)),
                    }))}
                    onChange={choose}
                  />
                  {may('export') && result.sheets > 0 ? (
                    <Button
                      icon={<Icon name="download" />}
                      href={address('GET /api/campaigns/:id/survey/csv', {
                        params,
                        query: { version: result.version.version },
                      })}
                    >
                      {t.file}
                    </Button>
                  ) : null}
                </span>
              }
            >
              <p className="muted small">{t.intro}</p>
              {result.sheets === 0 ? (
                <Empty title={t.none} />
              ) : (
                <div className="survey-figures">
                  <Figure label={t.customers} value={format.number(result.sheets)} />
                  <Figure label={t.complete} value={format.number(result.complete)} />
                </div>
              )}
            </Panel>
            <CallBack callBack={result.callBack} />
            {result.sheets === 0
              ? null
              : result.version.body.questions.map((question, index) => {
                  const counts = result.questions.find(({ key }) => key === question.key);
                  return counts === undefined ? null : (
                    <QuestionCounts key={question.key} question={question} result={counts} place={index + 1} />
                  );
                })}
          </div>
        )
      }
    </QueryView>
  );
}

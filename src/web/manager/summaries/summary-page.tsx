import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { FigureName } from '../../../contract/calls-behind.ts';
import type { Summary } from '../../../contract/summaries.ts';
import { address, api } from '../../api/client.ts';
import { useMay, useMe } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Folding } from '../../shared/folding.tsx';
import { Icon } from '../../shared/icons.tsx';
import { IntervalBar } from '../../shared/interval-bar.tsx';
import { Opens } from '../../shared/behind/opens.tsx';
import { BehindSource, weekSource } from '../../shared/behind/source.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { RemarkForm } from '../../shared/remark-form.tsx';
import { QueryView } from '../../shared/states.tsx';
import { Problems } from './problems.tsx';
import { ByAgent, ByDay, Counts, Voice } from './summary-parts.tsx';
import { WeekNotices } from './week-notices.tsx';
import { WeekTable } from './week-table.tsx';

/** The client's reminder to listen, and the way to say what was found. */
function SpotCheck({ summaryId }: { summaryId: string }) {
  const t = useTexts(results).summaries;
  const may = useMay();
  const me = useMe();
  const { done, refused } = useOutcome();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () =>
      api('POST /api/summaries/:id/remarks', { params: { id: summaryId }, body: { words: text.trim() } }),
    onSuccess: () => {
      setText('');
      return done(t.remarkSent, 'cases');
    },
    onError: refused,
  });
  if (me.role !== 'client') return null;
  return (
    <Panel title={t.spotCheck}>
      <p>{t.spotCheckHint}</p>
      {may('recording.listen') ? (
        <p className="no-print">
          <Link to={`/spot-checks/${summaryId}`}>{t.toSpotChecks}</Link>
        </p>
      ) : null}
      <div className="no-print">
        <RemarkForm
          className="column spaced-top"
          text={text}
          sending={send.isPending}
          change={setText}
          send={() => send.mutate()}
        />
      </div>
    </Panel>
  );
}

function Extras({ content }: { content: Summary['content'] }) {
  const t = useTexts(results).summaries;
  const d = useTexts(inspector).draws.kinds;
  const w = useTexts(words);
  const format = useFormat();
  const n = format.number;
  const may = useMay();
  const { correctiveCalls, complaints, recordings } = content.figures;
  const opens = (figure: FigureName, count: number, say: (count: string) => string) => (
    <Opens figure={figure} count={count}>
      {say(n(count))}
    </Opens>
  );
  return (
    <Panel title={t.draws}>
      <dl className="facts">
        {content.draws.map((draw) => (
          <div key={draw.id} className="fact-pair">
            <dt>
              {word(d, draw.kind)} {draw.from === undefined ? '' : format.shortDay(draw.from)}
            </dt>
            <dd>
              {may('draw.read') ? (
                <Link to={`/draws/${draw.id}`}>{t.drawLine(n(draw.size), n(draw.frameSize), n(draw.inspected))}</Link>
              ) : (
                t.drawLine(n(draw.size), n(draw.frameSize), n(draw.inspected))
              )}
            </dd>
          </div>
        ))}
        <dt>{t.corrective}</dt>
        <dd>
          {opens('corrective-asked', correctiveCalls.asked, t.asked)} ·{' '}
          {opens('corrective-done', correctiveCalls.done, t.done)} ·{' '}
          {opens('corrective-confirmed', correctiveCalls.confirmed, t.confirmed)}
        </dd>
        <dt>{w.figures.complaints}</dt>
        <dd>
          {opens('complaints', complaints.opened, t.opened)} · {opens('complaints-valid', complaints.valid, t.valid)} ·{' '}
          {opens('complaints-closed', complaints.closed, t.closed)} ·{' '}
          {opens('complaints-overdue', complaints.overdue, t.overdue)}
        </dd>
        {complaints.answers === undefined ? null : (
          <div className="fact-pair">
            <dt>{t.answers}</dt>
            <dd>
              {opens('complaints-satisfied', complaints.answers.satisfied, t.satisfied)} ·{' '}
              {opens('complaints-fairly-satisfied', complaints.answers.fairlySatisfied, t.fairlySatisfied)} ·{' '}
              {opens('complaints-not-satisfied', complaints.answers.notSatisfied, t.notSatisfied)}
            </dd>
          </div>
        )}
        <dt>{t.recordings}</dt>
        <dd>
          {opens('recordings-expected', recordings.expected, t.expected)} ·{' '}
          {opens('recordings-stored', recordings.stored, t.stored)} ·{' '}
          {opens('recordings-missing', recordings.missing, t.missing)}
        </dd>
      </dl>
    </Panel>
  );
}

/** The figures of a week; `summaryId`: of one that is published. */
export function SummaryBody({ content, summaryId }: { content: Summary['content']; summaryId?: string }) {
  const t = useTexts(results).summaries;
  const w = useTexts(words);
  return (
    <Folding>
      <div className="grid main-side">
        <div className="column wide-gap">
          <Panel title={t.figures}>
            <WeekTable figures={content.figures} before={content.before} />
          </Panel>
          <ByDay days={content.byDay} />
          <ByAgent agents={content.byAgent} />
        </div>
        <div className="column wide-gap">
          <Panel title={w.figures.effectiveRate}>
            <IntervalBar rate={content.figures.effectiveRate} />
          </Panel>
          <Problems problems={content.problems} />
          {summaryId === undefined ? null : <SpotCheck summaryId={summaryId} />}
          {summaryId === undefined ? null : <WeekNotices summaryId={summaryId} />}
          <Voice voice={content.voice} />
          <Counts
            title={t.unqualified}
            figure="unqualified-sales"
            counts={content.figures.unqualifiedByCriterion}
            names={w.criteria}
          />
          <Extras content={content} />
          <Counts
            title={t.dispositions}
            figure="disposition"
            counts={content.figures.dispositions}
            names={w.dispositions}
          />
          <Counts title={t.outcomes} figure="outcome" counts={content.figures.outcomes} names={w.outcomes} />
        </div>
      </div>
    </Folding>
  );
}

/** One published week: readable here, on paper and as a spreadsheet. */
export function SummaryPage({ id }: { id: string }) {
  const t = useTexts(results).summaries;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const query = useQuery({
    queryKey: ['summary', id],
    queryFn: ({ signal }) => api('GET /api/summaries/:id', { params: { id }, signal }),
    // What was published never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const params = { id };
  const source = useMemo(() => weekSource(id), [id]);
  return (
    <QueryView query={query}>
      {(summary) => {
        const { content } = summary;
        return (
          <BehindSource value={source}>
            <Page
              title={`${summary.campaignName} · ${format.days(summary.from, summary.to)}`}
              intro={
                <>
                  {summary.clientName} · {content.campaign.productName} ·{' '}
                  {t.unchanged(format.dateTime(summary.publishedAt), summary.hash.slice(0, 8))}
                </>
              }
              actions={
                <>
                  <Link to="/summaries">{c.back}</Link>
                  <Button icon={<Icon name="print" />} onClick={() => window.print()}>
                    {c.print}
                  </Button>
                  {may('export') ? (
                    <>
                      <Button icon={<Icon name="download" />} href={address('GET /api/summaries/:id/xlsx', { params })}>
                        {t.spreadsheet}
                      </Button>
                      <Button icon={<Icon name="download" />} href={address('GET /api/summaries/:id/csv', { params })}>
                        {t.csv}
                      </Button>
                    </>
                  ) : null}
                </>
              }
            >
              <SummaryBody content={content} summaryId={summary.id} />
            </Page>
          </BehindSource>
        );
      }}
    </QueryView>
  );
}

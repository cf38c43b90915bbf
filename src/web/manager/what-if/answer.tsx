/** What came of a question to the simulator: figures by number of agents, and what was assumed. */
import type { WhatIfResult } from '../../../contract/what-if.ts';
import { LazyChart } from '../../charts/lazy-chart.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { whatIf } from '../../i18n/what-if/index.ts';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Badge } from '../../shared/page.tsx';
import { JobProgress, useJobFailure } from '../../shared/long-jobs/job-progress.tsx';
import type { LongJob } from '../../../contract/long-jobs.ts';
import { longJobs } from '../../i18n/long-jobs/index.ts';
import { fontFamily } from '../../theme/antd-theme.ts';
import { usePalette } from '../../theme/appearance.tsx';
import { WindowsResult } from './window-answer.tsx';

function Result({ result }: { result: WhatIfResult }) {
  const t = useTexts(whatIf);
  const { figures: w, modes } = useTexts(words);
  const format = useFormat();
  const p = usePalette();
  const text = { color: p.muted, fontFamily, fontSize: 12 };
  const { assumed } = result;
  const { band } = assumed;
  const assumption = (
    <p className="muted">
      {t.assumed(
        format.percent(assumed.answerRate),
        format.percent(assumed.machineRate),
        format.number(Math.round(assumed.talkSeconds)),
        format.number(Math.round(assumed.wrapUpSeconds)),
        modes[assumed.mode],
      )}
    </p>
  );
  if (result.rows.some(({ window }) => window !== null)) {
    return (
      <>
        {assumption}
        <WindowsResult result={result} />
      </>
    );
  }
  return (
    <>
      <p className={`note ${result.agentsNeeded === null ? 'tone-warn' : 'tone-ok'}`} role="status">
        {result.agentsNeeded === null ? t.noneInside : t.needed(format.number(result.agentsNeeded))}
      </p>
      {assumption}
      <p className="muted small">
        {t.chart}
        {band === null ? '' : ` · ${t.band(format.percent(band.min, 0), format.percent(band.max, 0))}`}
      </p>
      <LazyChart
        label={t.chart}
        height={220}
        option={{
          grid: { left: 50, right: 20, top: 14, bottom: 26 },
          xAxis: { type: 'category', data: result.rows.map(({ agents }) => String(agents)), axisLabel: text },
          yAxis: {
            type: 'value',
            min: 0.4,
            max: 1,
            axisLabel: { ...text, formatter: (share: number) => format.percent(share, 0) },
            splitLine: { lineStyle: { color: p.line } },
          },
          series: [
            {
              type: 'line',
              symbolSize: 8,
              data: result.rows.map(({ talkUtilization }) => talkUtilization),
              ...(band === null
                ? {}
                : {
                    markArea: {
                      silent: true,
                      itemStyle: { color: p.ok, opacity: 0.14 },
                      data: [[{ yAxis: band.min }, { yAxis: band.max }]],
                    },
                  }),
            },
          ],
        }}
      />
      <DataTable
        rows={result.rows}
        rowKey={(row) => String(row.agents)}
        columns={[
          { title: t.columns.agents, head: true, cell: (row) => format.number(row.agents) },
          { title: w.talkUtilization, num: true, cell: (row) => format.percent(row.talkUtilization) },
          { title: w.occupancy, num: true, cell: (row) => format.percent(row.occupancy) },
          { title: t.columns.abandon, num: true, cell: (row) => format.percent(row.abandonRate, 2) },
          { title: t.columns.perAgent, num: true, cell: (row) => format.number(row.conversationsPerAgentHour) },
          { title: t.columns.attempts, num: true, cell: (row) => format.number(Math.round(row.attemptsPerHour)) },
          { title: t.columns.lines, num: true, cell: (row) => format.number(Math.round(row.lines)) },
          {
            title: t.columns.inside,
            cell: (row) =>
              row.insideBand ? <Badge tone="ok">{w.inBand}</Badge> : <span className="muted">{t.columns.outside}</span>,
          },
        ]}
      />
    </>
  );
}

/** The newest question, also when its asker comes back later: how far it is, or what came of it. */
export function Answer({ job }: { job: LongJob }) {
  const t = useTexts(longJobs);
  const w = useTexts(whatIf);
  const format = useFormat();
  const failure = useJobFailure();
  const of = job.about === '' ? w.ordinary : job.about;
  return (
    <div className="column">
      <p className="muted small">
        {of} · {t.asked(format.moment(job.startedAt))}
      </p>
      {job.state === 'running' ? <JobProgress job={job} /> : null}
      {job.state === 'failed' ? (
        <p className="note tone-bad" role="alert">
          {failure(job)}
        </p>
      ) : null}
      {job.whatIf === null ? null : <Result result={job.whatIf} />}
    </div>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { WhatIfResult } from '../../../contract/what-if.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { LazyChart } from '../../charts/lazy-chart.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Field, NumberField } from '../../shared/field.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { JobProgress, useJobFailure } from '../../shared/long-jobs/job-progress.tsx';
import { useLongJobs } from '../../shared/long-jobs/queries.ts';
import { Empty, QueryView } from '../../shared/states.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import type { LongJob } from '../../../contract/long-jobs.ts';
import { longJobs } from '../../i18n/long-jobs/index.ts';
import { fontFamily } from '../../theme/antd-theme.ts';
import { usePalette } from '../../theme/appearance.tsx';

function Result({ result }: { result: WhatIfResult }) {
  const t = useTexts(results).whatIf;
  const w = useTexts(words).figures;
  const format = useFormat();
  const p = usePalette();
  const text = { color: p.muted, fontFamily, fontSize: 12 };
  const { assumed } = result;
  return (
    <>
      <p className={`note ${result.agentsNeeded === null ? 'tone-warn' : 'tone-ok'}`} role="status">
        {result.agentsNeeded === null ? t.noneInside : t.needed(format.number(result.agentsNeeded))}
      </p>
      <p className="muted">
        {t.assumed(
          format.percent(assumed.answerRate),
          format.percent(assumed.machineRate),
          format.number(Math.round(assumed.talkSeconds)),
          format.number(Math.round(assumed.wrapUpSeconds)),
        )}
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
          series: [{ type: 'line', symbolSize: 8, data: result.rows.map(({ talkUtilization }) => talkUtilization) }],
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
            cell: (row) => (row.insideBand ? <Badge tone="ok">{w.inBand}</Badge> : ''),
          },
        ]}
      />
    </>
  );
}

/** The newest question, also when its asker comes back later: how far it is, or what came of it. */
function Answer({ job }: { job: LongJob }) {
  const t = useTexts(longJobs);
  const w = useTexts(results).whatIf;
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

/** Asks the simulator how utilization and abandonment move with the number of agents. */
export default function WhatIfPage() {
  const t = useTexts(results).whatIf;
  const may = useMay();
  const [campaignId, setCampaign] = useState<string>('');
  const [numbers, setNumbers] = useState('5, 8, 10, 12, 15, 20');
  const [hours, setHours] = useState(2);
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
    enabled: may('campaign.read'),
  });
  const agents = numbers
    .split(/[,，、\s]+/)
    .map(Number)
    .filter((count) => Number.isInteger(count) && count >= 1 && count <= 500)
    .slice(0, 12);
  const { query: jobs, newest } = useLongJobs({ kind: 'what-if' });
  const { refused, done } = useOutcome();
  const run = useMutation({
    mutationFn: () =>
      api('POST /api/what-if', { body: { campaignId: campaignId === '' ? null : campaignId, agents, hours } }),
    onSuccess: () => done(null, 'long-jobs'),
    onError: refused,
  });
  const busy = run.isPending || newest?.state === 'running';
  return (
    <Page title={t.title} intro={t.intro}>
      <Panel title={t.title} quiet>
        <form
          className="column"
          onSubmit={(event) => {
            event.preventDefault();
            run.mutate();
          }}
        >
          <div className="form-grid">
            <Field label={t.campaign}>
              {(tie) => (
                <Select
                  {...tie}
                  className="full-width"
                  value={campaignId}
                  options={[
                    { value: '', label: t.ordinary },
                    ...(campaigns.data?.items ?? []).map((item) => ({ value: item.id, label: item.name })),
                  ]}
                  onChange={setCampaign}
                />
              )}
            </Field>
            <Field label={t.agents} hint={t.agentsHint}>
              {(tie) => <Input {...tie} value={numbers} onChange={(event) => setNumbers(event.target.value)} />}
            </Field>
            <NumberField
              label={t.hours}
              value={hours}
              min={0.25}
              max={12}
              step={0.25}
              suffix={t.hoursUnit}
              change={setHours}
            />
          </div>
          <div>
            <Button
              type="primary"
              htmlType="submit"
              disabled={agents.length === 0}
              loading={busy}
              data-testid="run-what-if"
            >
              {busy ? t.running : t.run}
            </Button>
          </div>
        </form>
      </Panel>
      <QueryView query={jobs}>
        {() =>
          newest === undefined ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            <Panel title={t.chart}>
              <Answer job={newest} />
            </Panel>
          )
        }
      </QueryView>
    </Page>
  );
}

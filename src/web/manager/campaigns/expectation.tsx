import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { Campaign } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { calling } from '../../i18n/calling/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { NumberField } from '../../shared/field.tsx';
import { Badge, Figure, Panel } from '../../shared/page.tsx';
import { JobProgress, useJobFailure } from '../../shared/long-jobs/job-progress.tsx';
import { useLongJobs } from '../../shared/long-jobs/queries.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { longJobs } from '../../i18n/long-jobs/index.ts';

const atMost = 500;

/** What the simulator expects of the first hours with the people of the campaign's teams and the settings as they are. */
export function Expectation({ campaign }: { campaign: Campaign }) {
  const t = useTexts(calling).expectation;
  const w = useTexts(words).figures;
  const j = useTexts(longJobs);
  const format = useFormat();
  const may = useMay();
  const { band, maxAbandonRate } = campaign.settings.pacing;
  const teams = useQuery({
    queryKey: ['teams'],
    queryFn: ({ signal }) => api('GET /api/teams', { signal }),
    enabled: may('organisation.read'),
  });
  const members = (teams.data?.items ?? [])
    .filter((team) => campaign.teams.some(({ id }) => id === team.id))
    .reduce((sum, team) => sum + team.members, 0);
  const { newest } = useLongJobs({ kind: 'expectation', subjectId: campaign.id });
  const answer = newest?.whatIf ?? null;
  const row = answer?.rows[0];
  // What was asked last, so that the field says what the figures below it are for.
  const proposed = row?.agents ?? members;
  const [agents, setAgents] = useState(1);
  useEffect(() => setAgents(Math.min(atMost, Math.max(1, proposed))), [proposed]);
  const { done, refused } = useOutcome();
  const run = useMutation({
    mutationFn: () =>
      api('POST /api/what-if', {
        body: { purpose: 'expectation', campaignId: campaign.id, agents: [agents], band, maxAbandonRate, hours: 2 },
      }),
    onSuccess: () => done(null, 'long-jobs'),
    onError: refused,
  });
  const failure = useJobFailure();
  const busy = run.isPending || newest?.state === 'running';
  if (!may('what-if.run')) return null;
  const over = row !== undefined && row.abandonRate !== null && row.abandonRate > maxAbandonRate;
  return (
    <Panel title={t.title}>
      <div className="column">
        <p className="muted">{t.hint}</p>
        <form
          className="toolbar"
          onSubmit={(event) => {
            event.preventDefault();
            run.mutate();
          }}
        >
          <NumberField
            label={t.agents}
            value={agents}
            min={1}
            max={atMost}
            change={(to) => setAgents(Math.round(to))}
          />
          <Button htmlType="submit" loading={busy} data-testid="run-expectation">
            {busy ? t.running : t.run}
          </Button>
        </form>
        {newest?.state === 'running' ? <JobProgress job={newest} /> : null}
        {newest?.state === 'failed' ? (
          <p className="note tone-bad" role="alert">
            {failure(newest)}
          </p>
        ) : null}
        {row ? (
          <div className="figures small-figures" role="status">
            <Figure
              label={w.talkUtilization}
              value={format.percent(row.talkUtilization)}
              note={
                band === null ? (
                  w.noBand
                ) : (
                  <Badge tone={row.insideBand ? 'ok' : 'warn'}>
                    {row.insideBand ? w.inBand : (row.talkUtilization ?? 0) < band.min ? w.belowBand : w.aboveBand}
                  </Badge>
                )
              }
            />
            <Figure
              label={w.abandonRate}
              value={format.percent(row.abandonRate, 2)}
              note={<Badge tone={over ? 'bad' : 'ok'}>{over ? t.overCap : t.underCap}</Badge>}
            />
            <Figure label={t.attempts} value={format.number(Math.round(row.attemptsPerHour))} />
            <Figure
              label={t.lines}
              value={format.number(Math.round(row.lines))}
              note={t.ofLines(format.number(campaign.settings.pacing.maxLines))}
            />
          </div>
        ) : null}
        {answer && row && newest ? (
          <p className="muted small">
            {t.forAgents(format.number(row.agents))} · {j.asked(format.moment(newest.startedAt))} ·{' '}
            {t.from[answer.assumed.from]}
          </p>
        ) : null}
      </div>
    </Panel>
  );
}

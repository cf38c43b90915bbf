import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Segmented, Select } from 'antd';
import { useState } from 'react';
import { agentHoursOf, mostAgentHours, rowsOf } from '../../../contract/what-if-limit.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { whatIf } from '../../i18n/what-if/index.ts';
import { words } from '../../i18n/words/index.ts';
import { Field, NumberField } from '../../shared/field.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { useLongJobs } from '../../shared/long-jobs/queries.ts';
import { Empty, QueryView } from '../../shared/states.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Answer } from './answer.tsx';
import { readTeams } from './read-teams.ts';
import { type AskedWindow, isWindowFault, WindowsForm } from './windows-form.tsx';

/** A number that may be left out: then what is known of the list counts. */
function Optional(props: {
  label: string;
  hint: string;
  suffix: string;
  most: number;
  value: number | null;
  change: (value: number | null) => void;
}) {
  const { label, hint, most, change, ...rest } = props;
  return (
    <Field label={label} hint={hint}>
      {(tie) => <InputNumber {...tie} {...rest} className="full-width" min={1} max={most} onChange={change} />}
    </Field>
  );
}

const mostRows = 12;

/** Asks the simulator how utilization and abandonment move with the number of agents, or with the calling hours. */
export default function WhatIfPage() {
  const t = useTexts(whatIf);
  const may = useMay();
  const [campaignId, setCampaign] = useState<string>('');
  const [numbers, setNumbers] = useState('5, 8, 10, 12, 15, 20');
  const [hours, setHours] = useState(2);
  const [effect, setEffect] = useState<'agents' | 'hours'>('agents');
  const [asked, setAsked] = useState<AskedWindow[]>([
    { from: '09:00', to: '17:00', answered: null },
    { from: '12:00', to: '20:00', answered: null },
  ]);
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
    enabled: may('campaign.read'),
  });
  const [mode, setMode] = useState<'' | 'predictive' | 'progressive'>('');
  const [answered, setAnswered] = useState<number | null>(null);
  const [talk, setTalk] = useState<number | null>(null);
  const { modes } = useTexts(words);
  const format = useFormat();
  const { agents, unread } = readTeams(numbers);
  const windows =
    effect === 'agents'
      ? undefined
      : asked.map(({ from, to, answered: given }) => ({
          from,
          to,
          ...(given === null ? {} : { answerRate: given / 100 }),
        }));
  const halfTyped = windows !== undefined && asked.some(isWindowFault);
  const fault =
    unread.length > 0
      ? t.agentsFault(unread.join(' '))
      : rowsOf({ agents, windows }) > mostRows
        ? t.agentsMany
        : !halfTyped && agentHoursOf({ agents, hours, windows }) > mostAgentHours
          ? t.tooMuch(format.number(mostAgentHours))
          : undefined;
  const { query: jobs, newest } = useLongJobs({ kind: 'what-if' });
  const { refused, done } = useOutcome();
  const run = useMutation({
    mutationFn: () =>
      api('POST /api/what-if', {
        body: {
          campaignId: campaignId === '' ? null : campaignId,
          agents,
          hours,
          ...(windows === undefined ? {} : { windows }),
          ...(mode === '' ? {} : { mode }),
          ...(answered === null ? {} : { answerRate: answered / 100 }),
          ...(talk === null ? {} : { talkSeconds: talk }),
        },
      }),
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
          <div>
            <Segmented
              aria-label={t.effect}
              value={effect}
              options={(['agents', 'hours'] as const).map((value) => ({ value, label: t.effects[value] }))}
              onChange={(next) => {
                setEffect(next);
                // Six teams for each of the hours are more than anybody compares.
                if (next === 'hours' && agents.length > 3) setNumbers('10');
              }}
            />
          </div>
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
            <Field label={t.agents} hint={t.agentsHint} fault={fault}>
              {(tie) => <Input {...tie} value={numbers} onChange={(event) => setNumbers(event.target.value)} />}
            </Field>
            {windows === undefined ? (
              <NumberField
                label={t.hours}
                value={hours}
                min={0.25}
                max={12}
                step={0.25}
                suffix={t.hoursUnit}
                change={setHours}
              />
            ) : null}
            <Field label={t.mode}>
              {(tie) => (
                <Select
                  {...tie}
                  className="full-width"
                  value={mode}
                  options={[
                    { value: '' as const, label: t.asPlanned },
                    { value: 'predictive' as const, label: modes.predictive },
                    { value: 'progressive' as const, label: modes.progressive },
                  ]}
                  onChange={setMode}
                />
              )}
            </Field>
            <Optional
              label={t.answerRate}
              hint={t.asKnown}
              suffix="%"
              most={100}
              value={answered}
              change={setAnswered}
            />
            <Optional label={t.talk} hint={t.asKnown} suffix={t.seconds} most={3600} value={talk} change={setTalk} />
          </div>
          {windows === undefined ? null : <WindowsForm windows={asked} change={setAsked} />}
          <div>
            <Button
              type="primary"
              htmlType="submit"
              disabled={agents.length === 0 || fault !== undefined || halfTyped}
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
            <Panel title={t.answer}>
              <Answer job={newest} />
            </Panel>
          )
        }
      </QueryView>
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { CallingPreset, Campaign } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { calling } from '../../i18n/calling/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useConfirm } from '../../shared/confirm.ts';
import { Field } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { useSettings } from './use-settings.ts';

type Limit = NonNullable<CallingPreset['change']['limits']>[number];

/** A limit as a sentence, in the words of the form below. */
function useLimitWords() {
  const t = useTexts(calling).hours;
  const format = useFormat();
  return ({ max, counts, scope, window, action }: Limit) => {
    const { most, within } = t.presets;
    const span =
      window.kind === 'rolling-minutes'
        ? within.minutes(format.number(window.minutes))
        : window.kind === 'calendar-days'
          ? within.days(format.number(window.days))
          : t.windowKinds[window.kind];
    return [most[counts](format.number(max)), t.perScope[scope], span, t.actions[action]].join(' · ');
  };
}

/** What a preset would set, line by line, and where it is written. */
function Contents({ preset: { change, sources } }: { preset: CallingPreset }) {
  const t = useTexts(calling).hours.presets;
  const format = useFormat();
  const limitWords = useLimitWords();
  const { pacing, abandonLockHours } = change;
  return (
    <dl className="facts preset-facts">
      {change.calling ? (
        <>
          <dt>{t.hours}</dt>
          {change.calling.windows.map(({ days, from, to }) => (
            <dd key={`${days[0]} ${from}`}>{`${days.map(format.weekday).join(' ')}  ${from}–${to}`}</dd>
          ))}
        </>
      ) : null}
      {change.limits ? (
        <>
          <dt>{t.limits}</dt>
          {change.limits.map((limit) => (
            <dd key={limit.id}>{limitWords(limit)}</dd>
          ))}
        </>
      ) : null}
      {pacing ? (
        <>
          <dt>{t.abandonment}</dt>
          <dd>{t.cap(format.percent(pacing.maxAbandonRate), format.number(pacing.abandonWindowDays))}</dd>
          {abandonLockHours === undefined ? null : <dd>{t.lock(format.number(abandonLockHours))}</dd>}
        </>
      ) : null}
      <dt>{t.sources}</dt>
      {sources.map((source) => (
        <dd key={source} className="small">
          <a href={source} target="_blank" rel="noreferrer">
            {new URL(source).host}
          </a>
        </dd>
      ))}
    </dl>
  );
}

/** The rules of a place as a starting point: shown first, then taken over as a version of the settings. */
export function CallingPresets({ campaign }: { campaign: Campaign }) {
  const t = useTexts(calling).hours.presets;
  const confirm = useConfirm();
  const { save } = useSettings(campaign);
  const [chosen, choose] = useState<CallingPreset['id'] | null>(null);
  const query = useQuery({
    queryKey: ['calling-presets'],
    queryFn: ({ signal }) => api('GET /api/calling-presets', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const presets = query.data?.items ?? [];
  const preset = presets.find(({ id }) => id === chosen);
  const ask = ({ id, change }: CallingPreset) =>
    confirm({
      title: t.confirm(t.names[id]),
      consequence: t.what,
      action: t.apply,
      danger: false,
      act: () => save.mutateAsync(change),
    });
  return (
    <Panel title={t.title}>
      <p className="muted small">{t.hint}</p>
      <div className="toolbar">
        <Field label={t.place}>
          {(tie) => (
            <Select
              {...tie}
              className="preset-choice"
              value={chosen}
              loading={query.isPending}
              options={presets.map(({ id }) => ({ value: id, label: t.names[id] }))}
              onChange={choose}
            />
          )}
        </Field>
        {preset ? (
          <Button loading={save.isPending} onClick={() => ask(preset)} data-testid="apply-preset">
            {t.apply}
          </Button>
        ) : null}
      </div>
      {preset ? <Contents preset={preset} /> : null}
    </Panel>
  );
}

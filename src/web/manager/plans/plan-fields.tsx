/** The three parts of a plan's form: who, how often and how many, when. Each control bears its own fault. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Select } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { isoDays } from '../../i18n/format.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { plans } from '../../i18n/plans/index.ts';
import { DateField, TimeField } from '../../shared/date-fields.tsx';
import { ChoiceField, Field, NumberField, PercentField } from '../../shared/field.tsx';
import type { Draft, PlanField } from './draft.ts';
import { TypesField } from './types-field.tsx';

export type PartProps = {
  campaign: Campaign;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  faults: Partial<Record<PlanField, string>>;
};

function useFault(faults: PartProps['faults']) {
  const t = useTexts(plans).faults;
  return (field: PlanField) => (faults[field] === undefined ? undefined : word(t, faults[field]));
}

export function WhoFields({ campaign, draft, change, faults }: PartProps) {
  const t = useTexts(plans).form;
  const fault = useFault(faults);
  const may = useMay();
  const campaigns = useQuery({
    queryKey: ['campaigns', 'plan-sources'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { query: {}, signal }),
  });
  const lists = useQueries({
    queries: draft.campaignIds.map((id) => ({
      queryKey: ['lists', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => api('GET /api/campaigns/:id/lists', { params: { id }, signal }),
    })),
  });
  const sources = (campaigns.data?.items ?? []).filter(({ clientName }) => clientName === campaign.clientName);
  const ready = lists
    .flatMap(({ data }) => data?.items ?? [])
    .filter((list) => list.state === 'ready' && !list.planned);
  return (
    <fieldset className="plain-set">
      <legend>{t.who}</legend>
      <div className="form-grid">
        <Field label={t.campaigns} hint={t.campaignsHint} fault={fault('campaignIds')}>
          {(tie) => (
            <Select
              {...tie}
              mode="multiple"
              className="full-width"
              value={draft.campaignIds}
              optionFilterProp="label"
              options={sources.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(campaignIds) => change({ campaignIds, listIds: [] })}
            />
          )}
        </Field>
        <Field label={t.lists} hint={t.listsHint} fault={fault('listIds')}>
          {(tie) => (
            <Select
              {...tie}
              mode="multiple"
              className="full-width"
              value={draft.listIds}
              optionFilterProp="label"
              options={ready.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(listIds) => change({ listIds })}
            />
          )}
        </Field>
        <Field label={t.field} hint={t.fieldHint} fault={fault('field')}>
          {(tie) => (
            <Input
              {...tie}
              maxLength={60}
              value={draft.field}
              onChange={(event) => change({ field: event.target.value })}
            />
          )}
        </Field>
        <Field label={t.values} hint={t.valuesHint}>
          {(tie) => (
            <Input
              {...tie}
              disabled={draft.field.trim() === ''}
              value={draft.values}
              onChange={(event) => change({ values: event.target.value })}
            />
          )}
        </Field>
        {may('segment.read') ? <TypesField types={draft.types} change={(types) => change({ types })} /> : null}
      </div>
    </fieldset>
  );
}

export function OftenFields({ draft, change, faults }: PartProps) {
  const t = useTexts(plans).form;
  const fault = useFault(faults);
  const choice = <K extends string>(
    label: string,
    value: K,
    words: Record<K, string>,
    keys: readonly K[],
    set: (key: K) => void,
    wrong?: string,
  ) => (
    <ChoiceField
      label={label}
      fault={wrong}
      value={value}
      options={keys.map((key) => ({ value: key, label: words[key] }))}
      change={set}
    />
  );
  return (
    <fieldset className="plain-set">
      <legend>{t.often}</legend>
      <div className="form-grid">
        {choice(t.kind, draft.kind, t.kinds, ['every', 'after'], (kind) =>
          change({ kind, ...(kind === 'after' ? { shareKind: 'all' } : {}) }),
        )}
        {draft.kind === 'every' ? (
          <>
            <NumberField
              label={t.count}
              value={draft.count}
              min={1}
              max={366}
              fault={fault('cycle')}
              change={(count) => change({ count })}
            />
            {choice(t.unit, draft.unit, t.units, ['days', 'weeks', 'months', 'quarters'], (unit) => change({ unit }))}
            {choice(
              t.shareKind,
              draft.shareKind,
              t.shareKinds,
              ['all', 'sample', 'rotation'],
              (shareKind) => change({ shareKind }),
              fault('share'),
            )}
            {draft.shareKind === 'all' ? null : (
              <PercentField label={t.share} value={draft.share} min={0.1} change={(share) => change({ share })} />
            )}
          </>
        ) : (
          <>
            {choice(t.event, draft.event, t.events, ['complaint-solved', 'new'], (event) => change({ event }))}
            <NumberField
              label={t.withinDays}
              value={draft.withinDays}
              min={1}
              max={90}
              fault={fault('cycle')}
              change={(withinDays) => change({ withinDays })}
            />
          </>
        )}
        <Field label={t.startsOn} hint={t.startsOnHint} fault={fault('startsOn')}>
          {(tie) => <DateField {...tie} value={draft.startsOn} change={(startsOn) => change({ startsOn })} />}
        </Field>
      </div>
    </fieldset>
  );
}

export function WhenFields({ draft, change, faults }: PartProps) {
  const t = useTexts(plans).form;
  const format = useFormat();
  const fault = useFault(faults);
  const wrong = fault('window');
  return (
    <fieldset className="plain-set">
      <legend>{t.when}</legend>
      <div className="column">
        <div className="window-row">
          <Checkbox.Group
            value={draft.days}
            options={isoDays.map((day) => ({ value: day, label: format.weekday(day) }))}
            onChange={(days) => change({ days })}
          />
          <TimeField
            aria-label={t.from}
            aria-invalid={wrong !== undefined}
            value={draft.from}
            change={(from) => change({ from })}
          />
          <span aria-hidden="true">–</span>
          <TimeField
            aria-label={t.to}
            aria-invalid={wrong !== undefined}
            value={draft.to}
            change={(to) => change({ to })}
          />
        </div>
        <p
          className={wrong === undefined ? 'field-hint' : 'field-fault'}
          role={wrong === undefined ? undefined : 'alert'}
        >
          {wrong ?? t.windowHint}
        </p>
        <div className="form-grid">
          <NumberField
            label={t.restDays}
            value={draft.restDays}
            min={0}
            max={365}
            fault={fault('restDays')}
            change={(restDays) => change({ restDays })}
          />
          <NumberField
            label={t.maxPerDay}
            hint={t.maxPerDayHint}
            value={draft.maxPerDay}
            min={0}
            max={100_000}
            fault={fault('maxPerDay')}
            change={(maxPerDay) => change({ maxPerDay })}
          />
        </div>
      </div>
    </fieldset>
  );
}

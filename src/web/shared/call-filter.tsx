import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import type { RecordingState } from '../../contract/recordings.ts';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import { admin } from '../i18n/admin/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { DateField } from './date-fields.tsx';
import { daySpan } from './day-span.ts';
import { Field } from './field.tsx';
import { PersonField } from './person-field.tsx';

/** Which calls a list is about; days are the reader's own, YYYY-MM-DD. An absent part is not asked about. */
export type CallSearch = {
  campaignId?: string;
  agentId?: string;
  disposition?: string;
  state?: RecordingState;
  from?: string;
  to?: string;
};

/** As the routes ask for it. */
export function callQuery({ from, to, ...rest }: CallSearch) {
  return { ...rest, ...daySpan(from, to) };
}

type Choices = readonly { value: string; label: string }[];

/** By campaign, agent and days, and by what else a list can be asked for. */
export function CallFilter(props: {
  search: CallSearch;
  change: (search: CallSearch) => void;
  /** For lists that are about no one agent. */
  ofAll?: boolean;
  also?: readonly { key: 'disposition' | 'state'; label: string; any: string; choices: Choices }[];
}) {
  const { search } = props;
  const t = useTexts(admin).callFilter;
  const may = useMay();
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
    enabled: may('campaign.read'),
  });
  const set = (part: { [K in keyof CallSearch]: CallSearch[K] | undefined }) => {
    const kept = Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined && value !== '');
    props.change(Object.fromEntries(kept));
  };
  const named = (campaigns.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const choices = [
    ...(may('campaign.read')
      ? [{ key: 'campaignId' as const, label: t.campaign, any: t.anyCampaign, choices: named }]
      : []),
    ...(props.also ?? []),
  ];
  return (
    <search className="toolbar call-filter">
      {choices.map(({ key, label, any, choices: options }) => (
        <Field key={key} label={label}>
          {(tie) => (
            <Select
              {...tie}
              className="person-choice"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={any}
              value={search[key] ?? null}
              options={[...options]}
              onChange={(value: string | null) => set({ [key]: value ?? undefined })}
            />
          )}
        </Field>
      ))}
      {may('organisation.read') && props.ofAll !== true ? (
        <PersonField
          label={t.agent}
          placeholder={t.anyAgent}
          value={search.agentId}
          choose={(agentId) => set({ agentId })}
          ofRole="agent"
        />
      ) : null}
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={t[end]}>
          {(tie) => <DateField {...tie} value={search[end] ?? ''} change={(day) => set({ [end]: day })} />}
        </Field>
      ))}
      {Object.keys(search).length === 0 ? null : <Button onClick={() => props.change({})}>{t.allAgain}</Button>}
    </search>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { NewBlacklistEntry } from '../../../contract/blacklist.ts';
import { api } from '../../api/client.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { Field } from '../../shared/field.tsx';

/** What an entry speaks for that is not for all calls: chosen among what there is, as the server takes nothing else. */
function ScopeTarget(props: { scope: string; value: string; choose: (id: string) => void }) {
  const t = useTexts(work).blacklist;
  const byCampaign = props.scope === 'campaign';
  const campaigns = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
    enabled: byCampaign,
  });
  const products = useQuery({
    queryKey: ['products'],
    queryFn: ({ signal }) => api('GET /api/products', { signal }),
    enabled: props.scope === 'product-line',
  });
  if (props.scope === 'all') return null;
  const lines = [...new Set((products.data?.items ?? []).map(({ line }) => line))].filter((line) => line !== '');
  const options = byCampaign
    ? (campaigns.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
    : lines.sort().map((line) => ({ value: line, label: line }));
  return (
    <Field label={t.scopes[byCampaign ? 'campaign' : 'product-line']}>
      {(tie) => (
        <Select
          {...tie}
          className="full-width"
          showSearch={{ optionFilterProp: 'label' }}
          loading={byCampaign ? campaigns.isPending : products.isPending}
          value={props.value === '' ? null : props.value}
          options={options}
          onChange={(value: string | null) => props.choose(value ?? '')}
        />
      )}
    </Field>
  );
}

export type Scope = NonNullable<NewBlacklistEntry['scope']>;
const scopes: readonly Scope[] = ['all', 'product-line', 'campaign'];

/** For which calls an entry, or a list of them, holds. Another scope asks for its target anew. */
export function ScopeFields(props: {
  scope: Scope;
  scopeId: string;
  change: (part: { scope: Scope; scopeId: string }) => void;
}) {
  const t = useTexts(work).blacklist;
  const { scope, scopeId, change } = props;
  return (
    <>
      <Field label={t.scope}>
        {(tie) => (
          <Select
            {...tie}
            className="full-width"
            value={scope}
            options={scopes.map((value) => ({ value, label: t.scopes[value] }))}
            onChange={(chosen) => change({ scope: chosen, scopeId: '' })}
          />
        )}
      </Field>
      <ScopeTarget scope={scope} value={scopeId} choose={(id) => change({ scope, scopeId: id })} />
    </>
  );
}

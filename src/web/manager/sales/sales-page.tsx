import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { Sale, SaleState } from '../../../contract/sales.ts';
import { api } from '../../api/client.ts';
import { useMe } from '../../app/me.tsx';
import type { PageProps } from '../../app/pages.ts';
import { Link } from '../../app/router.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { Field } from '../../shared/field.tsx';
import { Badge, Page, Panel, type Tone } from '../../shared/page.tsx';
import { PagedTable } from '../../shared/paged-table.tsx';
import { QueryView } from '../../shared/states.tsx';
import { SaleDetailView } from './sale-detail.tsx';

const states: readonly SaleState[] = [
  'recorded',
  'held',
  'to-verify',
  'unqualified',
  'valid',
  'trial',
  'to-confirm',
  'billable',
  'cancelled',
  'void',
];

export const saleTones: Record<SaleState, Tone> = {
  recorded: 'plain',
  held: 'info',
  'to-verify': 'warn',
  unqualified: 'bad',
  valid: 'ok',
  trial: 'info',
  'to-confirm': 'warn',
  billable: 'ok',
  cancelled: 'plain',
  void: 'bad',
};

function Sales() {
  const t = useTexts(work).sales;
  const format = useFormat();
  const [state, setState] = useState<SaleState | ''>('');
  const { columns } = t;
  // Clients are told of their sales, not who of the centre made them.
  const client = useMe().role === 'client';
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <Field label={t.state}>
          {(tie) => (
            <Select
              {...tie}
              className="wide-select"
              value={state}
              options={[
                { value: '' as const, label: t.allStates },
                ...states.map((value) => ({ value, label: t.states[value] })),
              ]}
              onChange={setState}
            />
          )}
        </Field>
      }
    >
      <Panel title={t.title} quiet>
        <PagedTable
          name={t.title}
          empty={t.none}
          queryKey={['sales', state]}
          load={(after, signal) =>
            api('GET /api/sales', { query: { limit: 100, ...(state === '' ? {} : { state }), ...after }, signal })
          }
          rowKey={(sale) => sale.id}
          columns={[
            {
              title: columns.at,
              width: 160,
              cell: (sale) => <Link to={`/sales/${sale.id}`}>{format.dateTime(sale.recordedAt)}</Link>,
            },
            {
              title: columns.state,
              width: 140,
              cell: (sale) => <Badge tone={saleTones[sale.state]}>{t.states[sale.state]}</Badge>,
            },
            { title: columns.customer, width: 190, cell: (sale) => sale.customerMasked },
            ...(client ? [] : [{ title: columns.agent, width: 100, cell: (sale: Sale) => sale.agent.name }]),
            { title: columns.campaign, width: 130, cell: (sale) => sale.campaignName },
            {
              title: columns.deadline,
              width: 125,
              cell: (sale) => (sale.deadlineAt === null ? '' : format.moment(sale.deadlineAt)),
            },
            {
              title: columns.inspected,
              width: 130,
              cell: (sale) => (sale.qualified === null ? t.notInspected : sale.qualified ? t.qualified : t.unqualified),
            },
          ]}
        />
      </Panel>
    </Page>
  );
}

function OneSale({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['sale', id],
    queryFn: ({ signal }) => api('GET /api/sales/:id', { params: { id }, signal }),
  });
  return <QueryView query={query}>{(sale) => <SaleDetailView sale={sale} tone={saleTones[sale.state]} />}</QueryView>;
}

export default function SalesPage({ id }: PageProps) {
  return id === '' ? <Sales /> : <OneSale id={id} />;
}

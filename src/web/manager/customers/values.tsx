/** Customers by value, with the strategy for each class; a count opens the customers behind it. */
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import type { ValueClass } from '../../../contract/customer-values.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { customers } from '../../i18n/customers/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Field } from '../../shared/field.tsx';
import { useFocusBack } from '../../shared/focus-back.ts';
import { Panel } from '../../shared/page.tsx';
import { PagedTable } from '../../shared/paged-table.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { ValueForm } from './value-form.tsx';
import { ValueHistory } from './value-history.tsx';
import { useMonth } from './words.ts';

type BehindProps = { clientId: string; month: string; of: ValueClass; close: () => void };

function Behind({ clientId, month, of, close }: BehindProps) {
  useFocusBack();
  const all = useTexts(customers);
  const t = all.value;
  const format = useFormat();
  const inWords = useMonth();
  const title = t.customersOf(t.classes[of], inWords(month));
  const amount = (value: number | null) => format.amount(value === null ? null : Math.round(value));
  return (
    <Modal title={title} open onCancel={close} width={900} footer={null}>
      <PagedTable
        name={title}
        empty={all.noCustomers}
        emptyHint={all.noCustomersHint}
        queryKey={['value-customers', clientId, month, of]}
        load={(after, signal) => {
          const query = { limit: 100, month, class: of, ...after };
          return api('GET /api/clients/:id/values/customers', { params: { id: clientId }, query, signal });
        }}
        rowKey={({ id }) => id}
        height={420}
        columns={[
          { title: all.number, width: 135, cell: ({ numberMasked }) => numberMasked },
          { title: t.score, width: 80, number: true, cell: ({ points }) => format.number(points) },
          { title: t.measures.spend, width: 120, number: true, cell: (row) => amount(row.measures.spend) },
          { title: t.measures.tenure, width: 120, number: true, cell: (row) => format.number(row.measures.tenure) },
          { title: t.measures.services, width: 90, number: true, cell: (row) => format.number(row.measures.services) },
          {
            title: t.measures.contribution,
            width: 120,
            number: true,
            cell: (row) => amount(row.measures.contribution),
          },
          { title: t.cause, width: 165, cell: ({ cause, month: until }) => t.causes[cause](inWords(until)) },
        ]}
      />
    </Modal>
  );
}

export function Values({ clientId }: { clientId: string }) {
  const t = useTexts(customers).value;
  const format = useFormat();
  const may = useMay();
  const inWords = useMonth();
  const [chosen, choose] = useState<string | null>(null);
  const [shown, show] = useState<ValueClass | null>(null);
  const [changing, change] = useState(false);
  const [looking, look] = useState(false);
  const query = useQuery({
    queryKey: ['customer-values', clientId, chosen],
    queryFn: ({ signal }) => {
      const of = chosen === null ? {} : { month: chosen };
      return api('GET /api/clients/:id/values', { params: { id: clientId }, query: of, signal });
    },
  });
  return (
    <Panel title={t.title}>
      <QueryView query={query}>
        {(values) =>
          values.month === null ? (
            <Empty title={t.none} />
          ) : (
            <>
              <p className="muted small">{t.hint}</p>
              <div className="row">
                <Field label={t.at}>
                  {(tie) => (
                    <Select
                      {...tie}
                      value={values.month}
                      onChange={choose}
                      options={values.months.map((month) => ({ value: month, label: inWords(month) }))}
                    />
                  )}
                </Field>
                {may('campaign.manage') ? (
                  <Button onClick={() => change(true)} data-testid="change-values">
                    {t.change}
                  </Button>
                ) : null}
                <Button onClick={() => look(true)} data-testid="value-history">
                  {t.history.open}
                </Button>
              </div>
              <DataTable
                rows={values.classes}
                rowKey={(row) => row.class}
                columns={[
                  { title: t.class, head: true, cell: (row) => t.classes[row.class] },
                  {
                    title: t.customers,
                    num: true,
                    cell: (row) =>
                      row.customers === 0 ? (
                        '0'
                      ) : (
                        <button type="button" className="link-button" onClick={() => show(row.class)}>
                          {t.count(format.number(row.customers))}
                        </button>
                      ),
                  },
                  { title: t.byChange, num: true, cell: (row) => format.number(row.byChange) },
                  {
                    title: t.spend,
                    num: true,
                    cell: (row) => format.amount(row.spend === null ? null : Math.round(row.spend)),
                  },
                  { title: t.strategy, cell: (row) => values.settings.strategies[row.class] || t.noStrategy },
                ]}
              />
              <p className="muted small">{t.terms(format.number(values.unknown), format.number(values.version))}</p>
              {shown === null ? null : (
                <Behind {...{ clientId, month: values.month, of: shown }} close={() => show(null)} />
              )}
              {looking ? <ValueHistory clientId={clientId} close={() => look(false)} /> : null}
              {changing ? <ValueForm {...{ clientId, kept: values }} close={() => change(false)} /> : null}
            </>
          )
        }
      </QueryView>
    </Panel>
  );
}

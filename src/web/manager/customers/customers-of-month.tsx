/** The customers of a table, masked, and what a newer table told otherwise of them. */
import { Modal, Select } from 'antd';
import { useState } from 'react';
import type { CustomerImport, CustomerMonth, CustomerStatus } from '../../../contract/customers.ts';
import { api } from '../../api/client.ts';
import { customers } from '../../i18n/customers/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useFocusBack } from '../../shared/focus-back.ts';
import { PagedTable } from '../../shared/paged-table.tsx';
import { CustomerMonths } from './customer-months.tsx';
import { customerStatuses, useMonth } from './words.ts';

type Props = { table: CustomerImport; close: () => void };

export function CustomersOfMonth({ table, close }: Props) {
  useFocusBack();
  const t = useTexts(customers);
  const format = useFormat();
  const inWords = useMonth();
  const [status, setStatus] = useState<CustomerStatus | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const title = t.customersOf(inWords(table.month));
  return (
    <Modal title={title} open onCancel={close} width={900} footer={null}>
      <Select
        aria-label={t.status}
        allowClear
        placeholder={t.anyStatus}
        value={status}
        onChange={(value) => setStatus(value ?? null)}
        options={customerStatuses.map((value) => ({ value, label: t.statuses[value] }))}
      />
      <PagedTable
        name={title}
        empty={t.noCustomers}
        emptyHint={t.noCustomersHint}
        queryKey={['customers-of-month', table.id, status]}
        load={(after, signal) => {
          const query = { limit: 100, ...after, ...(status === null ? {} : { status }) };
          return api('GET /api/customer-months/:id/customers', { params: { id: table.id }, query, signal });
        }}
        rowKey={({ id }) => id}
        height={420}
        columns={[
          {
            title: t.number,
            width: 135,
            cell: ({ id, numberMasked }) => (
              <button type="button" className="link-button" onClick={() => setOpen(id)}>
                {numberMasked}
              </button>
            ),
          },
          { title: t.status, width: 115, cell: ({ of }) => t.statuses[of.status] },
          { title: t.bill, width: 110, number: true, cell: ({ of }) => format.amount(of.bill) },
          { title: t.services, width: 85, number: true, cell: ({ of }) => format.number(of.services) },
          { title: t.contribution, width: 120, number: true, cell: ({ of }) => format.amount(of.contribution) },
          {
            title: t.since,
            width: 105,
            cell: ({ of }) => (of.tenureStart === null ? '–' : format.month(of.tenureStart)),
          },
          { title: t.important, width: 170, cell: ({ of }) => format.list(of.changes) },
        ]}
      />
      {open === null ? null : <CustomerMonths customerId={open} close={() => setOpen(null)} />}
    </Modal>
  );
}

/** What two tables say of one customer, in a line each. */
export function ChangedCustomers({ table, close }: Props) {
  useFocusBack();
  const t = useTexts(customers);
  const format = useFormat();
  const inWords = useMonth();
  const title = t.changesOf(inWords(table.month));
  const line = (month: CustomerMonth | null) =>
    month === null ? (
      <span className="muted">{t.notThere}</span>
    ) : (
      `${t.statuses[month.status]}, ${format.amount(month.bill)}`
    );
  return (
    <Modal title={title} open onCancel={close} width={720} footer={null}>
      <PagedTable
        name={title}
        empty={t.noCustomers}
        emptyHint={t.noCustomersHint}
        queryKey={['changed-customers', table.id]}
        load={(after, signal) =>
          api('GET /api/customer-months/:id/changes', {
            ...{ params: { id: table.id }, query: { limit: 100, ...after }, signal },
          })
        }
        rowKey={({ id }) => id}
        height={420}
        columns={[
          { title: t.number, width: 150, cell: ({ numberMasked }) => numberMasked },
          { title: t.before, width: 220, cell: ({ before }) => line(before) },
          { title: t.after, width: 220, cell: ({ after }) => line(after) },
        ]}
      />
    </Modal>
  );
}

/** All months of one customer, masked; each look is noted. */
import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { Customer } from '../../../contract/customers.ts';
import { api } from '../../api/client.ts';
import { customers } from '../../i18n/customers/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { useFocusBack } from '../../shared/focus-back.ts';
import { QueryView } from '../../shared/states.tsx';
import { useMonth } from './words.ts';

export function MonthsTable({ customer }: { customer: Customer }) {
  const t = useTexts(customers);
  const format = useFormat();
  const inWords = useMonth();
  const day = (of: string | null) => (of === null ? '–' : format.days(of, of));
  return (
    <DataTable
      rows={customer.months}
      rowKey={({ month }) => month}
      columns={[
        { title: t.month, head: true, nowrap: true, cell: ({ month }) => inWords(month) },
        { title: t.status, cell: ({ status }) => t.statuses[status] },
        { title: t.bill, num: true, cell: ({ bill }) => format.amount(bill) },
        { title: t.services, num: true, cell: ({ services }) => format.number(services) },
        { title: t.contribution, num: true, cell: ({ contribution }) => format.amount(contribution) },
        { title: t.since, nowrap: true, cell: ({ tenureStart }) => day(tenureStart) },
        { title: t.contractEnd, nowrap: true, cell: ({ contractEnd }) => day(contractEnd) },
        { title: t.important, cell: ({ changes }) => format.list(changes) },
      ]}
    />
  );
}

export function CustomerMonths({ customerId, close }: { customerId: string; close: () => void }) {
  useFocusBack();
  const t = useTexts(customers);
  const query = useQuery({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => api('GET /api/customers/:id', { params: { id: customerId }, signal }),
  });
  return (
    <Modal title={t.customer(query.data?.numberMasked ?? '')} open onCancel={close} width={900} footer={null}>
      <QueryView query={query}>{(customer) => <MonthsTable customer={customer} />}</QueryView>
    </Modal>
  );
}

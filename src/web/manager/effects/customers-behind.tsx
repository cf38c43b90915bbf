/** The customers behind a figure, masked: what they were before, what they were after, what became of them. */
import { Modal } from 'antd';
import { useState } from 'react';
import type { CustomerMonth } from '../../../contract/customers.ts';
import type { CustomerKind, EffectChange, EffectGroup } from '../../../contract/effects.ts';
import { api } from '../../api/client.ts';
import { customers } from '../../i18n/customers/index.ts';
import { effects } from '../../i18n/effects/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useFocusBack } from '../../shared/focus-back.ts';
import { PagedTable } from '../../shared/paged-table.tsx';
import { CustomerMonths } from '../customers/customer-months.tsx';

export type EffectQuestion = { group: EffectGroup; kind: CustomerKind | null; change: EffectChange | null };
type Props = { campaignId: string; month: string; question: EffectQuestion; close: () => void };

export function CustomersBehind({ campaignId, month, question, close }: Props) {
  useFocusBack();
  const t = useTexts(effects);
  const c = useTexts(customers);
  const format = useFormat();
  const [open, setOpen] = useState<string | null>(null);
  const { group, kind, change } = question;
  const title = t.show(
    t.groups[group],
    kind === null ? t.allKinds : t.kinds[kind],
    change === null ? t.everybody : t.changes[change],
  );
  const told = (of: CustomerMonth | null) =>
    of === null ? t.unknown : `${c.statuses[of.status]} ${format.amount(of.bill)}`;
  return (
    <Modal title={title} open onCancel={close} width={960} footer={null}>
      <PagedTable
        name={title}
        empty={t.noBehind}
        queryKey={['effect-customers', campaignId, month, group, kind, change]}
        load={(after, signal) => {
          const of = { ...(kind === null ? {} : { kind }), ...(change === null ? {} : { change }) };
          const query = { limit: 100, month, group, ...of, ...after };
          return api('GET /api/campaigns/:id/effect/customers', { params: { id: campaignId }, query, signal });
        }}
        rowKey={({ id }) => id}
        height={420}
        columns={[
          {
            title: t.number,
            width: 140,
            cell: ({ id, numberMasked }) => (
              <button type="button" className="link-button" onClick={() => setOpen(id)}>
                {numberMasked}
              </button>
            ),
          },
          { title: t.columns.kind, width: 100, cell: (row) => t.kinds[row.kind] },
          { title: t.before, width: 160, cell: ({ before }) => told(before) },
          { title: t.course, width: 340, cell: ({ course }) => format.list(course.map(told)) },
          { title: t.result, width: 150, cell: (row) => t.changes[row.change] },
        ]}
      />
      {open === null ? null : <CustomerMonths customerId={open} close={() => setOpen(null)} />}
    </Modal>
  );
}

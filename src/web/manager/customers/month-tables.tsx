/** The tables that a client brought, the latest month first, and who reviewed what a newer one changed. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { CustomerImport } from '../../../contract/customers.ts';
import { address, api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { customers } from '../../i18n/customers/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge } from '../../shared/page.tsx';
import { Empty } from '../../shared/states.tsx';
import { RejectedLines } from '../campaigns/rejected-lines.tsx';
import { ChangedCustomers, CustomersOfMonth } from './customers-of-month.tsx';
import { customerStatuses, useMonth } from './words.ts';

const tones = { importing: 'info', ready: 'ok', replaced: 'plain', failed: 'bad', erased: 'plain' } as const;

function Review({ table }: { table: CustomerImport }) {
  const t = useTexts(customers);
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const review = useMutation({
    mutationFn: () => api('POST /api/customer-months/:id/review', { params: { id: table.id } }),
    onSuccess: () => done(t.reviewDone, 'customer-months'),
    onError: refused,
  });
  if (table.reviewedAt !== null)
    return <div className="muted small">{t.reviewed(table.reviewedBy ?? '', format.dateTime(table.reviewedAt))}</div>;
  if (!may('list.import')) return null;
  if (table.own) return <div className="muted small">{t.ownReview}</div>;
  return (
    <div>
      <Button size="small" loading={review.isPending} onClick={() => review.mutate()}>
        {t.review}
      </Button>
    </div>
  );
}

type Shown = { what: 'customers' | 'changes' | 'rejected'; table: CustomerImport } | null;

export function MonthTables({ clientId, items }: { clientId: string; items: CustomerImport[] }) {
  const t = useTexts(customers);
  const { reasons } = useTexts(campaigns).lists;
  const format = useFormat();
  const inWords = useMonth();
  const [shown, show] = useState<Shown>(null);
  const close = () => show(null);
  const link = (what: NonNullable<Shown>['what'], table: CustomerImport, text: string, label: string) => (
    <button type="button" className="link-button" aria-label={label} onClick={() => show({ what, table })}>
      {text}
    </button>
  );
  const keeping = ({ erased, erasedAt, keptUntil }: CustomerImport) => {
    if (erasedAt !== null) return t.erasedAt(format.number(erased), format.date(erasedAt));
    const day = format.date(keptUntil);
    return erased > 0 ? t.partlyErased(format.number(erased), day) : t.keptUntil(day);
  };
  if (items.length === 0) return <Empty title={t.none} />;
  return (
    <>
      <DataTable
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          {
            title: t.columns.month,
            head: true,
            cell: (table) => (
              <>
                {inWords(table.month)}
                <div className="muted small">{table.fileName}</div>
                {table.failure ? <p className="field-fault">{t.failed(word(reasons, table.failure.code))}</p> : null}
              </>
            ),
          },
          {
            title: t.columns.state,
            cell: (table) => (
              <>
                <Badge tone={tones[table.state]}>{t.states[table.state]}</Badge>
                {table.state === 'importing' || table.state === 'failed' ? null : (
                  <div className="muted small">{keeping(table)}</div>
                )}
              </>
            ),
          },
          {
            title: t.columns.customers,
            num: true,
            cell: (table) =>
              table.accepted === 0
                ? ''
                : table.state === 'erased'
                  ? format.number(table.accepted)
                  : link('customers', table, format.number(table.accepted), t.open(format.number(table.accepted))),
          },
          {
            title: t.columns.status,
            cell: ({ byStatus }) =>
              format.list(
                customerStatuses.flatMap((status) => {
                  const count = byStatus[status] ?? 0;
                  return count === 0 ? [] : [t.statusCount(t.statuses[status], format.number(count))];
                }),
              ),
          },
          {
            title: t.columns.rejected,
            num: true,
            cell: (table) =>
              table.rejected === 0 || table.state === 'importing'
                ? ''
                : link('rejected', table, format.number(table.rejected), t.showRejected(format.number(table.rejected))),
          },
          {
            title: t.columns.changes,
            nowrap: true,
            cell: (table) => {
              if (table.changes === null) return '';
              const { added, changed, gone } = table.changes;
              const text = t.changed(format.number(added), format.number(changed), format.number(gone));
              return (
                <>
                  {table.state === 'erased' ? text : link('changes', table, text, text)}
                  <Review table={table} />
                </>
              );
            },
          },
          {
            title: t.columns.at,
            nowrap: true,
            cell: ({ importedAt, importedBy }) => (
              <>
                {format.dateTime(importedAt)}
                {importedBy ? <div className="muted small">{importedBy}</div> : null}
              </>
            ),
          },
        ]}
      />
      {shown?.what === 'customers' ? <CustomersOfMonth table={shown.table} close={close} /> : null}
      {shown?.what === 'changes' ? <ChangedCustomers table={shown.table} close={close} /> : null}
      {shown?.what === 'rejected' ? <RejectedLines table={rejectedOf(clientId, shown.table)} close={close} /> : null}
    </>
  );
}

function rejectedOf(clientId: string, { id, fileName }: CustomerImport) {
  const params = { id };
  return {
    ...{ id, name: fileName, of: clientId },
    file: address('GET /api/customer-months/:id/rejected.csv', { params }),
    load: (after: { after?: string }, signal: AbortSignal) =>
      api('GET /api/customer-months/:id/rejected', { params, query: { limit: 100, ...after }, signal }),
  };
}

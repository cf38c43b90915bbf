/** Figures of one group by kind of customer; each count leads to the customers behind it, where the reader may see them. */
import type { ReactNode } from 'react';
import type { EffectChange, EffectGroup, EffectRow } from '../../../contract/effects.ts';
import { useMay } from '../../app/me.tsx';
import { effects } from '../../i18n/effects/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { IntervalBar } from '../../shared/interval-bar.tsx';
import type { EffectQuestion } from './customers-behind.tsx';

/** Nobody knows, or not yet, what became of them. */
const rest = ['open', 'no-before', 'no-after'] as const;

type Props = { group: EffectGroup; rows: EffectRow[]; open: (question: EffectQuestion) => void };

export function EffectTable({ group, rows, open }: Props) {
  const t = useTexts(effects);
  const format = useFormat();
  const may = useMay();
  const kindOf = ({ kind }: EffectRow) => (kind === null ? t.allKinds : t.kinds[kind]);
  /** Read aloud, a figure is nothing without what it counts. */
  const said = (change: EffectChange | null, text: string) => {
    const what = change === null ? t.everybody : t.changes[change];
    return text.startsWith(what) ? text : `${what} ${text}`;
  };
  const link = (row: EffectRow, change: EffectChange | null, text: string): ReactNode => {
    const count = change === null ? row.customers : row.changes[change];
    if (count === 0 || !may('contact.read')) return text;
    return (
      <button
        type="button"
        className="link-button"
        aria-label={t.show(t.groups[group], kindOf(row), said(change, text))}
        onClick={() => open({ group, kind: row.kind, change })}
      >
        {text}
      </button>
    );
  };
  const judged = (row: EffectRow, change: 'lost' | 'won-back') => {
    const rate = change === 'lost' ? row.lost : row.wonBack;
    const text = t.of(format.number(rate.numerator), format.number(rate.denominator));
    return (
      <>
        {link(row, change, text)}
        {rate.denominator === 0 ? null : <IntervalBar rate={rate} compact />}
      </>
    );
  };
  return (
    <DataTable
      rows={rows}
      rowKey={({ kind }) => kind ?? 'all'}
      columns={[
        {
          title: t.columns.kind,
          head: true,
          cell: (row) => (
            <>
              {kindOf(row)}
              {row.watch === null ? null : <div className="muted small">{t.watched(format.number(row.watch))}</div>}
            </>
          ),
        },
        { title: t.columns.count, num: true, cell: (row) => link(row, null, format.number(row.customers)) },
        { title: t.columns.lost, cell: (row) => judged(row, 'lost') },
        { title: t.columns.wonBack, cell: (row) => judged(row, 'won-back') },
        {
          title: t.columns.bill,
          cell: ({ bill }) =>
            bill.before === null || bill.after === null
              ? '–'
              : t.bill(
                  format.amount(Math.round(bill.before)),
                  format.amount(Math.round(bill.after)),
                  format.number(bill.customers),
                ),
        },
        {
          title: t.columns.rest,
          cell: (row) =>
            rest
              .filter((change) => row.changes[change] > 0)
              .map((change) => (
                <div key={change} className="small">
                  {link(row, change, t.rest(t.changes[change], format.number(row.changes[change])))}
                </div>
              )),
        },
      ]}
    />
  );
}

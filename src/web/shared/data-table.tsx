import { type ReactNode, useState } from 'react';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { TableScroll } from './table-scroll.tsx';

export type DataColumn<T> = {
  title: string;
  cell: (row: T) => ReactNode;
  /** Right-aligned figures. */
  num?: boolean;
  /** The cell that names the row. */
  head?: boolean;
  /** The title is for screen readers only: the cells say what they are. */
  quiet?: boolean;
  nowrap?: boolean;
};

/** A short table, drawn whole; on a phone each row becomes a card with the names of its columns. Long lists use `PagedTable`. */
export function DataTable<T>(props: {
  rows: readonly T[];
  columns: readonly DataColumn<T>[];
  rowKey: (row: T) => string;
  caption?: string;
  /** On a phone so many columns stand side by side in a row's card, each under its name. */
  beside?: 2 | 3;
  /** Few rows of many columns: each a sheet of named figures at every width, for no screen is wide enough for them in a line. */
  sheets?: boolean;
  /** On a phone only so many columns of a row are shown until the rest is asked for. */
  first?: number;
}) {
  const c = useTexts(common);
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const { rows, rowKey, caption, beside, sheets, first = Number.POSITIVE_INFINITY } = props;
  // A column is known by its place: its title changes with the language, and what is open in its cells stays open.
  const columns = props.columns.map((column, place) => ({ ...column, id: String(place) }));
  const toggle = (key: string) =>
    setWhole((known) => new Set([...known].filter((one) => one !== key).concat(known.has(key) ? [] : [key])));
  const folds = columns.filter(({ head }) => !head).length > first;
  const after = new Set(columns.filter(({ head }) => !head).slice(first));
  return (
    <TableScroll {...(caption ? { label: caption } : {})}>
      <table
        className={`plain-table stacks ${beside === undefined ? '' : `beside-${beside}`} ${sheets ? 'sheets' : ''}`}
      >
        {caption ? <caption>{caption}</caption> : null}
        <thead>
          <tr>
            {columns.map(({ id, title, num, quiet }) => (
              <th key={id} scope="col" className={num ? 'num' : ''}>
                {quiet ? <span className="visually-hidden">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={whole.has(rowKey(row)) ? 'whole' : ''}>
              {columns.map((column) => {
                const { id, title, cell, num, head, quiet, nowrap } = column;
                return head ? (
                  <th key={id} scope="row">
                    {cell(row)}
                    {folds ? (
                      <button
                        type="button"
                        className="link-button more-of-row"
                        aria-expanded={whole.has(rowKey(row))}
                        onClick={() => toggle(rowKey(row))}
                      >
                        {whole.has(rowKey(row)) ? c.less : c.more}
                      </button>
                    ) : null}
                  </th>
                ) : (
                  <td
                    key={id}
                    className={`${num ? 'num' : ''} ${nowrap ? 'nowrap' : ''} ${after.has(column) ? 'later' : ''}`}
                    data-label={quiet ? undefined : title}
                  >
                    <div className="cell">{cell(row)}</div>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

import type { ReactNode } from 'react';
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
}) {
  const { rows, columns, rowKey, caption } = props;
  return (
    <TableScroll {...(caption ? { label: caption } : {})}>
      <table className="plain-table stacks">
        {caption ? <caption>{caption}</caption> : null}
        <thead>
          <tr>
            {columns.map(({ title, num, quiet }) => (
              <th key={title} scope="col" className={num ? 'num' : ''}>
                {quiet ? <span className="visually-hidden">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ title, cell, num, head, quiet, nowrap }) =>
                head ? (
                  <th key={title} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td
                    key={title}
                    className={`${num ? 'num' : ''} ${nowrap ? 'nowrap' : ''}`}
                    data-label={quiet ? undefined : title}
                  >
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

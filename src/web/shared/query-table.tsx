import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { DataTable } from './data-table.tsx';
import { Empty, QueryView } from './states.tsx';

/** A short list that is asked for whole: its table, or in a sentence that there is nothing. */
export function QueryTable<T>(
  props: Omit<ComponentProps<typeof DataTable<T>>, 'rows'> & {
    query: UseQueryResult<{ items: readonly T[] }>;
    none: string;
  },
) {
  const { query, none, ...table } = props;
  return (
    <QueryView query={query}>
      {({ items }) => (items.length === 0 ? <Empty title={none} /> : <DataTable<T> rows={items} {...table} />)}
    </QueryView>
  );
}

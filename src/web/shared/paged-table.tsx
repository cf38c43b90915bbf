/** A long list: pages are fetched as the reader scrolls, and only the rows in sight are drawn (antd's virtual table). */
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { type ReactNode, type UIEvent, useCallback, useState } from 'react';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { Empty, Failed, Loading } from './states.tsx';

type Column<T> = { title: string; width: number; cell: (row: T) => ReactNode; number?: boolean };

/** How wide the box is. */
function useWidth(): [number, (box: HTMLElement | null) => (() => void) | undefined] {
  const [width, setWidth] = useState(0);
  const measured = useCallback((box: HTMLElement | null) => {
    if (box === null) return;
    const watch = new ResizeObserver(() => setWidth(box.clientWidth));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return [width, measured];
}

export function PagedTable<T extends object>(props: {
  name: string;
  empty: string;
  emptyHint?: string;
  queryKey: QueryKey;
  load: (
    after: { after?: string },
    signal: AbortSignal,
  ) => Promise<{ items: T[]; next: string | null; total: number | null }>;
  rowKey: (row: T) => string;
  columns: Column<T>[];
  height?: number;
}) {
  const c = useTexts(common);
  const format = useFormat();
  const query = useInfiniteQuery({
    queryKey: props.queryKey,
    queryFn: ({ pageParam, signal }) => props.load(pageParam === '' ? {} : { after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const [width, measured] = useWidth();
  if (query.isPending) return <Loading />;
  if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (rows.length === 0) return <Empty title={props.empty} {...(props.emptyHint ? { hint: props.emptyHint } : {})} />;
  const total = query.data?.pages[0]?.total ?? null;
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  const needed = props.columns.reduce((sum, column) => sum + column.width, 0);
  const height = Math.min(props.height ?? 520, rows.length * 44);
  return (
    <section aria-label={props.name} ref={measured}>
      <Table
        virtual
        size="small"
        pagination={false}
        rowKey={props.rowKey}
        dataSource={rows}
        // Never less than its place: antd would take what is left for a distance to scroll back, and shift the rows.
        scroll={{ x: Math.max(width, needed), y: height }}
        onScroll={(event: UIEvent<HTMLElement>) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          if (scrollHeight - scrollTop - clientHeight < 400) more();
        }}
        columns={props.columns.map(({ title, width, cell, number }, place) => ({
          // By its place: the title changes with the language.
          key: String(place),
          title,
          width,
          ...(number ? { align: 'right' as const } : {}),
          render: (_: unknown, row: T) => cell(row),
        }))}
      />
      <div className="row spread table-foot">
        <span className="muted small">
          {total === null
            ? c.rows(format.number(rows.length))
            : c.outOf(format.number(rows.length), format.number(total))}
        </span>
        {query.hasNextPage ? (
          <Button size="small" loading={query.isFetchingNextPage} onClick={more}>
            {c.more}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

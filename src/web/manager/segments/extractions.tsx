/** Who was handed to which campaign and team; managers hand out here. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Segments } from '../../../contract/segments.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { AllocationOf } from './allocation.tsx';
import { NewExtraction, useLeftOut } from './new-extraction.tsx';
import { useTypeName } from './words.ts';

export function Extractions({ kept }: { kept: Segments }) {
  const t = useTexts(segments);
  const e = t.extractions;
  const format = useFormat();
  const may = useMay();
  const nameOf = useTypeName();
  const leftOut = useLeftOut();
  const [begins, begin] = useState(false);
  const [opened, open] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['extractions'],
    queryFn: ({ signal }) => api('GET /api/extractions', { signal }),
  });
  return (
    <Panel
      title={e.title}
      extra={
        may('segment.write') && !begins ? (
          <Button onClick={() => begin(true)} data-testid="new-extraction">
            {e.new}
          </Button>
        ) : null
      }
    >
      <div className="column">
        <p className="muted">{e.intro}</p>
        {begins ? <NewExtraction kept={kept} close={() => begin(false)} /> : null}
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={e.none} hint={e.noneHint} />
            ) : (
              <DataTable
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  {
                    title: e.columns.what,
                    head: true,
                    cell: ({ typeName, type, month }) =>
                      e.ofMonth(nameOf({ name: typeName }, type), format.month(`${month}-01`)),
                  },
                  {
                    title: e.columns.to,
                    cell: ({ campaign, team }) => (
                      <>
                        {campaign.name}
                        <div className="muted small">{team.name}</div>
                      </>
                    ),
                  },
                  { title: e.columns.taken, num: true, cell: ({ taken }) => format.number(taken) },
                  {
                    title: e.columns.left,
                    cell: ({ leftOut: left }) => <span className="muted small">{leftOut(left)}</span>,
                  },
                  {
                    title: t.allocation.open,
                    quiet: true,
                    cell: ({ id }) => (
                      <Button size="small" onClick={() => open(id)} data-testid="open-allocation">
                        {t.allocation.open}
                      </Button>
                    ),
                  },
                  {
                    title: e.columns.by,
                    cell: ({ by, at }) => (
                      <>
                        {by?.name ?? t.somebody}
                        <div className="muted small">{format.dateTime(at)}</div>
                      </>
                    ),
                  },
                ]}
              />
            )
          }
        </QueryView>
        {opened === null ? null : <AllocationOf key={opened} id={opened} rules={kept.rules} close={() => open(null)} />}
      </div>
    </Panel>
  );
}

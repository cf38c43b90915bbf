import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { pacingWhy } from '../wallboard/pacing-why.ts';

/** "Why is my agent waiting?": every decision of the pacing with what it placed and why. */
export function Decisions({ campaignId }: { campaignId: string }) {
  const t = useTexts(campaigns).decisions;
  const s = useTexts(wallboard);
  const format = useFormat();
  const [placedOnly, setPlacedOnly] = useState(false);
  const query = useQuery({
    queryKey: ['decisions', campaignId, placedOnly],
    queryFn: ({ signal }) =>
      api('GET /api/campaigns/:id/decisions', {
        params: { id: campaignId },
        query: { limit: 100, ...(placedOnly ? { placedOnly } : {}) },
        signal,
      }),
    refetchInterval: 5000,
  });
  return (
    <Panel
      title={s.decisions}
      extra={
        <Checkbox checked={placedOnly} onChange={(event) => setPlacedOnly(event.target.checked)}>
          {t.placedOnly}
        </Checkbox>
      }
    >
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            <DataTable
              caption={s.decisionsHint}
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                { title: t.at, nowrap: true, cell: ({ at }) => format.timeSeconds(at) },
                { title: t.placed, num: true, cell: ({ placed }) => format.number(placed) },
                { title: t.why, cell: ({ why, saw }) => pacingWhy({ why, reason: saw.reason }, s.why, format) },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  );
}

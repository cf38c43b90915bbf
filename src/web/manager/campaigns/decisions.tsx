import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
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
            <table className="plain-table">
              <caption>{s.decisionsHint}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.at}</th>
                  <th scope="col" className="num">
                    {t.placed}
                  </th>
                  <th scope="col">{t.why}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((decision) => (
                  <tr key={decision.id}>
                    <td className="nowrap">{format.timeSeconds(decision.at)}</td>
                    <td className="num">{format.number(decision.placed)}</td>
                    <td>{pacingWhy({ why: decision.why, reason: decision.saw.reason }, s.why, format)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </QueryView>
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { notices } from '../../i18n/notices/index.ts';
import { LastError } from '../../shared/last-error.tsx';
import { Badge, Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { noticeTones } from '../billing/notices.tsx';

/** For the house: whether the client was told outside the product that this week is published. */
export function WeekNotices({ summaryId }: { summaryId: string }) {
  const t = useTexts(notices);
  const format = useFormat();
  const may = useMay()('sale.manage');
  const query = useQuery({
    queryKey: ['notices', summaryId],
    enabled: may,
    queryFn: ({ signal }) => api('GET /api/summaries/:id/notices', { params: { id: summaryId }, signal }),
  });
  if (!may) return null;
  return (
    <div className="no-print">
      <Panel title={t.week}>
        <QueryView query={query}>
          {({ addressed, items }) =>
            items.length === 0 ? (
              <p className="muted">{addressed ? t.weekNotYet : t.weekNobody}</p>
            ) : (
              <dl className="facts">
                {items.map(({ id, channel, state, deliveredAt, lastError }) => (
                  <div key={id} className="fact-pair">
                    <dt>{t.channels[channel]}</dt>
                    <dd>
                      <Badge tone={noticeTones[state]}>{t.states[state]}</Badge>{' '}
                      {deliveredAt === null ? <LastError raw={lastError} /> : format.dateTime(deliveredAt)}
                    </dd>
                  </div>
                ))}
              </dl>
            )
          }
        </QueryView>
      </Panel>
    </div>
  );
}

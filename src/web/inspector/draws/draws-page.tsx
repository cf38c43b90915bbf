import { useQuery } from '@tanstack/react-query';
import type { DrawPromise } from '../../../contract/draws.ts';
import { api } from '../../api/client.ts';
import type { PageProps } from '../../app/pages.ts';
import { Link } from '../../app/router.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { PagedTable } from '../../shared/paged-table.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { DrawDetail } from './draw-detail.tsx';

const dayMs = 86_400_000;

/** The last day of an announced period. */
const lastDayOf = ({ kind, from }: DrawPromise): string =>
  kind === 'daily' ? from : new Date(Date.parse(from) + 6 * dayMs).toISOString().slice(0, 10);

function Draws() {
  const t = useTexts(inspector).draws;
  const format = useFormat();
  const promised = useQuery({
    queryKey: ['draws', 'promised'],
    queryFn: ({ signal }) => api('GET /api/draw-promises', { signal }),
  });
  const { columns } = t;
  return (
    <Page title={t.title} intro={t.intro}>
      <Panel title={t.promised}>
        <p className="muted small">{t.promisedHint}</p>
        <QueryView query={promised}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.nothingPromised} />
            ) : (
              <ul className="line-list">
                {items.map((one) => (
                  <li key={one.commitment}>
                    <span className="row spread">
                      <span>
                        {t.kinds[one.kind]} · {format.days(one.from, lastDayOf(one))} · {one.campaignName}
                      </span>
                      <span className="muted small">{format.dateTime(one.committedAt)}</span>
                    </span>
                    <code className="small">{one.commitment}</code>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryView>
      </Panel>
      <Panel title={t.title} quiet>
        <PagedTable
          name={t.title}
          empty={t.none}
          queryKey={['draws']}
          load={(after, signal) => api('GET /api/draws', { query: { limit: 100, ...after }, signal })}
          rowKey={({ id }) => id}
          columns={[
            {
              title: columns.period,
              width: 170,
              cell: ({ id, from, to }) => <Link to={`/draws/${id}`}>{format.days(from, to)}</Link>,
            },
            {
              title: columns.kind,
              width: 150,
              cell: ({ kind, promiseKept }) => (
                <>
                  {t.kinds[kind]} {promiseKept ? null : <Badge tone="bad">{t.promiseBroken}</Badge>}
                </>
              ),
            },
            { title: columns.campaign, width: 190, cell: ({ campaignName }) => campaignName },
            { title: columns.frame, width: 90, number: true, cell: ({ frameSize }) => format.number(frameSize) },
            { title: columns.rate, width: 80, number: true, cell: ({ rate }) => format.percent(rate) },
            { title: columns.size, width: 80, number: true, cell: ({ size }) => format.number(size) },
            { title: columns.forced, width: 110, number: true, cell: ({ forced }) => format.number(forced) },
            { title: columns.inspected, width: 110, number: true, cell: ({ inspected }) => format.number(inspected) },
          ]}
        />
      </Panel>
    </Page>
  );
}

export default function DrawsPage({ id }: PageProps) {
  return id === '' ? <Draws /> : <DrawDetail id={id} />;
}

import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import type { PageProps } from '../../app/pages.ts';
import { Link } from '../../app/router.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { DrawDetail } from './draw-detail.tsx';
import { TableScroll } from '../../shared/table-scroll.tsx';

function Draws() {
  const t = useTexts(inspector).draws;
  const format = useFormat();
  const query = useQuery({
    queryKey: ['draws'],
    queryFn: ({ signal }) => api('GET /api/draws', { query: { limit: 100 }, signal }),
  });
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
                        {t.kinds[one.kind]} · {format.days(one.from, one.from)} · {one.campaignName}
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
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.none} />
            ) : (
              <TableScroll>
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th scope="col">{columns.period}</th>
                      <th scope="col">{columns.kind}</th>
                      <th scope="col">{columns.campaign}</th>
                      {[columns.frame, columns.rate, columns.size, columns.forced, columns.inspected].map((title) => (
                        <th key={title} scope="col" className="num">
                          {title}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((draw) => (
                      <tr key={draw.id}>
                        <th scope="row">
                          <Link to={`/draws/${draw.id}`}>{format.days(draw.from, draw.to)}</Link>
                        </th>
                        <td>
                          {t.kinds[draw.kind]} {draw.promiseKept ? null : <Badge tone="bad">{t.promiseBroken}</Badge>}
                        </td>
                        <td>{draw.campaignName}</td>
                        <td className="num">{format.number(draw.frameSize)}</td>
                        <td className="num">{format.percent(draw.rate)}</td>
                        <td className="num">{format.number(draw.size)}</td>
                        <td className="num">{format.number(draw.forced)}</td>
                        <td className="num">{format.number(draw.inspected)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableScroll>
            )
          }
        </QueryView>
      </Panel>
    </Page>
  );
}

export default function DrawsPage({ id }: PageProps) {
  return id === '' ? <Draws /> : <DrawDetail id={id} />;
}

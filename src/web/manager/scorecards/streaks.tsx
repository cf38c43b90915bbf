import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { Link } from '../../app/router.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';

/** Who to reward and who to coach: rows of excellent and of short months. */
export function Streaks() {
  const t = useTexts(results).cards;
  const format = useFormat();
  const query = useQuery({
    queryKey: ['scorecards', 'streaks'],
    queryFn: ({ signal }) => api('GET /api/scorecard-streaks', { signal }),
  });
  const limits = useQuery({
    queryKey: ['weights'],
    queryFn: ({ signal }) => api('GET /api/scorecard-weights', { signal }),
  });
  return (
    <Panel title={t.streaks}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t.noStreaks}</p>
          ) : (
            <ul className="line-list">
              {items.map(({ agent, mark, months }) => (
                <li key={agent.id} className="row">
                  <Badge tone={mark === 'excellent' ? 'ok' : 'warn'}>{t.marks[mark]}</Badge>
                  <Link to={`/scorecards/${agent.id}`}>{agent.name}</Link>
                  <span>{t.monthsInARow(String(months))}</span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      {limits.data ? (
        <p className="figure-note">
          {t.streaksHint(format.number(limits.data.excellentFrom), format.number(limits.data.shortBelow))}
        </p>
      ) : null}
    </Panel>
  );
}

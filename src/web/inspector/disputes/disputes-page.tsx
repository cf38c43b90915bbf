import './disputes.css';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { Link } from '../../app/router.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';

/** Results that agents dispute; whoever decides hears the recording again on the judging page. */
export default function DisputesPage() {
  const t = useTexts(inspector);
  const format = useFormat();
  const query = useQuery({
    queryKey: ['inspections', 'disputed'],
    queryFn: ({ signal }) => api('GET /api/inspections', { query: { state: 'disputed', limit: 200 }, signal }),
  });
  return (
    <Page title={t.disputes.title} intro={t.disputes.intro}>
      <Panel title={t.disputes.title} quiet>
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.disputes.none} />
            ) : (
              <ul className="line-list">
                {items.map((item) => (
                  <li key={item.id} className="row spread">
                    <span>
                      <span className="strong">{item.agent?.name ?? t.queue.hiddenAgent}</span> ·{' '}
                      <span className="muted">
                        {word(t.kinds, item.kind)} · {item.campaignName} ·{' '}
                        {format.named(t.disputes.talked, format.dateTime(item.talkStartedAt))}
                      </span>
                      {item.disputed === null ? null : (
                        <blockquote className="dispute-reason">
                          {item.disputed.reason}{' '}
                          <span className="muted small nowrap">{format.dateTime(item.disputed.at)}</span>
                        </blockquote>
                      )}
                    </span>
                    <Link to={`/inspections/${item.id}`}>{t.disputes.decide}</Link>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryView>
      </Panel>
    </Page>
  );
}

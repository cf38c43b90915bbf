import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import { Link } from '../app/router.tsx';
import { admin } from '../i18n/admin/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { wallboard } from '../i18n/wallboard/index.ts';
import { Badge, Page, Panel } from '../shared/page.tsx';
import { Empty, QueryView } from '../shared/states.tsx';

/** The client's own campaigns: what runs and how far it is; no customers, no agents. */
export default function OwnCampaignsPage() {
  const t = useTexts(admin).client;
  const s = useTexts(wallboard).states;
  const format = useFormat();
  const query = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
    refetchInterval: 15_000,
  });
  const may = useMay();
  const summaries = useQuery({
    queryKey: ['summaries'],
    queryFn: ({ signal }) => api('GET /api/summaries', { signal }),
    enabled: may('summary.read'),
  });
  return (
    <Page title={t.campaigns} intro={t.campaignsIntro}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel title={t.campaigns} quiet>
              <Empty title={t.none} />
            </Panel>
          ) : (
            <div className="grid two">
              {items.map((campaign) => {
                const { waiting, inAttempt, finished } = campaign.contacts;
                const all = waiting + inAttempt + finished;
                // The newest stands first.
                const week = summaries.data?.items.find(({ campaignId }) => campaignId === campaign.id);
                return (
                  <Panel
                    key={campaign.id}
                    title={campaign.name}
                    extra={<Badge tone={campaign.state === 'running' ? 'ok' : 'plain'}>{s[campaign.state]}</Badge>}
                  >
                    <p className="muted">{campaign.productName}</p>
                    {all === 0 ? (
                      <p className="small">{t.noContacts}</p>
                    ) : (
                      <>
                        <Progress
                          percent={Math.round((finished / all) * 100)}
                          aria-label={t.progress(format.number(finished), format.number(all))}
                        />
                        <p className="small">{t.progress(format.number(finished), format.number(all))}</p>
                      </>
                    )}
                    <p className="spaced-top">
                      {week === undefined ? (
                        <span className="muted small">{t.noWeek}</span>
                      ) : (
                        <Link to={`/summaries/${week.id}`}>{t.lastWeek(format.days(week.from, week.to))}</Link>
                      )}
                    </p>
                  </Panel>
                );
              })}
            </div>
          )
        }
      </QueryView>
    </Page>
  );
}

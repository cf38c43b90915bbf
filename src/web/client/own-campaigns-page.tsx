import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import type { PageProps } from '../app/pages.ts';
import { Link } from '../app/router.tsx';
import { admin } from '../i18n/admin/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { survey } from '../i18n/survey/index.ts';
import { wallboard } from '../i18n/wallboard/index.ts';
import { Badge, Page, Panel } from '../shared/page.tsx';
import { Empty, QueryView } from '../shared/states.tsx';
import { SurveyResults } from '../shared/survey/survey-results.tsx';

/** The client's own campaigns: what runs, how far it is and what customers answered; no customers, no agents. */
export default function OwnCampaignsPage({ id }: PageProps) {
  return id === '' ? <OwnCampaigns /> : <Found id={id} />;
}

/** What the questionnaire of one of them found. */
function Found({ id }: { id: string }) {
  const t = useTexts(admin).client;
  const r = useTexts(survey).results;
  const query = useQuery({ queryKey: ['campaigns'], queryFn: ({ signal }) => api('GET /api/campaigns', { signal }) });
  const name = query.data?.items.find((campaign) => campaign.id === id)?.name ?? '';
  return (
    <Page title={name === '' ? r.title : name} intro={<Link to="/own-campaigns">{t.campaigns}</Link>}>
      <SurveyResults campaignId={id} />
    </Page>
  );
}

function OwnCampaigns() {
  const t = useTexts(admin).client;
  const r = useTexts(survey).results;
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
                    {campaign.surveyed ? (
                      <p className="spaced-top">
                        <Link to={`/own-campaigns/${campaign.id}`}>{r.link}</Link>
                      </p>
                    ) : null}
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

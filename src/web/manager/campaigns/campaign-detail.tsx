import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { Suspense } from 'react';
import type { Campaign, StartWarning } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { Icon } from '../../shared/icons.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { Loading, QueryView } from '../../shared/states.tsx';
import { CampaignSwitch } from './campaign-switch.tsx';
import { Contacts } from './contacts.tsx';
import { Decisions } from './decisions.tsx';
import { Expectation } from './expectation.tsx';
import { HoursForm } from './hours-form.tsx';
import { Lists } from './lists.tsx';
import { PaceForm } from './pace-form.tsx';
import { QualityForm } from './quality-form.tsx';
import { TextsForm } from './texts-form.tsx';
import { SetupForm } from './setup-form.tsx';
import { stateTones } from './state-tones.ts';
import { Versions } from './versions.tsx';
import { late } from '../../shared/late.ts';

const SurveyTab = late(() => import('../survey/survey-tab.tsx'));
const OffersTab = late(() => import('../offers/offers-tab.tsx'));
const PlansTab = late(() => import('../plans/plans-tab.tsx'));

/** Whoever starts it, and whoever runs it, should know that numbers may be missing on the lists it is held against. */
function StaleLists({ warnings }: { warnings: StartWarning[] }) {
  const t = useTexts(campaigns).checks;
  const format = useFormat();
  return warnings.map(({ name, asOf, staleDays }) => (
    <p key={name} className="note tone-warn" data-testid="stale-list">
      <Icon name="alert" /> {t.staleList(name, format.date(asOf), format.number(staleDays))}{' '}
      <Link to="/blacklist">{t.staleListFix}</Link>
    </p>
  ));
}

function Checks({ campaign, faults }: { campaign: Campaign; faults: { code: string; field: string }[] }) {
  const t = useTexts(campaigns).checks;
  const format = useFormat();
  if (campaign.state === 'running' || campaign.state === 'finished') return null;
  return (
    <Panel
      title={t.title}
      extra={faults.length > 0 ? <Badge tone="warn">{t.open(format.number(faults.length))}</Badge> : null}
    >
      {faults.length === 0 ? (
        <p className="note tone-ok">
          <Icon name="check" /> {t.ready}
        </p>
      ) : (
        <ul className="check-list">
          {faults.map((fault) => (
            <li key={`${fault.code} ${fault.field}`}>
              <Icon name="cross" size={16} /> {word(t.codes, fault.code)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** One campaign: what is missing to start, and everything that can be set, live. */
export function CampaignDetail({ id }: { id: string }) {
  const t = useTexts(campaigns);
  const s = useTexts(wallboard);
  const may = useMay();
  const query = useQuery({
    queryKey: ['campaign', id],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id', { params: { id }, signal }),
  });
  const checks = useQuery({
    queryKey: ['campaign', id, 'checks'],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id/checks', { params: { id }, signal }),
    refetchInterval: 10_000,
  });
  const faults = checks.data?.items ?? [];
  return (
    <QueryView query={query}>
      {(campaign) => (
        <Page
          title={campaign.name}
          intro={
            <>
              <Badge tone={stateTones[campaign.state]}>{s.states[campaign.state]}</Badge> {campaign.productName} ·{' '}
              {campaign.clientName}
              {campaign.demo ? ` · ${t.demo}` : ''}
            </>
          }
          actions={
            <>
              {may('wallboard.read') ? <Link to={`/wallboard/${id}`}>{s.title}</Link> : null}
              <CampaignSwitch
                id={id}
                name={campaign.name}
                state={campaign.state}
                mayFinish
                blocked={campaign.state !== 'running' && (checks.isPending || faults.length > 0)}
              />
            </>
          }
        >
          {campaign.state === 'finished' ? null : <StaleLists warnings={checks.data?.warnings ?? []} />}
          {checks.isPending ? null : <Checks campaign={campaign} faults={faults} />}
          {campaign.state === 'draft' || campaign.state === 'paused' ? <Expectation campaign={campaign} /> : null}
          <Tabs
            defaultActiveKey={campaign.state === 'draft' ? 'setup' : 'pace'}
            items={[
              {
                key: 'setup',
                label: t.tabs.setup,
                children: <SetupForm campaign={campaign} />,
              },
              {
                key: 'pace',
                label: t.tabs.pace,
                children: <PaceForm campaign={campaign} />,
              },
              {
                key: 'hours',
                label: t.tabs.hours,
                children: <HoursForm campaign={campaign} />,
              },
              {
                key: 'quality',
                label: t.tabs.quality,
                children: (
                  <div className="column wide-gap">
                    <QualityForm campaign={campaign} />
                    <TextsForm campaign={campaign} />
                  </div>
                ),
              },
              {
                key: 'survey',
                label: t.tabs.survey,
                children: (
                  <Suspense fallback={<Loading />}>
                    <SurveyTab campaign={campaign} />
                  </Suspense>
                ),
              },
              {
                key: 'offers',
                label: t.tabs.offers,
                children: (
                  <Suspense fallback={<Loading />}>
                    <OffersTab campaign={campaign} />
                  </Suspense>
                ),
              },
              ...(may('contact.read')
                ? [
                    {
                      key: 'plans',
                      label: t.tabs.plans,
                      children: (
                        <Suspense fallback={<Loading />}>
                          <PlansTab campaign={campaign} />
                        </Suspense>
                      ),
                    },
                  ]
                : []),
              { key: 'lists', label: t.tabs.lists, children: <Lists campaignId={id} /> },
              ...(may('contact.read')
                ? [{ key: 'contacts', label: t.tabs.contacts, children: <Contacts campaignId={id} /> }]
                : []),
              ...(may('wallboard.read')
                ? [{ key: 'decisions', label: t.tabs.decisions, children: <Decisions campaignId={id} /> }]
                : []),
              { key: 'versions', label: t.tabs.versions, children: <Versions campaignId={id} /> },
            ]}
          />
        </Page>
      )}
    </QueryView>
  );
}

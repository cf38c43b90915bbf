import './wallboard.css';
import { Button, Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import type { PageProps } from '../../app/pages.ts';
import { go, Link } from '../../app/router.tsx';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { ConnectionBadge } from '../../live/connection-badge.tsx';
import { useWallboard } from '../../live/wallboard.ts';
import { Badge, Page } from '../../shared/page.tsx';
import { Empty, Loading } from '../../shared/states.tsx';
import { CampaignSwitch } from '../campaigns/campaign-switch.tsx';
import { Board } from './board.tsx';

/** Live figures of one campaign at a time; the address may name it. */
export default function WallboardPage({ id }: PageProps) {
  const t = useTexts(wallboard);
  const format = useFormat();
  const selectId = useId();
  const { campaigns, stillAt, status, tryNow } = useWallboard();
  const [waited, setWaited] = useState(false);
  const all = [...campaigns.values()].sort(
    (a, b) => Number(b.state === 'running') - Number(a.state === 'running') || a.name.localeCompare(b.name),
  );
  const live = campaigns.get(id) ?? all[0];
  const connected = status.kind === 'live';
  useEffect(() => {
    if (!connected) return;
    const timer = window.setTimeout(() => setWaited(true), 2500);
    return () => window.clearTimeout(timer);
  }, [connected]);
  return (
    <Page
      title={t.title}
      actions={
        <>
          <ConnectionBadge status={status} tryNow={tryNow} />
          {live ? (
            <>
              <label htmlFor={selectId} className="visually-hidden">
                {t.campaign}
              </label>
              <Select
                id={selectId}
                className="campaign-select"
                value={live.campaignId}
                options={all.map((campaign) => ({
                  value: campaign.campaignId,
                  label: `${campaign.name} · ${word(t.states, campaign.state)}`,
                }))}
                onChange={(chosen) => go(`/wallboard/${chosen}`)}
              />
              <CampaignSwitch id={live.campaignId} name={live.name} state={live.state} />
              <Link to={`/campaigns/${live.campaignId}`}>{t.settings}</Link>
            </>
          ) : null}
        </>
      }
      intro={
        live ? (
          <>
            <span className="strong">{live.name}</span>{' '}
            <Badge tone={live.state === 'running' ? 'ok' : 'warn'}>{word(t.states, live.state)}</Badge>{' '}
            {t.asOf(format.timeSeconds(Math.max(live.at, stillAt.get(live.campaignId) ?? 0)))}
          </>
        ) : null
      }
    >
      {live ? (
        <Board live={live} />
      ) : waited ? (
        <Empty title={t.none} hint={t.noneHint}>
          <Button onClick={() => go('/campaigns')}>{t.toCampaigns}</Button>
        </Empty>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

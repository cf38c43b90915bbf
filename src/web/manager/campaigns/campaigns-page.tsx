import './campaigns.css';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import type { PageProps } from '../../app/pages.ts';
import { Link } from '../../app/router.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { CampaignDetail } from './campaign-detail.tsx';
import { CampaignSwitch } from './campaign-switch.tsx';
import { NewCampaign } from './new-campaign.tsx';
import { stateTones } from './state-tones.ts';

function CampaignList() {
  const t = useTexts(campaigns);
  const s = useTexts(wallboard).states;
  const w = useTexts(words);
  const format = useFormat();
  const may = useMay();
  const [making, make] = useState(false);
  const query = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
    refetchInterval: 10_000,
  });
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        may('campaign.manage') ? (
          <Button type="primary" onClick={() => make(true)} data-testid="new-campaign">
            {t.new}
          </Button>
        ) : null
      }
    >
      {making ? <NewCampaign close={() => make(false)} /> : null}
      <Panel title={t.title} quiet>
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.none} hint={t.noneHint} />
            ) : (
              <DataTable
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  {
                    title: t.columns.name,
                    head: true,
                    cell: ({ id, name }) => <Link to={`/campaigns/${id}`}>{name}</Link>,
                  },
                  {
                    title: t.columns.state,
                    cell: ({ state }) => <Badge tone={stateTones[state]}>{s[state]}</Badge>,
                  },
                  { title: t.columns.mode, cell: ({ mode }) => word(w.modes, mode) },
                  { title: t.columns.product, cell: ({ productName }) => productName },
                  { title: t.columns.client, cell: ({ clientName }) => clientName },
                  { title: t.columns.contacts, num: true, cell: ({ contacts }) => format.number(contacts.waiting) },
                  {
                    title: t.columns.started,
                    nowrap: true,
                    cell: ({ startedAt }) => (startedAt === null ? '' : format.dateTime(startedAt)),
                  },
                  {
                    title: t.start,
                    num: true,
                    quiet: true,
                    cell: ({ id, name, state }) =>
                      state === 'draft' ? '' : <CampaignSwitch id={id} name={name} state={state} />,
                  },
                ]}
              />
            )
          }
        </QueryView>
      </Panel>
    </Page>
  );
}

export default function CampaignsPage({ id }: PageProps) {
  return id === '' ? <CampaignList /> : <CampaignDetail id={id} />;
}

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
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { CampaignDetail } from './campaign-detail.tsx';
import { CampaignSwitch } from './campaign-switch.tsx';
import { NewCampaign } from './new-campaign.tsx';
import { TableScroll } from '../../shared/table-scroll.tsx';

export const stateTone = { draft: 'plain', running: 'ok', paused: 'warn', finished: 'plain' } as const;

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
      <NewCampaign open={making} close={() => make(false)} />
      <Panel title={t.title} quiet>
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.none} hint={t.noneHint} />
            ) : (
              <TableScroll>
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th scope="col">{t.columns.name}</th>
                      <th scope="col">{t.columns.state}</th>
                      <th scope="col">{t.columns.mode}</th>
                      <th scope="col">{t.columns.product}</th>
                      <th scope="col">{t.columns.client}</th>
                      <th scope="col" className="num">
                        {t.columns.contacts}
                      </th>
                      <th scope="col">{t.columns.started}</th>
                      <th scope="col">
                        <span className="visually-hidden">{t.start}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((item) => (
                      <tr key={item.id}>
                        <th scope="row">
                          <Link to={`/campaigns/${item.id}`}>{item.name}</Link>
                        </th>
                        <td>
                          <Badge tone={stateTone[item.state]}>{s[item.state]}</Badge>
                        </td>
                        <td>{word(w.modes, item.mode)}</td>
                        <td>{item.productName}</td>
                        <td>{item.clientName}</td>
                        <td className="num">{format.number(item.contacts.waiting)}</td>
                        <td className="nowrap">{item.startedAt === null ? '' : format.dateTime(item.startedAt)}</td>
                        <td className="num">
                          {item.state === 'draft' ? null : (
                            <CampaignSwitch id={item.id} name={item.name} state={item.state} />
                          )}
                        </td>
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

export default function CampaignsPage({ id }: PageProps) {
  return id === '' ? <CampaignList /> : <CampaignDetail id={id} />;
}

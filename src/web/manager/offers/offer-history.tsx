/** What an offer said when, and who changed it. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { Offer } from '../../../contract/offers.ts';
import { api } from '../../api/client.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { offers } from '../../i18n/offers/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { OfferText } from './offer-text.tsx';
import { useOfferWords } from './offer-words.ts';

export function OfferHistory(props: { campaign: Campaign; offer: Offer; close: () => void }) {
  const { campaign, offer, close } = props;
  const t = useTexts(offers);
  const { locale } = useLocale();
  const format = useFormat();
  const inWords = useOfferWords(campaign.teams);
  const query = useQuery({
    queryKey: ['offer-versions', offer.id, offer.version],
    queryFn: ({ signal }) => api('GET /api/offers/:id/versions', { params: { id: offer.id }, signal }),
  });
  return (
    <Panel title={t.history.title(offer.terms.name[locale])} extra={<Button onClick={close}>{t.history.close}</Button>}>
      <div data-testid="offer-history">
        <QueryView query={query}>
          {({ items }) => (
            <DataTable
              rows={items}
              rowKey={({ version }) => String(version)}
              columns={[
                { title: t.history.version, head: true, cell: ({ version }) => format.number(version) },
                { title: t.history.at, nowrap: true, cell: ({ changedAt }) => format.dateTime(changedAt) },
                { title: t.history.by, cell: ({ changedBy }) => changedBy ?? '' },
                { title: t.history.state, cell: ({ state }) => t.states[state] },
                { title: t.history.text, cell: ({ terms }) => <OfferText terms={terms} /> },
                { title: t.history.holds, cell: ({ terms }) => inWords.holds(terms) },
                { title: t.columns.who, cell: ({ terms }) => inWords.who(terms).join(' · ') },
                { title: t.columns.limit, cell: ({ terms }) => inWords.limit(terms) },
                { title: t.columns.exceptions, cell: ({ terms }) => inWords.exceptions(terms) },
              ]}
            />
          )}
        </QueryView>
      </div>
    </Panel>
  );
}

/** A campaign's offers: what agents may give, and where they have to ask. Who may change them does so here. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { ListedOffer } from '../../../contract/offers.ts';
import { api } from '../../api/client.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { offers } from '../../i18n/offers/index.ts';
import { useConfirm } from '../../shared/confirm.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, type Tone } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { type OpenOne, WrittenList } from '../campaigns/written-list.tsx';
import { OfferForm } from './offer-form.tsx';
import { OfferHistory } from './offer-history.tsx';
import { OfferText } from './offer-text.tsx';
import { type Standing, standingOf, useOfferWords } from './offer-words.ts';

const tones: Record<Standing, Tone> = { coming: 'info', offered: 'ok', over: 'plain', withdrawn: 'warn' };

function OfferSwitch({ offer }: { offer: ListedOffer }) {
  const t = useTexts(offers);
  const { locale } = useLocale();
  const confirm = useConfirm();
  const { done, refused } = useOutcome();
  const params = { id: offer.id };
  const withdraw = useMutation({
    mutationFn: () => api('POST /api/offers/:id/withdraw', { params }),
    onSuccess: () => done(t.withdrawn, 'offers', 'offer-versions'),
    onError: refused,
  });
  const renew = useMutation({
    mutationFn: () => api('POST /api/offers/:id/renew', { params }),
    onSuccess: () => done(t.renewed, 'offers', 'offer-versions'),
    onError: refused,
  });
  if (offer.state === 'withdrawn')
    return (
      <Button size="small" loading={renew.isPending} onClick={() => renew.mutate()}>
        {t.renew}
      </Button>
    );
  const ask = { title: t.withdrawTitle(offer.terms.name[locale]), consequence: t.withdrawHint, action: t.withdraw };
  return (
    <Button
      size="small"
      data-testid="withdraw-offer"
      onClick={() => confirm({ ...ask, act: () => withdraw.mutateAsync() })}
    >
      {t.withdraw}
    </Button>
  );
}

type TableProps = {
  campaign: Campaign;
  items: ListedOffer[];
  today: string;
  writes: boolean;
  open: OpenOne;
};

function OfferTable({ campaign, items, today, writes, open }: TableProps) {
  const t = useTexts(offers);
  const format = useFormat();
  const inWords = useOfferWords(campaign.teams);
  return (
    <DataTable
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        { title: t.columns.offer, head: true, cell: ({ terms }) => <OfferText terms={terms} /> },
        {
          title: t.columns.state,
          cell: (offer) => {
            const standing = standingOf(offer, today);
            return <Badge tone={tones[standing]}>{t.states[standing]}</Badge>;
          },
        },
        { title: t.columns.holds, cell: ({ terms }) => inWords.holds(terms) },
        { title: t.columns.who, cell: ({ terms }) => inWords.who(terms).join(' · ') },
        { title: t.columns.limit, cell: ({ terms }) => inWords.limit(terms) },
        { title: t.columns.exceptions, cell: ({ terms }) => inWords.exceptions(terms) },
        { title: t.columns.sales, num: true, cell: ({ sales }) => format.number(sales) },
        {
          title: t.columns.actions,
          quiet: true,
          cell: (offer) => (
            <div className="row">
              <Button
                size="small"
                data-testid="show-offer-history"
                onClick={() => open({ what: 'show', id: offer.id })}
              >
                {t.history.show}
              </Button>
              {writes ? (
                <>
                  <Button size="small" data-testid="edit-offer" onClick={() => open({ what: 'edit', id: offer.id })}>
                    {t.edit}
                  </Button>
                  <OfferSwitch offer={offer} />
                </>
              ) : null}
            </div>
          ),
        },
      ]}
    />
  );
}

export default function OffersTab({ campaign }: { campaign: Campaign }) {
  const t = useTexts(offers);
  const { id } = campaign;
  const query = useQuery({
    queryKey: ['offers', id],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id/offers', { params: { id }, signal }),
  });
  return (
    <QueryView query={query}>
      {({ items, today }) => (
        <WrittenList
          campaign={campaign}
          items={items}
          texts={t}
          newTestId="new-offer"
          table={(open, writes) => <OfferTable {...{ campaign, items, today, writes, open }} />}
          form={(offer, close) => <OfferForm key={offer?.id} {...{ campaign, offer, today, close }} />}
          detail={(offer, close) => <OfferHistory key={offer.id} {...{ campaign, offer, close }} />}
        />
      )}
    </QueryView>
  );
}

/** An offer while it is written, each fault at its field. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { Offer } from '../../../contract/offers.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { offers } from '../../i18n/offers/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Panel } from '../../shared/page.tsx';
import { differs, useAskBeforeClosing } from '../../shared/unsaved.ts';
import { type Draft, draftOf, emptyDraft, faultsOf, termsOf } from './draft.ts';
import { ExceptionFields, LimitFields, WhoFields, WordFields } from './offer-fields.tsx';

export function OfferForm(props: { campaign: Campaign; offer: Offer | null; today: string; close: () => void }) {
  const { campaign, offer, today, close } = props;
  const t = useTexts(offers);
  const c = useTexts(common);
  const { locale } = useLocale();
  const format = useFormat();
  const { done, refused } = useOutcome();
  const [kept] = useState(() => (offer === null ? emptyDraft(today) : draftOf(offer.terms)));
  const [draft, setDraft] = useState(kept);
  const leave = useAskBeforeClosing(differs(kept, draft), close);
  const save = useMutation({
    mutationFn: () => {
      const terms = termsOf(draft);
      return offer === null
        ? api('POST /api/campaigns/:id/offers', { params: { id: campaign.id }, body: { terms } })
        : api('PUT /api/offers/:id', { params: { id: offer.id }, body: { version: offer.version, terms } });
    },
    onSuccess: ({ version }) => {
      close();
      return done(t.saved(format.number(version)), 'offers', 'offer-versions');
    },
    onError: refused,
  });
  const change = (part: Partial<Draft>) => {
    setDraft((known) => ({ ...known, ...part }));
    save.reset();
  };
  const parts = { campaign, draft, change, faults: faultsOf(save.error) };
  return (
    <Panel title={offer === null ? t.form.newTitle : t.form.editTitle(offer.terms.name[locale])}>
      <form
        className="column wide-gap"
        data-testid="offer-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <WordFields {...parts} />
        <WhoFields {...parts} />
        <LimitFields {...parts} />
        <ExceptionFields {...parts} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-offer">
            {c.save}
          </Button>
          <Button onClick={leave}>{c.cancel}</Button>
        </div>
      </form>
    </Panel>
  );
}

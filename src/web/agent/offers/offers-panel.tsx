/** Offers beside the script: what this agent may give this customer, in the customer's language; one is chosen with the sale. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { DeskOffer, SoldOffer } from '../../../contract/offers.ts';
import { api } from '../../api/client.ts';
import type { Locale } from '../../i18n/locale.tsx';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { offers as texts } from '../../i18n/offers/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { exceptionTones } from '../../shared/offers/exception-tones.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';
import { Said } from '../../shared/said.tsx';
import type { ChangeDraft, Draft } from '../call/draft.ts';
import type { Offers } from './use-offers.ts';

type Props = { offers: Offers; attemptId: string; draft: Draft; change: ChangeDraft; language: Locale };

function Words({ offer, language }: { offer: Pick<SoldOffer, 'name' | 'text'>; language: Locale }) {
  return (
    <>
      <h3>
        <Said words={offer.name} language={language} />
      </h3>
      <p className="prewrap">
        <Said words={offer.text} language={language} />
      </p>
    </>
  );
}

/** What was asked for this customer and what became of it. */
function Asked({ asked }: { asked: NonNullable<DeskOffer['asked']> }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { state, reason, dueAt, approver, holdsUntil } = asked;
  return (
    <p className="small" role="status" data-testid="asked-offer">
      <Badge tone={exceptionTones[state]}>{t.exceptions.states[state]}</Badge>{' '}
      {state === 'asked' ? t.desk.answerBy(t.approvers[approver], format.moment(dueAt)) : reason}
      {state === 'approved' && holdsUntil !== null ? ` · ${t.desk.until(format.moment(holdsUntil))}` : ''}
    </p>
  );
}

function Ask({ offer, attemptId }: { offer: DeskOffer; attemptId: string }) {
  const t = useTexts(texts);
  const { locale } = useLocale();
  const { done, refused } = useOutcome();
  const [open, setOpen] = useState(false);
  const { id: offerId, version } = offer;
  const ask = useMutation({
    mutationFn: (wish: string) =>
      api('POST /api/agent/offer-exceptions', { body: { attemptId, offerId, version, wish } }),
    onSuccess: () => {
      setOpen(false);
      return done(t.desk.asked, 'desk-offers', 'own-exceptions');
    },
    onError: refused,
  });
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} data-testid="ask-offer">
        {t.desk.ask}
      </Button>
      <ReasonDialog
        open={open}
        title={t.desk.askTitle(offer.name[locale])}
        hint={t.desk.askHint}
        label={t.desk.wish}
        action={t.desk.ask}
        busy={ask.isPending}
        close={() => setOpen(false)}
        send={(wish) => ask.mutate(wish)}
      />
    </>
  );
}

function One({ offer, attemptId, draft, change, language }: Omit<Props, 'offers'> & { offer: DeskOffer }) {
  const t = useTexts(texts).desk;
  const format = useFormat();
  const { id, version, refusal, until, asked } = offer;
  const chosen = draft.offer?.id === id;
  return (
    <li data-testid="desk-offer" data-refusal={refusal ?? ''}>
      <Words offer={offer} language={language} />
      <div className="row">
        {refusal === null ? (
          <Button
            size="small"
            type={chosen ? 'primary' : 'default'}
            aria-pressed={chosen}
            onClick={() => change({ offer: chosen ? null : { id, version } })}
          >
            {chosen ? t.chosen : t.choose}
          </Button>
        ) : (
          <Badge tone="warn">{t.refusals[refusal]}</Badge>
        )}
        {offer.askable ? <Ask offer={offer} attemptId={attemptId} /> : null}
        {until === null ? null : <span className="muted small">{t.until(format.days(until, until))}</span>}
      </div>
      {asked === null ? null : <Asked asked={asked} />}
    </li>
  );
}

export default function OffersPanel({ offers, ...rest }: Props) {
  const t = useTexts(texts).desk;
  const { items, sold } = offers;
  return (
    <Panel title={sold === null ? t.title : t.sold} className="offers">
      {sold === null ? (
        <ul className="line-list">
          {items.map((offer) => (
            <One key={offer.id} offer={offer} {...rest} />
          ))}
        </ul>
      ) : (
        <div data-testid="sold-offer">
          <Words offer={sold} language={rest.language} />
        </div>
      )}
    </Panel>
  );
}

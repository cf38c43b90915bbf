/** Offers beside the script: what this agent may give this customer, in the customer's language; one is chosen with the sale. */
import { Button } from 'antd';
import type { DeskOffer, SoldOffer } from '../../../contract/offers.ts';
import type { Locale } from '../../i18n/locale.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { offers as texts } from '../../i18n/offers/index.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { Said } from '../../shared/said.tsx';
import type { ChangeDraft, Draft } from '../call/draft.ts';
import type { Offers } from './use-offers.ts';

type Props = { offers: Offers; draft: Draft; change: ChangeDraft; language: Locale };

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

function One({ offer, ...rest }: Omit<Props, 'offers'> & { offer: DeskOffer }) {
  const { draft, change, language } = rest;
  const t = useTexts(texts).desk;
  const format = useFormat();
  const { id, version, refusal, until } = offer;
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
        {until === null ? null : <span className="muted small">{t.until(format.days(until, until))}</span>}
      </div>
    </li>
  );
}

export default function OffersPanel({ offers, draft, change, language }: Props) {
  const t = useTexts(texts).desk;
  const { items, sold } = offers;
  if (items.length === 0 && sold === null) return null;
  return (
    <Panel title={sold === null ? t.title : t.sold} className="offers">
      {sold === null ? (
        <ul className="line-list">
          {items.map((offer) => (
            <One key={offer.id} {...{ offer, draft, change, language }} />
          ))}
        </ul>
      ) : (
        <div data-testid="sold-offer">
          <Words offer={sold} language={language} />
        </div>
      )}
    </Panel>
  );
}

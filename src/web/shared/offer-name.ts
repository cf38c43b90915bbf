import type { SoldOffer } from '../../contract/offers.ts';
import { useLocale, useTexts } from '../i18n/locale.tsx';
import { offers } from '../i18n/offers/index.ts';
import { saidIn } from './said.tsx';

/** What a sale was made with, and whether somebody had to approve it; empty: nothing beside the tariff. */
export function useOfferName(offer: SoldOffer | null): string {
  const t = useTexts(offers).desk;
  const { locale } = useLocale();
  if (offer === null) return '';
  const { text } = saidIn(offer.name, locale);
  return offer.approved ? t.approved(text) : text;
}

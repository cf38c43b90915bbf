import type { OfferTerms } from '../../../contract/offers.ts';
import { useLocale } from '../../i18n/locale.tsx';
import { Said } from '../../shared/said.tsx';

/** An offer's name and its words, in the language of the page. */
export function OfferText({ terms }: { terms: Pick<OfferTerms, 'name' | 'text'> }) {
  const { locale } = useLocale();
  return (
    <>
      <Said words={terms.name} language={locale} />
      <div className="muted small prewrap">
        <Said words={terms.text} language={locale} />
      </div>
    </>
  );
}

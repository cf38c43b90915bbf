import { useQuery } from '@tanstack/react-query';
import type { CauseRow } from '../../../contract/causes.ts';
import { api } from '../../api/client.ts';
import { causes } from '../../i18n/causes/index.ts';
import { useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';

export type CauseOf = Pick<CauseRow, 'source' | 'cause' | 'reason'>;

export const keyOf = ({ source, cause, reason }: CauseOf) => `${source} ${cause} ${reason}`;

/** A cause in words: what complaints are due to, or the criterion and, as the forms have it, the reason that failed it. */
export function useCauseName() {
  const t = useTexts(causes);
  const w = useTexts(words);
  const format = useFormat();
  const { locale } = useLocale();
  const forms = useQuery({ queryKey: ['forms'], queryFn: ({ signal }) => api('GET /api/forms', { signal }) });
  const reasons = new Map(
    (forms.data?.items ?? []).flatMap(({ criteria }) =>
      criteria.flatMap((criterion) => criterion.reasons.map(({ code, text }) => [code, text[locale]] as const)),
    ),
  );
  return ({ source, cause, reason }: CauseOf) => {
    if (source === 'complaint') return format.named(t.source.complaint, word(t.causes, cause));
    const why = reasons.get(reason) ?? reason;
    return why === '' ? word(w.criteria, cause) : format.named(word(w.criteria, cause), why);
  };
}

/** The centre's own reasons of refusal and of breaks, with their words. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { useLocale, useTexts, word } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';

export type ReasonList = 'refusal-reasons' | 'break-reasons';

export const reasonsQuery = (list: ReasonList) =>
  queryOptions({
    queryKey: [list],
    queryFn: ({ signal }) => api(`GET /api/${list}`, { signal }),
    staleTime: 60_000,
  });

/** The name of a break's reason: the centre's own, or one that the dialler gave. */
export function useBreakWord(): (code: string | null | undefined) => string {
  const { locale } = useLocale();
  const given = useTexts(words).breakReasons;
  const own = useQuery(reasonsQuery('break-reasons')).data?.items;
  return (code) => own?.find((reason) => reason.code === code)?.label[locale] ?? word(given, code);
}

/** The centre's own name of a reason of refusal. */
export function useRefusalWord(): (code: string) => string {
  const { locale } = useLocale();
  const own = useQuery(reasonsQuery('refusal-reasons')).data?.items;
  return (code) => own?.find((reason) => reason.code === code)?.label[locale] ?? code;
}

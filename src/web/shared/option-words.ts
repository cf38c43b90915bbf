import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import { useLocale } from '../i18n/locale.tsx';

/** The names that products give their options, for the codes that are kept with a sale; a code whose product is not seen stays as it is. */
export function useOptionWords(codes: readonly string[]): string[] {
  const { locale } = useLocale();
  const may = useMay();
  const products = useQuery({
    queryKey: ['products'],
    queryFn: ({ signal }) => api('GET /api/products', { signal }),
    enabled: may('campaign.read') && codes.length > 0,
  });
  const known = (products.data?.items ?? []).flatMap(({ options }) => options);
  return codes.map((code) => known.find((option) => option.code === code)?.label[locale] ?? code);
}

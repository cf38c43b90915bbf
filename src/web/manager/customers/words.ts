import type { CustomerStatus } from '../../../contract/customers.ts';
import { useFormat } from '../../i18n/locale.tsx';

export const customerStatuses = [
  'in-service',
  'lost',
  'suspended',
  'arrears',
  'pre-cancelled',
  'cancelled',
] as const satisfies readonly CustomerStatus[];

/** A month (YYYY-MM) in words. */
export function useMonth(): (month: string) => string {
  const format = useFormat();
  return (month) => format.month(`${month}-01`);
}

import type { Scorecard } from '../../../contract/scorecards.ts';
import { useFormat } from '../../i18n/locale.tsx';

/** A card's period as people say it, and the same where room is short. */
export function usePeriodWords() {
  const format = useFormat();
  return {
    whole: ({ period, from, to }: Scorecard) => (period === 'month' ? format.month(from) : format.days(from, to)),
    short: ({ period, from }: Scorecard) => (period === 'month' ? format.month(from) : format.shortDay(from)),
  };
}

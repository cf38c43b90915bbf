import type { PlanSettings } from '../../../contract/plans.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { plans } from '../../i18n/plans/index.ts';

/** A plan in one line: how often, and whom of its people. */
export function usePlanWords(): (settings: PlanSettings) => string {
  const t = useTexts(plans);
  const format = useFormat();
  return ({ cycle, share }) => {
    const often =
      cycle.kind === 'every'
        ? t.cycle.every[cycle.unit](format.number(cycle.count))
        : t.cycle.after[cycle.event](format.number(cycle.withinDays));
    const whom = () => {
      if (share.kind === 'all') return t.share.all;
      if (share.kind === 'rotation' && share.share === 1) return t.share.inTurn;
      return t.share[share.kind](format.percent(share.share, 0));
    };
    return format.list([often, whom()]);
  };
}

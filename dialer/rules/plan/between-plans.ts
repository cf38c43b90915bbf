/**
 * Several plans may be about the same people. Nobody is called for two of them on one day: whose last day comes sooner lays the call out,
 * the other leaves them out and says why. What another plan has laid out already bars by itself (`in-another-plan`).
 */
import type { DayWork, PlanPerson } from './day-work.ts';

/** @param others what other plans would lay out on this day, as things stand before any of them does */
export function dayWorkBeside(
  work: (people: readonly PlanPerson[]) => DayWork,
  people: readonly PlanPerson[],
  others: readonly DayWork[],
): DayWork {
  const soonest = new Map<string, string>();
  for (const { key, lastDay } of others.flatMap(({ due }) => due)) {
    const known = soonest.get(key);
    if (known === undefined || lastDay < known) soonest.set(key, lastDay);
  }
  const left = new Set<string>();
  for (;;) {
    const mine = work(
      left.size === 0 ? people : people.map((one) => (left.has(one.key) ? { ...one, barred: 'in-another-plan' } : one)),
    );
    const sooner = mine.due.filter(({ key, lastDay }) => (soonest.get(key) ?? lastDay) < lastDay);
    // Each round leaves somebody more out, so it ends; whoever takes their place may be another plan's, too.
    if (sooner.length === 0) return mine;
    for (const { key } of sooner) left.add(key);
  }
}

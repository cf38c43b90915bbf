/** What a plan would lay out on the days to come, as people stand today: each day sees what the ones before it took. */
import { type DayWork, dayWork, type PlanPerson, type Turns } from './day-work.ts';
import { dayAfter } from './period.ts';
import type { PlanPlace, PlanSettings } from './settings.ts';

export function forecast(
  plan: PlanSettings & PlanPlace,
  seed: string,
  today: string,
  days: number,
  people: readonly PlanPerson[],
  turns: Turns,
): DayWork[] {
  const taken = new Map(turns);
  return Array.from({ length: days }, (_, offset) => {
    const work = dayWork(plan, seed, dayAfter(today, offset), people, taken);
    for (const { key, place } of work.due) taken.set(key, { on: work.day, place });
    return work;
  });
}

/** The days of a plan: its periods, which begin on its first day, and on which of their days it calls. Dates are ISO strings. */
import { DateTime } from 'luxon';
import { isWorkingDay } from '../calendar.ts';
import type { CampaignSettings } from '../campaign-settings.ts';
import type { PlanCycle, PlanPlace, PlanSettings } from './settings.ts';

/** `until` is the first day after it. */
export type Period = { from: string; until: string };

const utc = (date: string): DateTime => DateTime.fromISO(date, { zone: 'utc' });
const iso = (day: DateTime): string => day.toFormat('yyyy-MM-dd');

/** Days since 1970 and back: a year of a plan is reckoned for each look at it. */
const dayMs = 86_400_000;
const numberOf = (date: string): number => Date.parse(date) / dayMs;
const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
/** ISO: 1 is Monday; 1970 began on a Thursday. */
const weekdayOf = (day: number): number => ((day + 3) % 7) + 1;

export const dayAfter = (date: string, days: number): string => dateOf(numberOf(date) + days);

/** The period in which a day lies; null before the first. A month that begins on the 31st begins on the last day of shorter ones. */
export function periodOf(cycle: Extract<PlanCycle, { kind: 'every' }>, startsOn: string, day: string): Period | null {
  if (day < startsOn) return null;
  const { count, unit } = cycle;
  // Reckoned from the first day each time: a month shortened in February is not short for ever.
  const begin = (index: number): string => iso(utc(startsOn).plus({ [unit]: index * count }));
  let index = Math.max(0, Math.floor(utc(day).diff(utc(startsOn), unit).get(unit) / count) - 1);
  while (begin(index + 1) <= day) index += 1;
  return { from: begin(index), until: begin(index + 1) };
}

/** The campaign's calling hours as far as the plan's window goes. */
export function narrowed(calling: CampaignSettings['calling'], window: PlanSettings['window']): typeof calling {
  const windows = calling.windows.flatMap(({ days, from, to }) => {
    const part = {
      days: days.filter((day) => window.days.includes(day)),
      // HH:MM compares as text; 24:00 is the last.
      from: from > window.from ? from : window.from,
      to: to < window.to ? to : window.to,
    };
    return part.days.length > 0 && part.from < part.to ? [part] : [];
  });
  return { ...calling, windows };
}

/** Whether the plan calls on this day at all. */
export const isPlanDay = (day: string, window: PlanSettings['window'], place: PlanPlace): boolean =>
  planDays(day, dayAfter(day, 1), window, place) === 1;

/** How many days of the span, `until` not among them, the plan calls on. */
export function planDays(from: string, until: string, window: PlanSettings['window'], place: PlanPlace): number {
  const { windows, workingDaysOnly } = narrowed(place.calling, window);
  const weekdays = new Set(windows.flatMap(({ days }) => days));
  let count = 0;
  for (let day = numberOf(from); day < numberOf(until); day += 1) {
    if (!weekdays.has(weekdayOf(day))) continue;
    if (!workingDaysOnly || isWorkingDay(place.calendar, dateOf(day))) count += 1;
  }
  return count;
}

/** When a contact may be called: the campaign's hours in the contact's own time zone, on working days if it says so. */
import { DateTime } from 'luxon';
import type { WorkingCalendar } from './calendar.ts';
import { isWorkingDay } from './calendar.ts';
import type { CampaignSettings } from './campaign-settings.ts';

type Calling = CampaignSettings['calling'];

/** Holidays in a row, plus a week without a window, are well covered; beyond it the campaign has no hours. */
const lookAheadDays = 40;

/**
 * First instant ≥ `at` at which the contact may be called: `at` itself inside a window, null when the settings leave
 * no window at all. A window that a clock change swallows is skipped; one that it doubles is open both times.
 */
export function nextCallingTime(
  calling: Calling,
  calendar: WorkingCalendar,
  timeZone: string,
  at: number,
): number | null {
  const start = DateTime.fromMillis(at, { zone: timeZone }).startOf('day');
  for (let offset = 0; offset <= lookAheadDays; offset += 1) {
    const day = start.plus({ days: offset });
    if (calling.workingDaysOnly && !isWorkingDay(calendar, day.toFormat('yyyy-MM-dd'))) continue;
    const opening = firstOpening(calling, day, at);
    if (opening !== null) return opening;
  }
  return null;
}

/** True when a call may be placed at this instant. */
export function mayCallAt(calling: Calling, calendar: WorkingCalendar, timeZone: string, at: number): boolean {
  return nextCallingTime(calling, calendar, timeZone, at) === at;
}

function firstOpening(calling: Calling, day: DateTime, at: number): number | null {
  let best: number | null = null;
  for (const window of calling.windows) {
    if (!window.days.includes(day.weekday)) continue;
    const from = timeOn(day, window.from);
    const to = timeOn(day, window.to);
    if (to <= at || to <= from) continue;
    const opening = Math.max(from, at);
    if (best === null || opening < best) best = opening;
  }
  return best;
}

/** From the first opening to the last closing of the local day of `at`; null where nobody is called that day. */
export function callingSpan(
  calling: Calling,
  calendar: WorkingCalendar,
  timeZone: string,
  at: number,
): { from: number; until: number } | null {
  const day = DateTime.fromMillis(at, { zone: timeZone }).startOf('day');
  if (calling.workingDaysOnly && !isWorkingDay(calendar, day.toFormat('yyyy-MM-dd'))) return null;
  const windows = calling.windows.filter(({ days }) => days.includes(day.weekday));
  const from = Math.min(...windows.map((window) => timeOn(day, window.from)));
  const until = Math.max(...windows.map((window) => timeOn(day, window.to)));
  return from < until ? { from, until } : null;
}

/** The instant of a wall-clock time on a local day; 24:00 is the next midnight. */
export function timeOn(day: DateTime, clock: string): number {
  if (clock === '24:00') return day.plus({ days: 1 }).toMillis();
  const [hour, minute] = clock.split(':').map(Number);
  return day.set({ hour: hour ?? 0, minute: minute ?? 0 }).toMillis();
}

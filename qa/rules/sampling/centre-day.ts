import { DateTime } from 'luxon';
import type { EpochMs } from '../working-days.ts';

/** A date of the centre's own calendar, YYYY-MM-DD. */
export type CentreDate = string;

export interface DayBounds {
  readonly from: EpochMs;
  /** The first moment that no longer belongs to it. */
  readonly until: EpochMs;
}

/** The centre's date at a moment. A conversation belongs to the day on which it was answered, in the centre's time zone. */
export function centreDateOf(at: EpochMs, timeZone: string): CentreDate {
  return DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

/** When a date of the centre begins and ends: 23 or 25 hours apart where clocks change for summer time. */
export function boundsOfDay(date: CentreDate, timeZone: string): DayBounds {
  const start = DateTime.fromISO(date, { zone: timeZone }).startOf('day');
  return { from: start.toMillis(), until: start.plus({ days: 1 }).startOf('day').toMillis() };
}

/** The Monday that begins the week of a date. Weeks run Monday to Sunday (ISO 8601). */
export function weekOf(date: CentreDate): CentreDate {
  return DateTime.fromISO(date, { zone: 'utc' }).startOf('week').toFormat('yyyy-MM-dd');
}

/** When the week that begins on Monday `week` begins and ends. */
export function boundsOfWeek(week: CentreDate, timeZone: string): DayBounds {
  const start = DateTime.fromISO(week, { zone: timeZone }).startOf('day');
  return { from: start.toMillis(), until: start.plus({ weeks: 1 }).startOf('day').toMillis() };
}

/**
 * Days, weeks and working days of a centre: its zone, its ordinary work week, and the exceptions that public holidays
 * and make-up working days (调休) bring. Dates are ISO strings (yyyy-MM-dd) in the zone; instants are epoch ms.
 */
import { DateTime } from 'luxon';

export type WorkingCalendar = {
  timeZone: string;
  /** ISO weekday numbers ordinarily worked. */
  workWeek: readonly number[];
  /** Date → works or not, where the date differs from the ordinary week. */
  exceptions: ReadonlyMap<string, boolean>;
};

export type Span = { start: number; end: number };

const iso = (moment: DateTime): string => moment.toFormat('yyyy-MM-dd');

/** True for a name that the zone database knows. */
export function isTimeZone(name: string): boolean {
  return name !== '' && DateTime.fromMillis(0, { zone: name }).isValid;
}

/** The local date of an instant. */
export function dateOf(at: number, timeZone: string): string {
  return iso(DateTime.fromMillis(at, { zone: timeZone }));
}

/** Local midnight to local midnight; 23 or 25 hours where clocks change. */
export function dayOf(at: number, timeZone: string): Span & { date: string } {
  const start = DateTime.fromMillis(at, { zone: timeZone }).startOf('day');
  return { date: iso(start), start: start.toMillis(), end: start.plus({ days: 1 }).toMillis() };
}

/** The day that bears this local date. */
export function daySpan(date: string, timeZone: string): Span & { date: string } {
  return dayOf(DateTime.fromISO(`${date}T12:00`, { zone: timeZone }).toMillis(), timeZone);
}

/** Monday midnight to Monday midnight, local (ISO 8601 weeks). */
export function weekOf(at: number, timeZone: string): Span & { week: string } {
  const start = DateTime.fromMillis(at, { zone: timeZone }).startOf('week');
  return { week: start.toFormat("kkkk-'W'WW"), start: start.toMillis(), end: start.plus({ weeks: 1 }).toMillis() };
}

/** The local calendar month. */
export function monthOf(at: number, timeZone: string): Span {
  const start = DateTime.fromMillis(at, { zone: timeZone }).startOf('month');
  return { start: start.toMillis(), end: start.plus({ months: 1 }).toMillis() };
}

/** An exception decides; else the ordinary week does. */
export function isWorkingDay(calendar: WorkingCalendar, date: string): boolean {
  const exception = calendar.exceptions.get(date);
  if (exception !== undefined) return exception;
  return calendar.workWeek.includes(DateTime.fromISO(date, { zone: 'utc' }).weekday);
}

/** A calendar without any working day would make every search endless: after so many days it is given up. */
const searchDays = 800;

/**
 * End (local midnight) of the n-th working day after the local day of `at`; n = 0 is the end of that day itself.
 * Null when the calendar has too few working days within two years.
 */
export function endOfWorkingDay(calendar: WorkingCalendar, at: number, n: number): number | null {
  let day = DateTime.fromMillis(at, { zone: calendar.timeZone }).startOf('day');
  let left = n;
  for (let step = 0; left > 0; step += 1) {
    if (step > searchDays) return null;
    day = day.plus({ days: 1 });
    if (isWorkingDay(calendar, iso(day))) left -= 1;
  }
  return day.plus({ days: 1 }).toMillis();
}

/** Last working day among the `days` local dates that begin with the date of `from`; null when there is none. */
export function lastWorkingDayWithin(calendar: WorkingCalendar, from: number, days: number): string | null {
  const first = DateTime.fromMillis(from, { zone: calendar.timeZone }).startOf('day');
  for (let offset = days - 1; offset >= 0; offset -= 1) {
    const date = iso(first.plus({ days: offset }));
    if (isWorkingDay(calendar, date)) return date;
  }
  return null;
}

/** Start (local midnight) of the n-th working day before the local day of `at`; n = 0 is the start of that day itself. */
export function startOfWorkingDayBefore(calendar: WorkingCalendar, at: number, n: number): number | null {
  let day = DateTime.fromMillis(at, { zone: calendar.timeZone }).startOf('day');
  let left = n;
  for (let step = 0; left > 0; step += 1) {
    if (step > searchDays) return null;
    day = day.minus({ days: 1 });
    if (isWorkingDay(calendar, iso(day))) left -= 1;
  }
  return day.toMillis();
}

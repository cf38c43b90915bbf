import { DateTime } from 'luxon';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/**
 * The working calendar of a centre, handed in by whoever knows its holidays and make-up working days.
 * Both functions are pure: the same arguments always give the same moment.
 */
export interface WorkingCalendar {
  /** The close of the working day that lies `days` working days after the day of `from` (0 = the close of that day itself). */
  addWorkingDays(from: EpochMs, days: number): EpochMs;
  /** The opening (local midnight) of the working day that lies `days` working days before the day of `before`. */
  subtractWorkingDays(before: EpochMs, days: number): EpochMs;
}

/** The same time of day, so many days later in a time zone: not always 24 hours each, where clocks change for summer time. */
export function plusDays(at: EpochMs, days: number, timeZone: string): EpochMs {
  return DateTime.fromMillis(at, { zone: timeZone }).plus({ days }).toMillis();
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/**
 * The working calendar of a centre, handed in by whoever knows its holidays and make-up working days.
 * Both functions are pure: the same arguments always give the same moment.
 */
export interface WorkingCalendar {
  /** The close of the working day that lies `days` working days after the day of `from` (0 = the same day if it is one, else the next). */
  addWorkingDays(from: EpochMs, days: number): EpochMs;
  /** The close of the last working day that ends at least `days` working days before `before`. */
  subtractWorkingDays(before: EpochMs, days: number): EpochMs;
}

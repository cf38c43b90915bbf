import { DateTime } from 'luxon';
import type { EpochMs, WorkingCalendar } from './working-days.ts';

/** Times of day, HH:mm, by the centre's clock. */
export interface OfficeHours {
  readonly from: string;
  readonly to: string;
}

const HOUR = 3_600_000;
/** Holidays end sooner. A calendar without a working day would make the search endless: then hours are plain ones. */
const SEARCH_DAYS = 60;

/** The moment at which so many office hours of working days have passed since `from`. */
export function plusWorkingHours(
  calendar: WorkingCalendar,
  timeZone: string,
  office: OfficeHours,
  from: EpochMs,
  hours: number,
): EpochMs {
  let left = hours * HOUR;
  let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
  for (let idle = 0; idle <= SEARCH_DAYS; idle += 1, day = day.plus({ days: 1 })) {
    if (!works(calendar, day)) continue;
    const opens = Math.max(from, clockOn(day, office.from));
    const open = clockOn(day, office.to) - opens;
    if (open <= 0) continue;
    if (left <= open) return opens + left;
    left -= open;
    idle = 0;
  }
  return from + hours * HOUR;
}

/** The first working day after the day before is this very one. */
function works(calendar: WorkingCalendar, day: DateTime): boolean {
  const before = day.minus({ days: 1 }).plus({ hours: 12 });
  return calendar.addWorkingDays(before.toMillis(), 1) === day.plus({ days: 1 }).toMillis();
}

function clockOn(day: DateTime, time: string): EpochMs {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.set({ hour, minute }).toMillis();
}

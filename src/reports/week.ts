/** Weeks of a centre: Monday to Sunday (ISO 8601) in its own time zone, 23- and 25-hour days included. */
import { DateTime } from 'luxon';
import type { Week } from './report.ts';

/** Published on Monday at this hour of the centre. */
const publishHour = 6;

export function weekOfDay(day: string, timeZone: string): Week {
  return weekAt(DateTime.fromISO(`${day}T12:00`, { zone: timeZone }));
}

export function weekOfInstant(at: number, timeZone: string): Week {
  return weekAt(DateTime.fromMillis(at, { zone: timeZone }));
}

export function weekBefore(week: Week): Week {
  return weekAt(DateTime.fromMillis(week.start, { zone: week.timeZone }).minus({ days: 3 }));
}

/** The newest week whose summary is due at `now`. */
export function lastDueWeek(now: number, timeZone: string): Week {
  const local = DateTime.fromMillis(now, { zone: timeZone });
  const due = local.startOf('week').set({ hour: publishHour });
  return weekAt((local < due ? due.minus({ weeks: 1 }) : due).minus({ days: 1 }));
}

/** When the summary of a week falls due. */
export function dueAt(week: Week): number {
  return DateTime.fromMillis(week.end, { zone: week.timeZone }).set({ hour: publishHour }).toMillis();
}

/** One day of the centre, [start, end) in epoch ms. */
export function dayOf(day: string, timeZone: string): { start: number; end: number } {
  const start = DateTime.fromISO(day, { zone: timeZone }).startOf('day');
  return { start: start.toMillis(), end: start.plus({ days: 1 }).toMillis() };
}

function weekAt(moment: DateTime): Week {
  const start = moment.startOf('week');
  const end = start.plus({ weeks: 1 });
  return {
    from: start.toFormat('yyyy-MM-dd'),
    to: end.minus({ days: 1 }).toFormat('yyyy-MM-dd'),
    start: start.toMillis(),
    end: end.toMillis(),
    timeZone: moment.zoneName ?? 'UTC',
  };
}

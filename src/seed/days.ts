import { DateTime } from 'luxon';

/** A past day of the centre, with the instants of its shift and of the work on it. */
export type PastDay = { date: string; startAt: number; shiftAt: number; closedAt: number; judgedAt: number };

/** So many days of the present week at most: a past of two weeks would take too long to make. */
const daysOfThisWeek = 2;

/** The days of last week and the latest of this week until yesterday, in the centre's zone. */
export function pastDays(now: number, timeZone: string): PastDay[] {
  const today = DateTime.fromMillis(now, { zone: timeZone }).startOf('day');
  const days: PastDay[] = [];
  for (let day = today.startOf('week').minus({ weeks: 1 }); day < today; day = day.plus({ days: 1 })) {
    const next = day.plus({ days: 1 });
    if (day >= today.startOf('week') && day < today.minus({ days: daysOfThisWeek })) continue;
    days.push({
      date: day.toFormat('yyyy-MM-dd'),
      startAt: day.toMillis(),
      shiftAt: day.set({ hour: 10 }).toMillis(),
      closedAt: next.set({ minute: 5 }).toMillis(),
      judgedAt: next.set({ hour: 9 }).toMillis(),
    });
  }
  return days;
}

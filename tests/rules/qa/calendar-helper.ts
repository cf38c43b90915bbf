import type { WorkingCalendar } from '../../../qa/rules/working-days.ts';

export const DAY = 86_400_000;

/** Every day is a working day, from midnight to midnight UTC. */
export const everyDay: WorkingCalendar = {
  addWorkingDays: (from, days) => (Math.floor(from / DAY) + days + 1) * DAY,
  subtractWorkingDays: (before, days) => (Math.floor(before / DAY) - days) * DAY,
};

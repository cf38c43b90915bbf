import { describe, expect, it } from 'vitest';
import { dueAt, lastDueWeek, weekBefore, weekOfDay } from '../../../src/reports/week.ts';

const zone = 'America/New_York';

describe('the week of a summary where clocks change on its Sunday', () => {
  it.each([
    // Monday 06:00 is 10:00 UTC in summer time and 11:00 in winter time.
    ['2026-03-02', '2026-03-08', 7 * 24 - 1, '2026-03-09T10:00:00Z'],
    ['2026-10-26', '2026-11-01', 7 * 24 + 1, '2026-11-02T11:00:00Z'],
    ['2026-05-04', '2026-05-10', 7 * 24, '2026-05-11T10:00:00Z'],
  ])('%s to %s has %d hours and is due on Monday at six by the clock on the wall: %s', (from, to, hours, due) => {
    const week = weekOfDay(to, zone);
    expect(week).toMatchObject({ from, to });
    expect((week.end - week.start) / 3_600_000).toBe(hours);
    const dueTime = Date.parse(due);
    expect(dueAt(week)).toBe(dueTime);
    expect(lastDueWeek(dueTime, zone)).toEqual(week);
    expect(lastDueWeek(dueTime - 1, zone)).toEqual(weekBefore(week));
  });
});

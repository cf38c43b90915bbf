import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { WorkingCalendar } from '../../../dialer/rules/calendar.ts';
import {
  dayOf,
  endOfWorkingDay,
  isWorkingDay,
  lastWorkingDayWithin,
  startOfWorkingDayBefore,
  weekOf,
} from '../../../dialer/rules/calendar.ts';
import { mayCallAt, nextCallingTime } from '../../../dialer/rules/calling-window.ts';
import { campaignSettings } from '../../../dialer/rules/campaign-settings.ts';

const shanghai: WorkingCalendar = {
  timeZone: 'Asia/Shanghai',
  workWeek: [1, 2, 3, 4, 5],
  // National Day 2026: a holiday week, paid for with a working Saturday.
  exceptions: new Map([
    ['2026-10-01', false],
    ['2026-10-02', false],
    ['2026-10-05', false],
    ['2026-10-06', false],
    ['2026-10-07', false],
    ['2026-10-10', true],
  ]),
};
const at = (text: string, zone = 'Asia/Shanghai'): number => DateTime.fromISO(text, { zone }).toMillis();
const calling = campaignSettings.parse({}).calling;

describe('working days', () => {
  it.each([
    ['2026-09-30', true],
    ['2026-10-01', false],
    ['2026-10-10', true], // make-up Saturday
    ['2026-10-11', false],
  ])('%s works: %s', (date, works) => expect(isWorkingDay(shanghai, date)).toBe(works));

  it('deadlines skip the holiday week', () => {
    expect(endOfWorkingDay(shanghai, at('2026-09-30T10:00'), 1)).toBe(at('2026-10-09T00:00'));
    expect(endOfWorkingDay(shanghai, at('2026-10-08T10:00'), 2)).toBe(at('2026-10-11T00:00'));
  });

  it('counts back over the holiday week too', () => {
    expect(startOfWorkingDayBefore(shanghai, at('2026-10-08T10:00'), 1)).toBe(at('2026-09-30T00:00'));
    expect(startOfWorkingDayBefore(shanghai, at('2026-10-08T10:00'), 0)).toBe(at('2026-10-08T00:00'));
  });

  it('a calendar without working days gives up', () => {
    expect(endOfWorkingDay({ ...shanghai, workWeek: [], exceptions: new Map() }, 0, 1)).toBeNull();
    expect(lastWorkingDayWithin({ ...shanghai, workWeek: [], exceptions: new Map() }, 0, 30)).toBeNull();
  });

  it('finds the last working day of a window that ends in a holiday', () => {
    expect(lastWorkingDayWithin(shanghai, at('2026-09-28T09:00'), 8)).toBe('2026-09-30');
  });

  it('days and weeks are local, 23 or 25 hours long where clocks change', () => {
    const spring = dayOf(at('2026-03-29T12:00', 'Europe/London'), 'Europe/London');
    expect((spring.end - spring.start) / 3600_000).toBe(23);
    expect(weekOf(at('2026-11-23T08:00'), 'Asia/Shanghai')).toMatchObject({
      week: '2026-W48',
      start: at('2026-11-23T00:00'),
    });
  });
});

describe('calling hours', () => {
  it.each([
    ['2026-11-23T08:59', '2026-11-23T09:00'],
    ['2026-11-23T09:00', '2026-11-23T09:00'],
    ['2026-11-23T12:00', '2026-11-23T14:00'],
    ['2026-11-23T20:30', '2026-11-24T09:00'],
  ])('asked at %s, may call at %s', (asked, allowed) => {
    expect(nextCallingTime(calling, shanghai, 'Asia/Shanghai', at(asked))).toBe(at(allowed));
  });

  it('is judged in the contact’s zone, not the centre’s', () => {
    const noonInShanghai = at('2026-11-23T11:00');
    expect(mayCallAt(calling, shanghai, 'Asia/Shanghai', noonInShanghai)).toBe(true);
    expect(mayCallAt(calling, shanghai, 'Europe/London', noonInShanghai)).toBe(false);
  });

  it('keeps to working days where asked', () => {
    const strict = { ...calling, workingDaysOnly: true };
    expect(nextCallingTime(strict, shanghai, 'Asia/Shanghai', at('2026-10-01T10:00'))).toBe(at('2026-10-08T09:00'));
  });

  it('says null when the settings leave no hour', () => {
    expect(nextCallingTime({ ...calling, windows: [] }, shanghai, 'Asia/Shanghai', 0)).toBeNull();
  });

  it('always answers with an instant that is itself allowed, and never an earlier one than asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01'), max: at('2027-12-31') }),
        fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe'),
        (asked, zone) => {
          const next = nextCallingTime(calling, shanghai, zone, asked);
          expect(next).not.toBeNull();
          if (next === null) return;
          expect(next).toBeGreaterThanOrEqual(asked);
          expect(mayCallAt(calling, shanghai, zone, next)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

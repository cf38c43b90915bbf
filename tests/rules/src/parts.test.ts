import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskNumber } from '../../../dialer/index.ts';
import { maskedNumber } from '../../../qa/rules/mask.ts';
import { csvLine } from '../../../src/http/csv.ts';
import { partOf } from '../../../src/http/media.ts';
import { maskName } from '../../../src/http/people.ts';
import { withoutNumbers } from '../../../src/reports/campaign-week/voice.ts';
import { dueAt, lastDueWeek, weekBefore, weekOfDay } from '../../../src/reports/week.ts';
import { demoContact, worldSize } from '../../../src/seed/contacts.ts';
import { lengths, nearestLength } from '../../../src/seed/lengths.ts';

describe('ranges', () => {
  test.each([
    [undefined, 10, { from: 0, to: 9, whole: true }],
    ['bytes=0-', 10, { from: 0, to: 9, whole: false }],
    ['bytes=2-4', 10, { from: 2, to: 4, whole: false }],
    ['bytes=2-99', 10, { from: 2, to: 9, whole: false }],
    ['bytes=-3', 10, { from: 7, to: 9, whole: false }],
    ['bytes=-99', 10, { from: 0, to: 9, whole: false }],
    ['bytes=10-', 10, 'unsatisfiable'],
    ['bytes=-0', 10, 'unsatisfiable'],
    ['bytes=4-2', 10, { from: 0, to: 9, whole: true }],
    ['bytes=0-1,3-4', 10, { from: 0, to: 9, whole: true }],
    ['lines=1-2', 10, { from: 0, to: 9, whole: true }],
  ])('%s of %i', (range, size, part) => {
    expect(partOf(range, size)).toEqual(part);
  });
});

describe('lines of CSV', () => {
  test.each([
    [['a', 1, null], 'a,1,\r\n'],
    [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"\r\n'],
    [['=1+1', '+44', '-x', '@y'], "'=1+1,'+44,'-x,'@y\r\n"],
    [['＝1+1', '＋44', '－x', '＠y'], "'＝1+1,'＋44,'－x,'＠y\r\n"],
    [['\n=1+1', '\t=1'], '"\'\n=1+1",\'\t=1\r\n'],
  ])('%j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });
});

describe('masks', () => {
  test('leave no more than the last two digits and one character', () => {
    expect(maskNumber('+12125550123')).toBe('+12••••23');
    // Of a complaint's number the quality side says the same.
    for (const number of ['+12125550123', '10010', '110', '']) expect(maskedNumber(number)).toBe(maskNumber(number));
    expect(maskNumber('110')).toBe('••');
    expect(maskNumber('110')).toBe('••');
    expect([maskName('王小明'), maskName(''), maskName(' Wei')]).toEqual(['王••', '', 'W••']);
    expect(withoutNumbers('call 212-555-0123 or +86 138 1234 5678, at 9:30, for 1000')).toBe(
      'call ••• or •••, at 9:30, for 1000',
    );
  });
});

describe('weeks of a centre', () => {
  test('begin on its own Monday, and are 167 or 169 hours long when its clocks change', () => {
    expect(weekOfDay('2026-11-22', 'Asia/Shanghai')).toMatchObject({
      from: '2026-11-16',
      to: '2026-11-22',
      start: Date.UTC(2026, 10, 15, 16),
      end: Date.UTC(2026, 10, 22, 16),
    });
    const hours = (day: string) => {
      const { start, end } = weekOfDay(day, 'Europe/Berlin');
      return (end - start) / 3_600_000;
    };
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-01')]).toEqual([167, 169, 168]);
  });

  test('are due on Monday at six, not a minute earlier', () => {
    const zone = 'Asia/Shanghai';
    const six = Date.UTC(2026, 10, 22, 22);
    expect(lastDueWeek(six - 1, zone).from).toBe('2026-11-09');
    expect(lastDueWeek(six, zone).from).toBe('2026-11-16');
    expect(dueAt(weekOfDay('2026-11-16', zone))).toBe(six);
  });

  test('follow each other without gap or overlap', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/London', 'Pacific/Apia', 'UTC');
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 20_000 }), (zone, days) => {
        const week = weekOfDay(new Date(days * 86_400_000).toISOString().slice(0, 10), zone);
        return weekBefore(week).end === week.start;
      }),
    );
  });
});

describe('the pretended people', () => {
  test('have numbers that nobody has, each another one', () => {
    const numbers = Array.from({ length: worldSize }, (_, index) => demoContact(index).number);
    expect(new Set(numbers).size).toBe(worldSize);
    expect(numbers.filter((number) => !/^(\+1[2-9]\d{2}55501\d{2}|\+447700900\d{3})$/.test(number))).toEqual([]);
  });

  test('talk for as long as one of the sounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), (ms) => {
        const chosen = nearestLength(ms);
        const distance = Math.abs(chosen - ms);
        return (
          lengths.every((length) => Math.abs(length * 1000 - ms) >= distance) &&
          lengths.some((length) => length * 1000 === chosen)
        );
      }),
    );
  });
});

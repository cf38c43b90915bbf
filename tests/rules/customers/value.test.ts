/** What a customer is worth: points by measures, the class by points, assessed by quarter and where a bill is far off. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type CustomerMonth, monthPlus } from '../../../dialer/rules/customers/month.ts';
import {
  firstValueSettings,
  quarterEnd,
  valueAt,
  valueClasses,
  valueSettings,
} from '../../../dialer/rules/customers/value.ts';

const settings = firstValueSettings;
const month = (name: string, part: Partial<CustomerMonth> = {}): CustomerMonth => ({
  ...{ month: name, status: 'in-service', bill: 10_000, services: 1, contribution: null },
  ...{ tenureStart: null, contractEnd: null, changes: [], ...part },
});
const quarter = (part: Partial<CustomerMonth>) => ['2026-04', '2026-05', '2026-06'].map((name) => month(name, part));
const best = { bill: 50_000, services: 4, contribution: 15_000, tenureStart: '2019-01-01' };

test.each([
  ['2026-06', '2026-06'],
  ['2026-07', '2026-06'],
  ['2026-08', '2026-06'],
  ['2026-09', '2026-09'],
  ['2026-02', '2025-12'],
])('in %s the last quarter over ended with %s', (at, end) => {
  expect(quarterEnd(at)).toBe(end);
});

describe('a class', () => {
  test.each<[string, Partial<CustomerMonth>, number]>([
    ['high', best, 8],
    ['middle', { bill: 20_000, services: 2, contribution: 5_000 }, 3],
    ['high', { bill: 50_000, services: 4, contribution: 15_000 }, 6],
    ['low', { bill: 19_999, services: 4 }, 2],
    // What is not known gives no point.
    ['middle', { bill: 50_000, services: null, contribution: null, tenureStart: '2019-01-01' }, 4],
    ['group', { bill: 0, services: 10 }, 2],
  ])('%s of %j', (of, part, points) => {
    expect(valueAt(quarter(part), '2026-06', settings)).toMatchObject({
      class: of,
      points,
      cause: 'quarter',
      month: '2026-06',
    });
  });

  it('rests on the quarter: its mean, and what was known last in it', () => {
    const months = [
      month('2026-03', best),
      month('2026-04', { bill: 0, services: 4 }),
      month('2026-06', { bill: 90_000, services: null }),
    ];
    expect(valueAt(months, '2026-06', settings)?.measures).toEqual({
      spend: 45_000,
      tenure: null,
      services: 4,
      contribution: null,
    });
    expect(valueAt([month('2026-03', best), month('2026-07', best)], '2026-06', settings)).toBeNull();
  });

  it('is assessed anew by a bill that is far off those of the three months before, and only then', () => {
    const told = (bill: number) =>
      valueAt([...quarter({ bill: 10_000 }), month('2026-07', { bill })], '2026-07', settings);
    expect(told(30_000)).toMatchObject({ cause: 'quarter', measures: { spend: 10_000 } });
    expect(told(30_001)).toMatchObject({ cause: 'large-change', month: '2026-07', measures: { spend: 30_001 } });
    expect(told(3_399)).toMatchObject({ cause: 'large-change', measures: { spend: 3_399 } });
    const gap = [month('2026-05'), month('2026-06'), month('2026-07', { bill: 900_000 })];
    expect(valueAt(gap, '2026-07', settings)?.cause).toBe('quarter');
  });
});

test('more is never worth less, and what comes later changes nothing', () => {
  const part = fc.record({
    bill: fc.nat(100_000),
    services: fc.integer({ min: 0, max: 8 }),
    contribution: fc.nat(30_000),
    tenureStart: fc.integer({ min: 1990, max: 2025 }).map((year) => `${year}-06-01`),
  });
  const rank = (of: string | undefined) => ['low', 'middle', 'high'].indexOf(of ?? '');
  fc.assert(
    fc.property(part, fc.nat(50_000), fc.nat(3), (one, bill, services) => {
      const [less, more] = [one, { ...one, bill: one.bill + bill, services: Math.min(9, one.services + services) }];
      const [a, b] = [less, more].map((of) => valueAt(quarter(of), '2026-06', settings));
      expect(valueClasses).toContain(a?.class);
      expect(rank(b?.class)).toBeGreaterThanOrEqual(rank(a?.class));
      const later = [...quarter(less), month(monthPlus('2026-06', 1), { bill: 9_000_000 })];
      expect(valueAt(later, '2026-06', settings)).toEqual(a);
    }),
  );
});

test('settings whose steps do not rise are refused', () => {
  expect(valueSettings.safeParse(settings).success).toBe(true);
  for (const wrong of [
    { ...settings, points: { middle: 4, high: 4 } },
    { ...settings, measures: { ...settings.measures, spend: { middle: 2, high: 1 } } },
  ])
    expect(valueSettings.safeParse(wrong).success).toBe(false);
});

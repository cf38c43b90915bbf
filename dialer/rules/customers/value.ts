/**
 * What a customer is worth to the client (L6): spend, tenure, services and contribution give points, the points a class. Assessed for each
 * quarter, and anew where a month's bill is far off from those before it.
 */
import { z } from 'zod';
import { type CustomerMonth, monthPlus, monthsBetween } from './month.ts';

export const valueClasses = ['high', 'middle', 'low', 'group'] as const;
export type ValueClass = (typeof valueClasses)[number];
export const valueMeasures = ['spend', 'tenure', 'services', 'contribution'] as const;
export type ValueMeasure = (typeof valueMeasures)[number];

const steps = z
  .object({ middle: z.number().int().min(0).max(1_000_000_000), high: z.number().int().min(0).max(1_000_000_000) })
  .refine(({ middle, high }) => middle < high, { path: ['high'], message: 'is above the middle' });
const strategy = z.string().trim().max(2_000);

/** Amounts in hundredths, tenure in months. A measure gives one point from `middle` on and two from `high` on. */
export const valueSettings = z.object({
  measures: z.object({ spend: steps, tenure: steps, services: steps, contribution: steps }),
  /** Points from which on somebody is of the class. */
  points: z
    .object({ middle: z.number().int().min(1).max(8), high: z.number().int().min(1).max(8) })
    .refine(({ middle, high }) => middle < high, { path: ['high'], message: 'is above the middle' }),
  /** With so many services somebody is a group customer, whatever the points. */
  groupServices: z.number().int().min(2).max(9_999),
  /** A bill is far off beyond so many times, or below such a part of, the mean of the three months before. */
  change: z.object({ times: z.number().min(1.1).max(100), part: z.number().min(0.01).max(0.9) }),
  strategies: z.object({ high: strategy, middle: strategy, low: strategy, group: strategy }),
});
export type ValueSettings = z.infer<typeof valueSettings>;

/** What a client begins with. */
export const firstValueSettings: ValueSettings = {
  measures: {
    spend: { middle: 20_000, high: 50_000 },
    tenure: { middle: 24, high: 60 },
    services: { middle: 2, high: 4 },
    contribution: { middle: 5_000, high: 15_000 },
  },
  points: { middle: 3, high: 6 },
  groupServices: 10,
  change: { times: 3, part: 0.34 },
  strategies: { high: '', middle: '', low: '', group: '' },
};

export type CustomerValue = {
  class: ValueClass;
  points: number;
  /** Null: not known, and no point. */
  measures: Record<ValueMeasure, number | null>;
  cause: 'quarter' | 'large-change';
  /** The last month that it rests on. */
  month: string;
};

/** The last month of the last quarter that was over with this month. */
export function quarterEnd(month: string): string {
  return monthPlus(month, -(Number(month.slice(5)) % 3));
}

/** Null: nothing is known of the quarter, and nothing has changed since. */
export function valueAt(months: readonly CustomerMonth[], at: string, settings: ValueSettings): CustomerValue | null {
  const end = quarterEnd(at);
  const of = (month: string, count: number) =>
    months.filter((known) => known.month <= month && known.month > monthPlus(month, -count));
  let value = assessed(of(end, 3), 'quarter', settings);
  for (let month = monthPlus(end, 1); month <= at; month = monthPlus(month, 1)) {
    const [now] = of(month, 1);
    const before = of(monthPlus(month, -1), 3);
    if (now !== undefined && isFarOff(now.bill, before, settings)) value = assessed([now], 'large-change', settings);
  }
  return value;
}

/** Against three months that are all known: of fewer nobody can say what is usual. */
function isFarOff(bill: number, before: readonly CustomerMonth[], { change }: ValueSettings): boolean {
  if (before.length < 3) return false;
  const mean = meanOf(before.map((month) => month.bill));
  return mean !== null && (bill > mean * change.times || bill < mean * change.part);
}

function assessed(
  months: readonly CustomerMonth[],
  cause: CustomerValue['cause'],
  settings: ValueSettings,
): CustomerValue | null {
  const latest = months.toSorted((a, b) => (a.month < b.month ? 1 : -1));
  const [last] = latest;
  if (last === undefined) return null;
  const since = latest.find(({ tenureStart }) => tenureStart !== null)?.tenureStart ?? null;
  const services = latest.find((month) => month.services !== null)?.services ?? null;
  const measures = {
    spend: meanOf(months.map(({ bill }) => bill)),
    tenure: since === null ? null : monthsBetween(since.slice(0, 7), last.month),
    services,
    contribution: meanOf(months.flatMap(({ contribution }) => (contribution === null ? [] : [contribution]))),
  };
  const points = valueMeasures.reduce(
    (sum, measure) => sum + pointsOf(measures[measure], settings.measures[measure]),
    0,
  );
  return { class: classOf(points, services, settings), points, measures, cause, month: last.month };
}

function classOf(points: number, services: number | null, { groupServices, points: from }: ValueSettings): ValueClass {
  if (services !== null && services >= groupServices) return 'group';
  return points >= from.high ? 'high' : points >= from.middle ? 'middle' : 'low';
}

function pointsOf(value: number | null, { middle, high }: { middle: number; high: number }): number {
  return value === null || value < middle ? 0 : value < high ? 1 : 2;
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

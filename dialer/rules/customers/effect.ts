/**
 * What became of a customer after a contact (L5): status and bill before and after it. The origin is the month of the campaign's first
 * conversation with them; before is the month before it, after are the months that follow it, so that a table which was made in the
 * middle of the origin says nothing of either.
 *
 * Lost and won back are counted from the original state only: who was in service before and is not at the end of the watch is lost; who was
 * not and is, is won back; what happened in between changes neither. Whom the tables do not tell of is nothing of these: they are counted apart.
 */
import { type CustomerMonth, monthPlus } from './month.ts';

/** The order is how they are told: six ends that exclude each other, and together are everybody. */
export const effectChanges = ['stayed', 'lost', 'won-back', 'stayed-out', 'open', 'no-before', 'no-after'] as const;
export type EffectChange = (typeof effectChanges)[number];

export type Watch = {
  /** YYYY-MM */
  origin: string;
  /** So many months after it. */
  months: number;
};

export type Effect = {
  change: EffectChange;
  before: CustomerMonth | null;
  /** Of the months of the watch, in order; null where nothing is known of one. */
  course: (CustomerMonth | null)[];
  /** Before, and the mean over what is known of the watch; of those only who have an end. */
  bill: { before: number; after: number } | null;
};

/** `told`: the months of which the client has told at all. What it has told of, but not of this customer, does not come any more. */
export function effectOf(months: readonly CustomerMonth[], watch: Watch, told: ReadonlySet<string>): Effect {
  const of = (month: string) => months.find((known) => known.month === month) ?? null;
  const before = of(monthPlus(watch.origin, -1));
  const course = Array.from({ length: watch.months }, (_, index) => of(monthPlus(watch.origin, index + 1)));
  const end = course.at(-1) ?? null;
  const change = changeOf(before, end, told.has(monthPlus(watch.origin, watch.months)));
  if (before === null || end === null) return { change, before, course, bill: null };
  const bills = course.flatMap((month) => (month === null ? [] : [month.bill]));
  const after = bills.reduce((sum, bill) => sum + bill, 0) / bills.length;
  return { change, before, course, bill: { before: before.bill, after } };
}

function changeOf(before: CustomerMonth | null, end: CustomerMonth | null, ended: boolean): EffectChange {
  if (before === null) return 'no-before';
  if (!ended) return 'open';
  if (end === null) return 'no-after';
  if (before.status === 'in-service') return end.status === 'in-service' ? 'stayed' : 'lost';
  return end.status === 'in-service' ? 'won-back' : 'stayed-out';
}

export type EffectFigures = {
  customers: number;
  changes: Record<EffectChange, number>;
  /** Sums over so many customers, in hundredths. */
  bills: { customers: number; before: number; after: number };
};

export const noFigures = (): EffectFigures => ({
  customers: 0,
  changes: { stayed: 0, lost: 0, 'won-back': 0, 'stayed-out': 0, open: 0, 'no-before': 0, 'no-after': 0 },
  bills: { customers: 0, before: 0, after: 0 },
});

/** Counts one more customer into the figures. */
export function addEffect(figures: EffectFigures, { change, bill }: Effect): void {
  figures.customers += 1;
  figures.changes[change] += 1;
  if (bill === null) return;
  figures.bills.customers += 1;
  figures.bills.before += bill.before;
  figures.bills.after += bill.after;
}

/** What segment rules may ask of a customer, and the sums of months. Days are ISO dates, months `YYYY-MM`. */
import { DateTime } from 'luxon';
import type { CustomerState } from './settings.ts';

export type CustomerMonth = {
  /** Minor units; null: not told. */
  bill: number | null;
  status: CustomerState | null;
  services: number | null;
  importantChange: boolean;
};
export type SegmentCustomer = {
  id: string;
  months: Readonly<Record<string, CustomerMonth>>;
  tenureStart: string | null;
  contractEnd: string | null;
  lastUsedOn: string | null;
  complaintOpen: boolean;
};
/** `month`: the newest that is looked at, and the period that the types hold for. */
export type SegmentMoment = { month: string; today: string };

/** The month so many before one; after it for a negative number. */
export function monthBefore(month: string, count: number): string {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - count;
  return `${String(Math.floor(all / 12)).padStart(4, '0')}-${String((all % 12) + 1).padStart(2, '0')}`;
}

/** The newest first. */
export const lastMonths = (month: string, count: number): string[] =>
  Array.from({ length: count }, (_, back) => monthBefore(month, back));

/** Months that are over between two days. */
export const wholeMonths = (from: string, to: string): number =>
  Math.floor(
    DateTime.fromISO(to, { zone: 'utc' })
      .diff(DateTime.fromISO(from, { zone: 'utc' }), 'months')
      .get('months'),
  );

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** What segment rules may ask of a customer: what the client tells of the months, and what this house knows besides. */
import { type CustomerFacts, type CustomerMonth, monthPlus } from '../customers/month.ts';

export type SegmentCustomer = {
  id: string;
  /** By month; those of which nothing is known are not there. */
  months: ReadonlyMap<string, CustomerMonth>;
  tenureStart: string | null;
  contractEnd: string | null;
  complaintOpen: boolean;
};
/** `month`: the newest that is looked at, and the period that the types hold for. */
export type SegmentMoment = { month: string; today: string };

/** Null: the client does not tell of this customer in the newest month, so it is none any more. */
export function customerOf(facts: CustomerFacts, month: string, complaintOpen: boolean): SegmentCustomer | null {
  const newest = facts.months.find((one) => one.month === month);
  if (newest === undefined) return null;
  const { tenureStart, contractEnd } = newest;
  const months = new Map(facts.months.map((one) => [one.month, one]));
  return { id: facts.customerId, months, tenureStart, contractEnd, complaintOpen };
}

/** So many up to a month, the newest first. */
export const lastMonths = (month: string, count: number): string[] =>
  Array.from({ length: count }, (_, back) => monthPlus(month, -back));

/** Months that are over between two days: from the 31st on, a shorter month is over with its last day. */
export function wholeMonths(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  const lastDay = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  const begun = (toYear - fromYear) * 12 + toMonth - fromMonth;
  return toDay < Math.min(fromDay, lastDay) ? begun - 1 : begun;
}

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

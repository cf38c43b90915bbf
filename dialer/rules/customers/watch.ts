/**
 * How long a customer is watched after a contact, by their type: members and VIPs for three months, others for one (L5). The types are
 * those of L2's examples, by the bills of the three months before the contact.
 */
import { type CustomerMonth, monthPlus } from './month.ts';

export const customerKinds = ['member', 'vip', 'other'] as const;
export type CustomerKind = (typeof customerKinds)[number];

export const watchMonths: Readonly<Record<CustomerKind, number>> = { member: 3, vip: 3, other: 1 };
export const longestWatch = Math.max(...Object.values(watchMonths));
/** So many months before the origin say what somebody is. */
export const lookBack = 3;

const [above, from] = [100_000, 50_000];

/** Says of what kind a customer was when the campaign first spoke with them, or would have. */
export type KindOf = (months: readonly CustomerMonth[], origin: string) => CustomerKind;

/** A member's bill was over 1,000 in each of the three months, a VIP's at least 500; who is not known in one of them is neither. */
export const kindByBills: KindOf = (months, origin) => {
  const bills = Array.from({ length: lookBack }, (_, index) =>
    months.find(({ month }) => month === monthPlus(origin, -1 - index)),
  ).map((known) => known?.bill ?? 0);
  if (bills.every((bill) => bill > above)) return 'member';
  return bills.every((bill) => bill >= from) ? 'vip' : 'other';
};

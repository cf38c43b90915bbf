/**
 * How long a customer is watched after a contact, by their type: members and VIPs for three months, others for one (L5). Who is which,
 * the centre's rules of types say, by what was known of the months before the contact.
 */
import { customerOf } from '../segments/facts.ts';
import { fits } from '../segments/fits.ts';
import { monthsNeeded, type SegmentRules } from '../segments/settings.ts';
import { type CustomerFacts, monthPlus } from './month.ts';

export const customerKinds = ['member', 'vip', 'other'] as const;
export type CustomerKind = (typeof customerKinds)[number];

export const watchMonths: Readonly<Record<CustomerKind, number>> = { member: 3, vip: 3, other: 1 };
export const longestWatch = Math.max(...Object.values(watchMonths));

export type Kinds = {
  /** Of what kind a customer was when the campaign first spoke with them, or would have. */
  of(facts: CustomerFacts, origin: string): CustomerKind;
  /** So many months before the origin say it. */
  lookBack: number;
};

/** Other types that somebody fits as well (a complaint, a warning) do not make a member another customer to watch. */
export function kindsBy(rules: SegmentRules): Kinds {
  const watched = (['member', 'vip'] as const).flatMap((kind) => {
    const type = rules.types.find(({ key }) => key === kind);
    return type === undefined ? [] : [{ kind, type }];
  });
  return {
    lookBack: monthsNeeded({ ...rules, types: watched.map(({ type }) => type) }),
    of(facts, origin) {
      const month = monthPlus(origin, -1);
      const customer = customerOf(facts, month, false);
      if (customer === null) return 'other';
      const at = { month, today: `${origin}-01` };
      return watched.find(({ type }) => fits(type, customer, at))?.kind ?? 'other';
    },
  };
}

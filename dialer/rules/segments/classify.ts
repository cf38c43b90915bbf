/**
 * Each customer's type: of the ordered types the first that fits (L3), so nobody is in two. It counts as it goes, customers in
 * any order and in as many parts as the caller likes.
 */
import type { SegmentCustomer, SegmentMoment } from './facts.ts';
import { fits } from './fits.ts';
import type { SegmentRules } from './settings.ts';

export type TypeCount = {
  key: string;
  /** Customers of this type. */
  taken: number;
  /** Of them those who are in it because they were handed out as such in this period. */
  held: number;
  /** Who would fit too, but is of another type, an earlier one or the one they were handed out as; of which. */
  lost: number;
  lostTo: Record<string, number>;
};
export type SegmentCounts = { population: number; none: number; types: TypeCount[] };

export type Classifier = {
  /** The customer's type; null: none fits. `held`: the type they were handed out as, which they keep for the period. */
  place(customer: SegmentCustomer, held?: string): string | null;
  counts(): SegmentCounts;
};

export function classifier({ types }: Pick<SegmentRules, 'types'>, at: SegmentMoment): Classifier {
  const counts = types.map(({ key }): TypeCount => ({ key, taken: 0, held: 0, lost: 0, lostTo: {} }));
  const byKey = new Map(counts.map((count) => [count.key, count]));
  let population = 0;
  let none = 0;
  return {
    place(customer, held) {
      population += 1;
      const fitting = types.filter((type) => fits(type, customer, at)).map(({ key }) => key);
      const kept = held !== undefined && byKey.has(held);
      const mine = kept ? held : fitting[0];
      if (mine === undefined) {
        none += 1;
        return null;
      }
      const own = byKey.get(mine);
      if (own !== undefined) {
        own.taken += 1;
        if (kept) own.held += 1;
      }
      for (const key of fitting) {
        const count = byKey.get(key);
        if (key === mine || count === undefined) continue;
        count.lost += 1;
        count.lostTo[mine] = (count.lostTo[mine] ?? 0) + 1;
      }
      return mine;
    },
    counts: () => ({ population, none, types: counts.map((count) => ({ ...count, lostTo: { ...count.lostTo } })) }),
  };
}

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
  /** Who would fit too, but was taken by an earlier type; by which. */
  lost: number;
  lostTo: Record<string, number>;
};
export type SegmentCounts = { population: number; none: number; types: TypeCount[] };

export type Classifier = {
  /** The customer's type; null: none fits. */
  place(customer: SegmentCustomer): string | null;
  counts(): SegmentCounts;
};

export function classifier({ types }: Pick<SegmentRules, 'types'>, at: SegmentMoment): Classifier {
  const counts = types.map(({ key }): TypeCount => ({ key, taken: 0, lost: 0, lostTo: {} }));
  let population = 0;
  let none = 0;
  return {
    place(customer) {
      population += 1;
      let mine: string | null = null;
      for (const [index, type] of types.entries()) {
        const count = counts[index];
        if (count === undefined || !fits(type, customer, at)) continue;
        if (mine === null) {
          mine = type.key;
          count.taken += 1;
        } else {
          count.lost += 1;
          count.lostTo[mine] = (count.lostTo[mine] ?? 0) + 1;
        }
      }
      if (mine === null) none += 1;
      return mine;
    },
    counts: () => ({ population, none, types: counts.map((count) => ({ ...count, lostTo: { ...count.lostTo } })) }),
  };
}

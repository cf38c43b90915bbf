/** Sorting a client's customers into types, page by page: between two pages others get their turn. */
import type { CustomersOf, SegmentFacts } from '../../ports/segments.ts';
import { classifier, type SegmentCounts } from '../../rules/segments/classify.ts';
import type { SegmentMoment } from '../../rules/segments/facts.ts';
import { monthsNeeded, type SegmentRules } from '../../rules/segments/settings.ts';

export type Sorted = {
  counts: SegmentCounts;
  /** Of each type its customers. */
  members: Map<string, string[]>;
};

export async function sortCustomers(
  facts: SegmentFacts,
  of: CustomersOf,
  rules: SegmentRules,
  at: SegmentMoment,
  held: ReadonlyMap<string, string>,
  progress: (done: number) => void = () => {},
): Promise<Sorted> {
  const types = classifier(rules, at);
  const members = new Map(rules.types.map(({ key }): [string, string[]] => [key, []]));
  let done = 0;
  for await (const page of facts.customers(of, at.month, monthsNeeded(rules))) {
    for (const customer of page) {
      const type = types.place(customer, held.get(customer.id));
      if (type !== null) members.get(type)?.push(customer.id);
    }
    done += page.length;
    progress(done);
  }
  return { counts: types.counts(), members };
}

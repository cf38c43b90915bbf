/** What a client's customers are worth at a month (L6), worked out with the settings that hold; down to the single customer. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Actor } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type {
  CustomerOwner,
  CustomerReading,
  CustomerSight,
  CustomerPages,
  ValueSettingsStore,
  ValueVersion,
} from '../ports/customers.ts';
import { type CustomerFacts, monthPlus } from '../rules/customers/month.ts';
import {
  type CustomerValue,
  firstValueSettings,
  quarterEnd,
  type ValueClass,
  type ValueSettings,
  valueAt,
  valueClasses,
} from '../rules/customers/value.ts';

export type ValueCount = { class: ValueClass; customers: number; byChange: number; spend: number };
export type ValueSummary = {
  month: string;
  version: number;
  classes: ValueCount[];
  /** Of whom nothing is known in the quarter. */
  unknown: number;
};
export type ValuedCustomer = { customerId: string; number: string; value: CustomerValue };

export type CustomerValues = {
  /** The one that holds. */
  settings(owner: CustomerOwner): Promise<ValueVersion>;
  /** All there are, the newest first. */
  versions(owner: CustomerOwner): Promise<ValueVersion[]>;
  /** `version`: the one that was seen. @throws DialerError plan-changed */
  change(owner: CustomerOwner, next: { version: number; settings: ValueSettings }, by: Actor): Promise<ValueVersion>;
  summary(owner: CustomerOwner, month: string): Promise<ValueSummary>;
  /** Those of a class whom somebody may look at, in order of their numbers, after the one of this number. */
  behind(
    sight: CustomerSight,
    question: { month: string; class: ValueClass },
    page: { after: string | null; take: number },
  ): Promise<ValuedCustomer[]>;
};

type Deps = {
  store: ValueSettingsStore;
  reading: CustomerReading;
  pages: Pick<CustomerPages, 'among'>;
  clock: { now(): number };
};
/** The quarter, and the three months before its first that say whether a bill is far off. */
const lookBack = 5;
const first: ValueVersion = { version: 0, settings: firstValueSettings, changedAt: null, changedBy: null };

export function createCustomerValues({ store, reading, pages, clock }: Deps): CustomerValues {
  const newest = async (owner: CustomerOwner): Promise<ValueVersion> => (await store.versions(owner))[0] ?? first;
  async function* batches(owner: CustomerOwner, month: string, after: string): AsyncGenerator<CustomerFacts[]> {
    const span = { from: monthPlus(quarterEnd(month), -lookBack), to: month };
    for await (const batch of reading.each(owner, span, after)) {
      yield batch;
      await breathe();
    }
  }

  return {
    settings: newest,
    versions: async (owner) => [...(await store.versions(owner)), first],

    async change(owner, { version, settings }, by) {
      const now = clock.now();
      const kept =
        (await newest(owner)).version === version &&
        (await store.keep(owner, { version: version + 1, settings, by: by.userId, now }));
      if (!kept) throw new DialerError('plan-changed', 'Somebody else has changed these settings.');
      return newest(owner);
    },

    async summary(owner, month) {
      const { version, settings } = await newest(owner);
      const counts = new Map(
        valueClasses.map((of) => [of, { class: of, customers: 0, byChange: 0, spend: 0 } satisfies ValueCount]),
      );
      let unknown = 0;
      for await (const batch of batches(owner, month, ''))
        for (const { months } of batch) {
          const value = valueAt(months, month, settings);
          const count = value === null ? undefined : counts.get(value.class);
          if (value === null || count === undefined) {
            unknown += 1;
            continue;
          }
          count.customers += 1;
          count.byChange += value.cause === 'large-change' ? 1 : 0;
          count.spend += value.measures.spend ?? 0;
        }
      return { month, version, classes: [...counts.values()], unknown };
    },

    async behind(sight, { month, class: wanted }, { after, take }) {
      const { settings } = await newest(sight.owner);
      const found: ValuedCustomer[] = [];
      for await (const batch of batches(sight.owner, month, after ?? '')) {
        const ofClass = batch.flatMap(({ customerId, number, months }) => {
          const value = valueAt(months, month, settings);
          return value?.class === wanted ? [{ customerId, number, value }] : [];
        });
        found.push(...(await seen(sight, ofClass)));
        if (found.length >= take) break;
      }
      return found.slice(0, take);
    },
  };

  /** Who may look at all of them is not asked about each. */
  async function seen(sight: CustomerSight, customers: ValuedCustomer[]): Promise<ValuedCustomer[]> {
    if (sight.onLists === null || customers.length === 0) return customers;
    const visible = await pages.among(
      sight,
      customers.map(({ number }) => number),
    );
    return customers.filter(({ number }) => visible.has(number));
  }
}

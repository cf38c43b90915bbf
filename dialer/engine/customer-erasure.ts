/** The end of customers' months (R3): batch by batch, so that nothing waits for it; what died in between is finished by the next run. */
import type { CustomerErasureStore } from '../ports/customer-erasure.ts';
import type { CustomerOwner } from '../ports/customers.ts';
import { monthKeptUntil, oldestKept } from '../rules/customers/kept.ts';

/** `customers` were erased now; `left` are kept while a case or dispute is open. */
export type ErasedMonth = CustomerOwner & { importId: string; month: string; customers: number; left: number };

export type CustomerErasure = {
  /** Erases what has been kept long enough. `signal` ends it between two batches. */
  eraseDue(signal?: AbortSignal): Promise<ErasedMonth[]>;
  /** Of one owner: the oldest month that is kept now, and when each month ends. */
  kept(owner: CustomerOwner): Promise<{ oldest: string; until(month: string): number }>;
};

type Deps = {
  store: CustomerErasureStore;
  /** Numbers of customers with an open case, of whom nothing is erased. */
  casesOf(owner: CustomerOwner): Promise<string[]>;
  clock: { now(): number };
  batch?: number;
};

export function createCustomerErasure({ store, casesOf, clock, batch = 5_000 }: Deps): CustomerErasure {
  async function eraseTable(importId: string, held: readonly string[], signal?: AbortSignal): Promise<number> {
    let customers = 0;
    for (let after = ''; signal?.aborted !== true; ) {
      const { erased, last } = await store.eraseBatch(importId, { after, held, take: batch });
      customers += erased;
      if (last === null || erased < batch) break;
      after = last;
    }
    return customers;
  }

  async function eraseOf(owner: CustomerOwner, oldest: string, signal?: AbortSignal): Promise<ErasedMonth[]> {
    const due = await store.before(owner, oldest);
    if (due.length === 0) return [];
    const held = [...new Set([...(await store.recordingsHeld(owner)), ...(await casesOf(owner))])];
    const gone: { importId: string; month: string; customers: number }[] = [];
    for (const { importId, month } of due) {
      if (signal?.aborted === true) break;
      gone.push({ importId, month, customers: await eraseTable(importId, held, signal) });
    }
    // The tables are not called erased before the numbers are gone: so the next run comes back to what could not be done now.
    const through = await store.eraseUnknown(owner);
    const done: ErasedMonth[] = [];
    for (const { importId, month, customers } of gone) {
      const left = await store.end(importId, through, clock.now());
      if (customers > 0) done.push({ ...owner, importId, month, customers, left });
    }
    return done;
  }

  return {
    async eraseDue(signal) {
      const done: ErasedMonth[] = [];
      for (const { centreId, clientId, keepMonths, timeZone } of await store.keepings())
        done.push(...(await eraseOf({ centreId, clientId }, oldestKept(clock.now(), keepMonths, timeZone), signal)));
      return done;
    },
    async kept(owner) {
      const { keepMonths, timeZone } = await store.keeping(owner);
      return {
        oldest: oldestKept(clock.now(), keepMonths, timeZone),
        until: (month) => monthKeptUntil(month, keepMonths, timeZone),
      };
    },
  };
}

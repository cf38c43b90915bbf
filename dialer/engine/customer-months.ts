/** Imports what a client knows of its customers for one month, as contact lists are: line by line, all or nothing. */
import type { Actor } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { ListSource } from '../ports/contact-store.ts';
import type {
  CustomerMonthStore,
  CustomerOwner,
  CustomerPages,
  CustomerReading,
  MonthChanges,
} from '../ports/customers.ts';
import { isMonth } from '../rules/customers/month.ts';
import {
  type CustomerLine,
  type MonthColumns,
  type MonthFault,
  readMonthHeader,
  readMonthLine,
} from '../rules/customers/month-line.ts';
import type { CustomerErasure } from './customer-erasure.ts';
import type { CustomerEffects } from './customer-effects.ts';
import type { CustomerValues } from './customer-values.ts';
import { abandonedAfterMs, type ImportEnd, importLines } from './line-import.ts';

export type CustomerMonthCommands = {
  /**
   * Replaces what was told of this month before, which is kept. `changes` null: the month's first, or a failure.
   * @throws DialerError month-invalid, also for a month that has not begun where the centre is, or is kept no more
   */
  importFile(request: {
    owner: CustomerOwner;
    month: string;
    /** The month that it is where the centre is. */
    thisMonth: string;
    /** The oldest month that is kept: what is older would be erased at once. */
    oldest?: string;
    fileName: string;
    content: AsyncIterable<Uint8Array>;
    by: Actor;
    onLines?: (lines: number) => void;
  }): Promise<ImportEnd & { importId: string; changes: MonthChanges | null }>;
  endAbandoned(): Promise<number>;
};

/** All that is known of customers: brought, read, looked at. */
export type Customers = {
  months: CustomerMonthCommands;
  reading: CustomerReading;
  pages: CustomerPages;
  effects: CustomerEffects;
  values: CustomerValues;
  erasure: CustomerErasure;
};

type Deps = {
  store: CustomerMonthStore;
  source: ListSource;
  clock: { now(): number };
  /** Country assumed for numbers without a prefix (ISO 3166). */
  country: string;
};
type Fault = { line: number; reason: MonthFault['reason'] | 'malformed-line'; field: string };
type Good = { line: number; customer: CustomerLine };

export function createCustomerMonths({ store, source, clock, country }: Deps): CustomerMonthCommands {
  return {
    endAbandoned: () => store.failAbandoned(clock.now() - abandonedAfterMs),

    async importFile({ owner, month, thisMonth, oldest = '', fileName, content, by, onLines }) {
      if (!isMonth(month) || month > thisMonth || month < oldest)
        throw new DialerError(
          'month-invalid',
          'This is no month, one that has not begun, or one that is kept no more.',
          {
            faults: [{ code: 'month-invalid', field: 'month' }],
          },
        );
      const importId = await store.begin({ ...owner, month, fileName, importedBy: by.userId, now: clock.now() });
      const seen = new Set<string>();
      let changes: MonthChanges | null = null;
      const end = await importLines<MonthColumns, Good | Fault>(source, content, {
        header: readMonthHeader,
        read(cells, columns, line) {
          const read = readMonthLine(columns, cells, { country, month });
          if (!read.ok) return { line, ...read.fault };
          const { number } = read.customer;
          if (seen.has(number)) return { line, reason: 'duplicate-in-file', field: 'phone' };
          seen.add(number);
          return { line, customer: read.customer };
        },
        malformed: (line, field) => ({ line, reason: 'malformed-line', field }),
        async write(batch) {
          const customers = batch.flatMap((line) => ('customer' in line ? [line] : []));
          const faults = batch.flatMap((line) => ('customer' in line ? [] : [line]));
          await store.append(importId, { customers, faults });
          return { total: batch.length, accepted: customers.length, rejected: faults.length };
        },
        // A month that is known is not given up for a table without a single customer.
        refuses: ({ accepted }) => (accepted === 0 ? 'nothing-usable' : null),
        async finish(result) {
          changes = await store.finish(importId, result, clock.now());
          return result;
        },
        fail: (result) => store.fail(importId, result),
        ...(onLines === undefined ? {} : { onLines }),
      });
      return { importId, ...end, changes };
    },
  };
}

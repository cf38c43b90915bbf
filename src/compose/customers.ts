/** What clients know of their customers, with its store. It touches no call. */
import { join } from 'node:path';
import { listSource } from '../../dialer/adapters/list-source.ts';
import { contactedCustomers } from '../../dialer/adapters/store/contacted-customers.ts';
import { customerMonthStore } from '../../dialer/adapters/store/customer-months.ts';
import { customerPages } from '../../dialer/adapters/store/customer-pages.ts';
import { segmentRulesStore } from '../../dialer/adapters/store/segment-rules.ts';
import { valueSettingsStore } from '../../dialer/adapters/store/value-settings.ts';
import { customerReading } from '../../dialer/adapters/store/customer-reading.ts';
import {
  createCustomerEffects,
  createCustomerMonths,
  createCustomerValues,
  type Customers,
} from '../../dialer/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';

export function composeCustomers(deps: {
  database: Database;
  clock: Pick<Clock, 'now'>;
  country: string;
  dataDir: string;
}): Customers {
  const { client } = deps.database;
  const reading = customerReading(client);
  const pages = customerPages(client);
  return {
    values: createCustomerValues({ store: valueSettingsStore(client), reading, pages, clock: deps.clock }),
    effects: createCustomerEffects({
      contacted: contactedCustomers(client),
      reading,
      types: segmentRulesStore(client),
    }),
    months: createCustomerMonths({
      store: customerMonthStore(client),
      source: listSource(join(deps.dataDir, 'uploads')),
      clock: deps.clock,
      country: deps.country,
    }),
    reading,
    pages,
  };
}

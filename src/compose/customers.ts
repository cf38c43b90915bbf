/** What clients know of their customers, with its store. It touches no call. */
import { join } from 'node:path';
import { listSource } from '../../dialer/adapters/list-source.ts';
import { contactedCustomers } from '../../dialer/adapters/store/contacted-customers.ts';
import { customerErasureStore } from '../../dialer/adapters/store/customer-erasure.ts';
import { customerMonthStore } from '../../dialer/adapters/store/customer-months.ts';
import { customerPages } from '../../dialer/adapters/store/customer-pages.ts';
import { segmentRulesStore } from '../../dialer/adapters/store/segment-rules.ts';
import { valueSettingsStore } from '../../dialer/adapters/store/value-settings.ts';
import { customerReading } from '../../dialer/adapters/store/customer-reading.ts';
import {
  createCustomerEffects,
  createCustomerErasure,
  createCustomerMonths,
  createCustomerValues,
  type CustomerOwner,
  type Customers,
} from '../../dialer/index.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
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
    erasure: createCustomerErasure({
      store: customerErasureStore(client),
      casesOf: (owner) => numbersOfCases(client, owner),
      clock: deps.clock,
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

/** Of open cases: the number that was told, and those of the contact it is about. A case of no campaign may be of anybody's customer. */
async function numbersOfCases(client: PrismaClient, { centreId, clientId }: CustomerOwner): Promise<string[]> {
  const rows = await client.$queryRaw<{ number: string }[]>`
    with open as (
      select q.life ->> 'number' as number, q.contact_id from qa_case q left join campaign k on k.id = q.campaign_id
       where q.closed_at is null and (k.id is null or (k.centre_id = ${centreId}::uuid and k.client_id = ${clientId}::uuid))
    ) select number from open where number is not null
      union select n.number from open join contact_number n on n.contact_id = open.contact_id`;
  return rows.map(({ number }) => number);
}

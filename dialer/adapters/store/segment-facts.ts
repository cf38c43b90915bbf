/** Customers as segment rules look at them: the months in force, and whose complaint is open. */
import type { CustomerReading } from '../../ports/customers.ts';
import type { CustomersOf, OpenComplaints, SegmentFacts } from '../../ports/segments.ts';
import { monthPlus } from '../../rules/customers/month.ts';
import { maskNumber } from '../../rules/phone-number.ts';
import { customerOf } from '../../rules/segments/facts.ts';
import { type Db, uuids } from './sql.ts';

export function segmentFacts(db: Db, reading: CustomerReading, openComplaints: OpenComplaints): SegmentFacts {
  /** Complaints name a contact; a customer is a number. */
  const complaining = async (of: CustomersOf): Promise<Set<string>> => {
    const contactIds = await openComplaints(of);
    const rows = await db.$queryRaw<{ number: string }[]>`
      select distinct number from contact_number where contact_id in ${uuids(contactIds)}`;
    return new Set(rows.map(({ number }) => number));
  };
  return {
    newestMonth: async (of) => (await reading.known(of)).at(-1) ?? null,
    async count({ centreId, clientId }) {
      const [row] = await db.$queryRaw<{ count: number }[]>`
        select accepted as count from customer_import
         where centre_id = ${centreId}::uuid and client_id = ${clientId}::uuid and state = 'ready' order by month desc limit 1`;
      return row?.count ?? 0;
    },
    async *customers(of, month, months) {
      const open = await complaining(of);
      for await (const page of reading.each(of, { from: monthPlus(month, 1 - months), to: month }))
        yield page.flatMap((facts) => customerOf(facts, month, open.has(facts.number)) ?? []);
    },
    async examples(ids, month) {
      const rows = await db.$queryRaw<{ id: string; number: string; bill: number; status: string }[]>`
        select c.id, c.number, m.bill, m.status
          from customer c join customer_import i on i.centre_id = c.centre_id and i.client_id = c.client_id and i.state = 'ready'
          join customer_month m on m.import_id = i.id and m.number = c.number
         where c.id in ${uuids(ids)} and i.month = ${`${month}-01`}::date`;
      return new Map(rows.map(({ id, number, bill, status }) => [id, { number: maskNumber(number), bill, status }]));
    },
  };
}

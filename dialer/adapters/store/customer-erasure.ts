/** The end of customers' months in PostgreSQL. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { CustomerErasureStore, MonthKeeping } from '../../ports/customer-erasure.ts';
import type { CustomerOwner } from '../../ports/customers.ts';
import { DEFAULT_KEEP_MONTHS } from '../../rules/retention.ts';
import { firstDay, ownedBy } from './customer-reading.ts';
import { type Sql, sql } from './sql.ts';

const page = 5_000;
const long = { timeout: 300_000, maxWait: 30_000 };

/** Of centre `z` and client `c`. */
const keepMonths: Sql = sql`coalesce((
  select max(coalesce((k.settings #>> '{quality,retentionMonths}')::int, ${DEFAULT_KEEP_MONTHS}::int))
    from campaign k where k.centre_id = z.id and k.client_id = c.id), ${DEFAULT_KEEP_MONTHS}::int)`;
const columns: Sql = sql`z.id as "centreId", c.id as "clientId", z.time_zone as "timeZone", ${keepMonths} as "keepMonths"`;

export function customerErasureStore(client: PrismaClient): CustomerErasureStore {
  return {
    keepings: () => client.$queryRaw<MonthKeeping[]>`
      select ${columns}
        from (select distinct centre_id, client_id from customer_import where state in ('ready', 'replaced')) i
        join centre z on z.id = i.centre_id join client c on c.id = i.client_id order by z.id, c.id`,

    async keeping({ centreId, clientId }) {
      const [row] = await client.$queryRaw<MonthKeeping[]>`
        select ${columns} from centre z, client c where z.id = ${centreId}::uuid and c.id = ${clientId}::uuid`;
      if (row === undefined) throw new Error('Customers belong to a centre and a client.');
      return row;
    },

    async before(owner, month) {
      const rows = await client.customerImport.findMany({
        where: { ...owner, month: { lt: firstDay(month) }, state: { in: ['ready', 'replaced'] } },
        orderBy: [{ month: 'asc' }, { importedAt: 'asc' }],
      });
      return rows.map(({ id, month: of }) => ({ importId: id, month: of.toISOString().slice(0, 7) }));
    },

    async recordingsHeld({ centreId, clientId }) {
      const rows = await client.$queryRaw<{ number: string }[]>`
        select distinct a.number from recording r join attempt a on a.id = r.attempt_id join campaign k on k.id = r.campaign_id
         where r.holds > 0 and k.centre_id = ${centreId}::uuid and k.client_id = ${clientId}::uuid`;
      return rows.map(({ number }) => number);
    },

    async eraseBatch(importId, { after, held, take }) {
      const [row] = await client.$queryRaw<{ erased: number; last: string | null }[]>`
        with gone as (
          delete from customer_month m using (
            select number from customer_month
             where import_id = ${importId}::uuid and number > ${after} and number <> all(${[...held]}::text[])
             order by number limit ${take}) as old
           where m.import_id = ${importId}::uuid and m.number = old.number returning m.number
        ), whose as (
          select c.id, i.month from gone g, customer_import i, customer c
           where i.id = ${importId}::uuid and c.centre_id = i.centre_id and c.client_id = i.client_id and c.number = g.number
        ), types as (
          delete from segment_member s using whose w where s.customer_id = w.id and s.month = w.month
        ), handed_out as (
          delete from extracted_customer e using whose w where e.customer_id = w.id and e.month = w.month
        ), counted as (
          update customer_import set erased = erased + (select count(*) from gone) where id = ${importId}::uuid
        ) select count(*)::int as erased, max(number) as last from gone`;
      if (row === undefined) throw new Error('A count has no row.');
      return row;
    },

    async eraseUnknown(owner) {
      for (let after = ''; ; ) {
        const next = await unknownPage(client, owner, after);
        if (next === 'not-now') return false;
        if (next === null) return true;
        after = next;
      }
    },

    async end(importId, through, now) {
      const left = await client.customerMonth.count({ where: { importId } });
      if (left === 0 && through)
        await client.customerImport.updateMany({
          where: { id: importId, state: { in: ['ready', 'replaced'] } },
          data: { state: 'erased', erasedAt: new Date(now) },
        });
      return left;
    },
  };
}

/** Where the next page begins; null: it was the last. */
async function unknownPage(
  client: PrismaClient,
  owner: CustomerOwner,
  after: string,
): Promise<string | 'not-now' | null> {
  return client.$transaction(async (tx) => {
    // A table that begins to come in refers to the client: it waits for us, or we see it.
    await tx.$queryRaw`select id from client where id = ${owner.clientId}::uuid for update`;
    if ((await tx.customerImport.count({ where: { ...owner, state: 'importing' } })) > 0) return 'not-now';
    const [read] = await tx.$queryRaw<{ last: string | null }[]>`
      select max(number) as last from (
        select c.number from customer c where ${ownedBy(owner)} and c.number > ${after} order by c.number limit ${page}) as p`;
    const last = read?.last ?? null;
    if (last === null) return null;
    await tx.$executeRaw`
      delete from customer c
       where ${ownedBy(owner)} and c.number > ${after} and c.number <= ${last}
         and not exists (select 1 from customer_import i join customer_month m on m.import_id = i.id and m.number = c.number
                          where i.centre_id = c.centre_id and i.client_id = c.client_id)
         and not exists (select 1 from segment_member s where s.customer_id = c.id)
         and not exists (select 1 from extracted_customer e where e.customer_id = c.id)`;
    return last;
  }, long);
}

/** Tables of customers' months in PostgreSQL. A table counts for nothing until its import is `ready`. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { DialerError } from '../../errors.ts';
import type { CustomerMonthStore, MonthChanges } from '../../ports/customers.ts';
import { firstDay } from './customer-reading.ts';

/** A month may have millions of customers. */
const long = { timeout: 300_000, maxWait: 30_000 };
type Tx = Pick<PrismaClient, '$queryRaw' | '$executeRaw'>;

export function customerMonthStore(client: PrismaClient): CustomerMonthStore {
  return {
    async begin({ month, now, ...of }) {
      const data = { ...of, month: firstDay(month), state: 'importing', importedAt: new Date(now) };
      return (await client.customerImport.create({ data })).id;
    },

    async append(importId, { customers, faults }) {
      const rows = customers.map(({ line, customer }) => ({ line, ...customer }));
      await client.$transaction([
        client.$executeRaw`
          insert into customer_month (import_id, line, number, status, bill, services, contribution, tenure_start, contract_end, changes)
          select i.id, t.line, t.number, t.status, t.bill, t.services, t.contribution, t."tenureStart", t."contractEnd", t.changes
            from customer_import i,
                 jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
                   as t (line int, number text, status text, bill int, services int, contribution int,
                         "tenureStart" date, "contractEnd" date, changes text[])
           where i.id = ${importId}::uuid and i.state = 'importing'`,
        client.customerRejectedLine.createMany({
          data: faults.map((fault) => ({ importId, ...fault })),
          skipDuplicates: true,
        }),
      ]);
    },

    async finish(importId, result, now) {
      return client.$transaction(async (tx) => {
        // Tables of one month end one after the other, so that each knows whose place it takes.
        await tx.$executeRaw`
          select pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'customer-month', centre_id, client_id, month), 0))
            from customer_import where id = ${importId}::uuid`;
        const [old] = await tx.$queryRaw<{ id: string }[]>`
          update customer_import o set state = 'replaced', replaced_at = ${new Date(now)}
            from customer_import i
           where i.id = ${importId}::uuid and o.centre_id = i.centre_id and o.client_id = i.client_id and o.month = i.month and o.state = 'ready'
          returning o.id`;
        const groups = await tx.customerMonth.groupBy({ by: ['status'], where: { importId }, _count: { _all: true } });
        const byStatus = Object.fromEntries(groups.map(({ status, _count }) => [status, _count._all]));
        const changes = old === undefined ? null : await changesOf(tx, old.id, importId);
        const { count } = await tx.customerImport.updateMany({
          where: { id: importId, state: 'importing' },
          data: {
            ...result,
            byStatus,
            state: 'ready',
            ...(old === undefined ? {} : { replacesId: old.id, ...changes }),
          },
        });
        if (count === 0)
          throw new DialerError('busy-try-again', 'The import was ended before it was through.', { retryable: true });
        await tx.$executeRaw`
          insert into customer (centre_id, client_id, number)
          select i.centre_id, i.client_id, m.number from customer_import i join customer_month m on m.import_id = i.id
           where i.id = ${importId}::uuid order by m.number
          on conflict do nothing`;
        return changes;
      }, long);
    },

    async fail(importId, { encoding, total, failure }) {
      await client.$transaction(async (tx) => {
        const { count } = await tx.customerImport.updateMany({
          where: { id: importId, state: 'importing' },
          data: { state: 'failed', encoding, total, accepted: 0, rejected: total, failure },
        });
        if (count > 0) await tx.customerMonth.deleteMany({ where: { importId } });
      }, long);
    },

    async failAbandoned(olderThan) {
      const left = await client.customerImport.findMany({
        where: { state: 'importing', importedAt: { lt: new Date(olderThan) } },
      });
      const failure = { code: 'import-interrupted', field: '', line: null };
      for (const { id, encoding } of left) await this.fail(id, { encoding, total: 0, failure });
      return left.length;
    },
  };
}

async function changesOf(tx: Tx, oldId: string, newId: string): Promise<MonthChanges> {
  const [row] = await tx.$queryRaw<MonthChanges[]>`
    select count(*) filter (where o.number is null)::int as added, count(*) filter (where n.number is null)::int as gone,
           count(*) filter (where o.number = n.number
             and (o.status, o.bill, o.services, o.contribution, o.tenure_start, o.contract_end, o.changes)
                 is distinct from (n.status, n.bill, n.services, n.contribution, n.tenure_start, n.contract_end, n.changes))::int as changed
      from (select * from customer_month where import_id = ${oldId}::uuid) o
      full join (select * from customer_month where import_id = ${newId}::uuid) n on n.number = o.number`;
  if (row === undefined) throw new Error('A count has no row.');
  return row;
}

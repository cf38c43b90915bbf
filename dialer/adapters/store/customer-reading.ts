/** What is in force of the customers' months, in PostgreSQL. */
import type { CustomerOwner, CustomerReading, MonthSpan } from '../../ports/customers.ts';
import { type CustomerFacts, type CustomerMonth, customerStatuses } from '../../rules/customers/month.ts';
import { type Db, type Sql, sql } from './sql.ts';

const batchSize = 2_000;

/** What `monthColumns` gives. */
export type MonthRow = {
  status: string;
  bill: number;
  services: number | null;
  contribution: number | null;
  tenure_start: string | null;
  contract_end: string | null;
  changes: string[];
};
type Row = MonthRow & { id: string; number: string; month: string };

/** A month's first day, as its tables are kept under. */
export const firstDay = (month: string): Date => new Date(`${month}-01T00:00:00Z`);

/** What a customer's row of a table says, without whose it is; `m` is the row. */
export const monthColumns: Sql = sql`m.status, m.bill, m.services, m.contribution,
  to_char(m.tenure_start, 'YYYY-MM-DD') as tenure_start, to_char(m.contract_end, 'YYYY-MM-DD') as contract_end, m.changes`;

export function customerReading(db: Db): CustomerReading {
  return {
    async months(owner, numbers, span) {
      if (numbers.length === 0) return [];
      return grouped(
        await db.$queryRaw<Row[]>`
          select c.id, c.number, to_char(i.month, 'YYYY-MM') as month, ${monthColumns}
            from customer c join customer_import i on i.centre_id = c.centre_id and i.client_id = c.client_id
            join customer_month m on m.import_id = i.id and m.number = c.number
           where ${ownedBy(owner)} and c.number = any(${[...numbers]}) and ${inForce(span)}
           order by c.number, i.month`,
      );
    },

    async *each(owner, span, from = '') {
      for (let after = from; ; ) {
        const [page] = await db.$queryRaw<{ numbers: string[] | null }[]>`
          select array_agg(number order by number) as numbers
            from (select c.number from customer c where ${ownedBy(owner)} and c.number > ${after} order by c.number limit ${batchSize}) as page`;
        const numbers = page?.numbers ?? [];
        const last = numbers.at(-1);
        if (last === undefined) return;
        const batch = await this.months(owner, numbers, span);
        if (batch.length > 0) yield batch;
        after = last;
      }
    },

    async known(owner) {
      const rows = await db.$queryRaw<{ month: string }[]>`
        select to_char(month, 'YYYY-MM') as month from customer_import i
         where i.centre_id = ${owner.centreId}::uuid and i.client_id = ${owner.clientId}::uuid and i.state = 'ready' order by i.month`;
      return rows.map(({ month }) => month);
    },
  };
}

const inForce = ({ from, to }: MonthSpan): Sql =>
  sql`i.state = 'ready' and i.month between ${`${from}-01`}::date and ${`${to}-01`}::date`;

/** Of a customer `c`. */
export const ownedBy = (owner: CustomerOwner): Sql =>
  sql`c.centre_id = ${owner.centreId}::uuid and c.client_id = ${owner.clientId}::uuid`;

/** Rows come in the order of customers and months. */
function grouped(rows: readonly Row[]): CustomerFacts[] {
  const facts: CustomerFacts[] = [];
  for (const row of rows) {
    const last = facts.at(-1);
    const month = monthOf(row.month, row);
    if (last?.customerId === row.id) last.months.push(month);
    else facts.push({ customerId: row.id, number: row.number, months: [month] });
  }
  return facts;
}

export function monthOf(month: string, row: MonthRow): CustomerMonth {
  const status = customerStatuses.find((known) => known === row.status);
  if (status === undefined) throw new Error(`A customer's row has the unknown status ${row.status}.`);
  const { bill, services, contribution, changes } = row;
  return {
    ...{ month, status, bill, services, contribution, changes },
    ...{ tenureStart: row.tenure_start, contractEnd: row.contract_end },
  };
}

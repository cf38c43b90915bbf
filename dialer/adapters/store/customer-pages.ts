/** Single customers for people to look at, in PostgreSQL. What somebody may not see is not read. */
import type { CustomerPages, CustomerSight } from '../../ports/customers.ts';
import { monthColumns, type MonthRow, monthOf, ownedBy } from './customer-reading.ts';
import { type Db, empty, type Sql, sql, uuids } from './sql.ts';

type Found = { id: string; number: string };

export function customerPages(db: Db): CustomerPages {
  return {
    async ofImport(importId, sight, { status, after, take }) {
      const rows = await db.$queryRaw<(Found & MonthRow & { line: number; month: string })[]>`
        select c.id, c.number, m.line, to_char(i.month, 'YYYY-MM') as month, ${monthColumns}
          from customer_import i join customer_month m on m.import_id = i.id
          join customer c on c.centre_id = i.centre_id and c.client_id = i.client_id and c.number = m.number
         where i.id = ${importId}::uuid and m.line > ${after} and ${seen(sight)}
               ${status === null ? empty : sql`and m.status = ${status}`}
         order by m.line limit ${take}`;
      return rows.map(({ id, number, line, month, ...row }) => ({
        customerId: id,
        number,
        line,
        of: monthOf(month, row),
      }));
    },

    async changesOf(importId, sight, { after, take }) {
      type Changed = Found & { month: string; before: MonthRow | null; after: MonthRow | null };
      const rows = await db.$queryRaw<Changed[]>`
        select c.id, c.number, to_char(i.month, 'YYYY-MM') as month, to_jsonb(o) as before, to_jsonb(n) as after
          from customer_import i join customer c on c.centre_id = i.centre_id and c.client_id = i.client_id
          left join lateral (select ${monthColumns} from customer_month m where m.import_id = i.replaces_id and m.number = c.number) o on true
          left join lateral (select ${monthColumns} from customer_month m where m.import_id = i.id and m.number = c.number) n on true
         where i.id = ${importId}::uuid and i.replaces_id is not null and to_jsonb(o) is distinct from to_jsonb(n) and ${seen(sight)}
               ${after === null ? empty : sql`and c.id > ${after}::uuid`}
         order by c.id limit ${take}`;
      return rows.map(({ id, number, month, before, after: now }) => ({
        ...{ customerId: id, number },
        before: before === null ? null : monthOf(month, before),
        after: now === null ? null : monthOf(month, now),
      }));
    },

    async find(sight, by) {
      const [row] = await db.$queryRaw<Found[]>`
        select c.id, c.number from customer c
         where ${'id' in by ? sql`c.id = ${by.id}::uuid` : sql`c.number = ${by.number}`} and ${seen(sight)}`;
      return row === undefined ? null : { customerId: row.id, number: row.number };
    },

    async among(sight, numbers) {
      const rows = await db.$queryRaw<{ number: string }[]>`
        select c.number from customer c where c.number = any(${[...numbers]}) and ${seen(sight)}`;
      return new Set(rows.map(({ number }) => number));
    },
  };
}

/** Whether `c` is one of those that may be looked at. */
function seen({ owner, onLists }: CustomerSight): Sql {
  const own = ownedBy(owner);
  return onLists === null
    ? own
    : sql`${own} and exists (
        select 1 from contact_number cn join contact p on p.id = cn.contact_id join contact_list l on l.id = p.list_id
         where cn.number = c.number and p.campaign_id in ${uuids(onLists)} and l.state = 'ready')`;
}

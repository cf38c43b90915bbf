/** Customers' types in PostgreSQL: one row for each customer and month, replaced as a whole when the month is sorted again. */
import { z } from 'zod';
import type { PrismaClient, SegmentRun as Row } from '../../../prisma/generated/client.ts';
import type { SegmentRun, SegmentRunStore } from '../../ports/segments.ts';
import { firstDay } from './customer-reading.ts';

const counts = z.object({
  population: z.number(),
  none: z.number(),
  types: z.array(
    z.object({
      ...{ key: z.string(), taken: z.number(), held: z.number(), lost: z.number() },
      lostTo: z.record(z.string(), z.number()),
    }),
  ),
});
const batch = 5_000;
/** Of a large client there are hundreds of thousands. */
const long = { timeout: 120_000, maxWait: 30_000 };

const runOf = (row: Row): SegmentRun => ({
  ...{ id: row.id, clientId: row.clientId, version: row.version, at: row.at.getTime(), by: row.by },
  month: row.month.toISOString().slice(0, 7),
  counts: counts.parse(row.counts),
});

export function segmentRunStore(prisma: PrismaClient): SegmentRunStore {
  return {
    keep: ({ centreId, clientId, month, version, at, by, counts: counted }, members) =>
      prisma.$transaction(async (tx) => {
        // One after another: two sortings of the same month would each wait for rows of the other.
        await tx.$queryRaw`select id from client where id = ${clientId}::uuid for no key update`;
        const day = firstDay(month);
        const data = { centreId, clientId, month: day, version, by, at: new Date(at), counts: counted };
        const run = await tx.segmentRun.create({ data });
        await tx.$executeRaw`
          delete from segment_member s using customer c
           where c.id = s.customer_id and c.centre_id = ${centreId}::uuid and c.client_id = ${clientId}::uuid and s.month = ${day}::date`;
        for (const [type, ids] of members)
          for (let from = 0; from < ids.length; from += batch)
            await tx.$executeRaw`
              insert into segment_member (customer_id, month, type, run_id)
              select id, ${day}::date, ${type}, ${run.id}::uuid from unnest(${ids.slice(from, from + batch)}::uuid[]) as t (id)`;
        return runOf(run);
      }, long),
    async newest(centreId) {
      const rows = await prisma.segmentRun.findMany({
        where: { centreId },
        distinct: ['clientId'],
        orderBy: [{ clientId: 'asc' }, { at: 'desc' }, { id: 'desc' }],
      });
      return rows.map(runOf);
    },
    async held({ centreId, clientId }, month) {
      const rows = await prisma.$queryRaw<{ id: string; type: string }[]>`
        select e.customer_id as id, e.type from extracted_customer e join customer c on c.id = e.customer_id
         where c.centre_id = ${centreId}::uuid and c.client_id = ${clientId}::uuid and e.month = ${firstDay(month)}::date`;
      return new Map(rows.map(({ id, type }) => [id, type]));
    },
  };
}

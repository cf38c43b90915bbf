/** The things that a published summary keeps beside its figures of quality. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { FoundFigure } from '../../contract/calls-behind.ts';
import type { CountedList } from '../../contract/quality.ts';
import type { Ref, Slice } from './dialled.ts';

export type Kept = {
  summaryId: string;
  figure: FoundFigure;
  detail: string | null;
  /** Only of these agents, only of this span. */
  agentIds: readonly string[] | null;
  from: number;
  to: number;
};

/** As part of the transaction that publishes. */
export async function keepThings(
  tx: Pick<PrismaClient, '$executeRaw'>,
  summaryId: string,
  lists: readonly CountedList[],
): Promise<void> {
  const rows = lists.flatMap(({ figure, detail, things }) =>
    things.map(({ id, at, attemptId, agentId }) => ({ figure, detail: detail ?? '', at, id, attemptId, agentId })),
  );
  await tx.$executeRaw`
    insert into weekly_summary_thing (summary_id, figure, detail, at, thing_id, attempt_id, agent_id)
    select ${summaryId}::uuid, figure, detail, to_timestamp(at / 1000), id, "attemptId", "agentId"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as t (figure text, detail text, at float8, id uuid, "attemptId" uuid, "agentId" uuid)`;
}

export async function keptPage(client: PrismaClient, kept: Kept, { limit, after }: Slice): Promise<Ref[]> {
  const older = after === undefined ? Prisma.sql`true` : Prisma.sql`(at, thing_id) < (${after.at}, ${after.id}::uuid)`;
  const rows = await client.$queryRaw<{ id: string; at: Date; attemptId: string | null }[]>`
    select thing_id as id, at, attempt_id as "attemptId" from ${rowsOf(kept)} and ${older}
     order by at desc, thing_id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

export async function keptCount(client: PrismaClient, kept: Kept): Promise<number> {
  const [row] = await client.$queryRaw<{ n: number }[]>`select count(*)::int as n from ${rowsOf(kept)}`;
  return row?.n ?? 0;
}

function rowsOf({ summaryId, figure, detail, agentIds, from, to }: Kept): Prisma.Sql {
  const mine = agentIds === null ? Prisma.sql`true` : Prisma.sql`agent_id = any(${[...agentIds]}::uuid[])`;
  return Prisma.sql`weekly_summary_thing
    where summary_id = ${summaryId}::uuid and figure = ${figure} and detail = ${detail ?? ''} and ${mine}
      and at >= ${new Date(from)} and at < ${new Date(to)}`;
}

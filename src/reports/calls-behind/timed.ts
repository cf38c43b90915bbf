/**
 * What times are the sum of: the intervals of the agents' ledger, clipped as the sums are, and the working days of attendance.
 * The ledger is never changed, so a published time finds its intervals again.
 */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import { type FigureName, type TimedFigure, timedFigures } from '../../contract/calls-behind.ts';
import type { Ref, Slice, Where } from './dialled.ts';

/** `clip`: the span that intervals are cut to, where it is wider than the part that is looked at (a day of a week). */
export type TimeWhere = Where & { clip: { from: number; to: number } };

export function isTimed(name: FigureName): name is TimedFigure {
  return timedFigures.some((figure) => figure === name);
}

type Row = { id: string; at: Date; attemptId: string | null; agentId: string; ms: number };

export async function timedPage(
  client: PrismaClient,
  figure: TimedFigure,
  where: TimeWhere,
  { limit, after }: Slice,
): Promise<Ref[]> {
  const older = after === undefined ? Prisma.sql`true` : Prisma.sql`(at, id) < (${after.at}, ${after.id}::uuid)`;
  const rows = await client.$queryRaw<Row[]>`
    select id, at, "attemptId", "agentId", ms from (${rowsOf(figure, where)}) r where ${older}
     order by at desc, id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

export async function timedCount(client: PrismaClient, figure: TimedFigure, where: TimeWhere): Promise<number> {
  const [row] = await client.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (${rowsOf(figure, where)}) r`;
  return row?.n ?? 0;
}

function rowsOf(figure: TimedFigure, where: TimeWhere): Prisma.Sql {
  switch (figure) {
    case 'talk-time':
      return intervals(Prisma.sql`i.activity = 'talking'`, where);
    case 'wrap-up-time':
      return intervals(Prisma.sql`i.activity = 'wrap-up'`, where);
    case 'signed-in-time':
      return intervals(Prisma.sql`i.presence = 'signed-in'`, where);
    case 'break-time':
      return intervals(Prisma.sql`i.presence = 'on-break'`, where);
    case 'working-days':
      return days(Prisma.sql`true`, where);
    case 'days-attended':
      return days(Prisma.sql`p.day is not null`, where);
  }
}

/** An interval counts for the part in which it began; one that is still open lasts until now, or until the end of what is over. */
function intervals(of: Prisma.Sql, { from, to, clip, asOf, campaignId, agentIds }: TimeWhere): Prisma.Sql {
  const start = new Date(clip.from);
  const end = new Date(Math.min(clip.to, asOf));
  const parts = [of, Prisma.sql`i.started_at < ${end} and (i.ended_at is null or i.ended_at > ${start})`];
  if (campaignId !== null) parts.push(Prisma.sql`i.campaign_id = ${campaignId}::uuid`);
  if (agentIds !== null) parts.push(Prisma.sql`i.user_id = any(${[...agentIds]}::uuid[])`);
  return Prisma.sql`
    select * from (
      select lpad(to_hex(i.id), 32, '0')::uuid as id, greatest(i.started_at, ${start}) as at, i.attempt_id as "attemptId", i.user_id as "agentId",
             (extract(epoch from least(coalesce(i.ended_at, ${end}), ${end}) - greatest(i.started_at, ${start})) * 1000)::float8 as ms
        from agent_interval i where ${Prisma.join(parts, ' and ')}) c
     where at >= ${new Date(from)} and at < ${new Date(to)}`;
}

/** Working days of each agent's centre since they joined, and whether the agent signed in: as attendance is counted. */
function days(of: Prisma.Sql, { from, to, asOf, agentIds }: TimeWhere): Prisma.Sql {
  const [start, end] = [new Date(from), new Date(Math.min(to, asOf))];
  return Prisma.sql`
    with people as (
      select u.id, u.joined_at, z.id as centre_id, z.time_zone, z.work_week from app_user u join centre z on z.id = u.centre_id
       where u.role = 'agent' and u.id = any(${[...(agentIds ?? [])]}::uuid[])),
    due as (
      select w.id, w.time_zone, d.day::date as day
        from people w, generate_series((${start} at time zone w.time_zone)::date,
                                       ((${end}::timestamptz - interval '1 ms') at time zone w.time_zone)::date, interval '1 day') d (day)
        left join lateral (select working from calendar_day c where c.centre_id = w.centre_id and c.date = d.day::date) c on true
       where coalesce(c.working, extract(isodow from d.day)::int = any(w.work_week))
         and d.day::date >= (w.joined_at at time zone w.time_zone)::date)
    select md5(due.id::text || due.day)::uuid as id, due.day::timestamp at time zone due.time_zone as at, null::uuid as "attemptId", due.id as "agentId",
           null::float8 as ms
      from due left join lateral (
        select due.day from agent_interval i
         where i.user_id = due.id and i.presence = 'signed-in' and i.started_at >= ${start} and i.started_at < ${end}
           and (i.started_at at time zone due.time_zone)::date = due.day limit 1) p on true
     where ${of}`;
}

/** Draws in PostgreSQL: one transaction each, in which intake stands still and nothing is kept in memory but the frame's columns. */
import type pg from 'pg';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { DrawKind, DrawRecord, InspectionPlan, Period, SamplingStore } from '../../ports/sampling-store.ts';
import type { Drawn } from '../../rules/sampling.ts';
import { intakeLock } from './conversations.ts';
import { readCandidates } from './frame-candidates.ts';
import { framePieces, readPiece } from './frame-pieces.ts';
import { readStoredDraw } from './stored-draw.ts';

/** Few enough that their texts are nothing beside the frame, on their way to the database and in its driver. */
const rowsPerInsert = 5_000;

type Range = { after: bigint; upTo: bigint };

export function samplingStore({ client, pool }: { client: PrismaClient; pool: pg.Pool }): SamplingStore {
  return {
    async openPeriods(campaignId, kind, today) {
      // From day to day by the index, its newest number and no row between: years of conversations are hundreds of steps.
      // A week is open while its Monday is at least seven days past; days are open as soon as they are over.
      const rows = await client.$queryRaw<{ from: string; to: string }[]>`
        with recursive worked as (
          (select day from qa_conversation where campaign_id = ${campaignId}::uuid and frame_no is not null order by day limit 1)
          union all
          select (select c.day from qa_conversation c
                   where c.campaign_id = ${campaignId}::uuid and c.day > w.day and c.frame_no is not null order by c.day limit 1)
            from worked w where w.day is not null),
        newest as (
          select w.day, (select c.frame_no from qa_conversation c
                          where c.campaign_id = ${campaignId}::uuid and c.day = w.day and c.frame_no is not null and c.purpose = 'marketing'
                          order by c.frame_no desc limit 1) as frame_no
            from worked w where w.day is not null),
        period as (
          select case when ${kind} = 'daily' then day else date_trunc('week', day)::date end as first, max(frame_no) as newest
            from newest where frame_no is not null group by 1)
        select to_char(first, 'YYYY-MM-DD') as from,
               to_char(case when ${kind} = 'daily' then first else first + 6 end, 'YYYY-MM-DD') as to
          from period
         where (case when ${kind} = 'daily' then first else first + 6 end) < ${today}::date
           and newest > coalesce((select max(d.frame_up_to) from qa_draw d
                                   where d.campaign_id = ${campaignId}::uuid and d.kind = ${kind} and d.period_from = first), 0)
         order by first`;
      return rows.map(({ from, to }) => ({ campaignId, kind, from, to }));
    },

    async promise({ campaignId, kind, from }, round, commitment, now) {
      await client.$executeRaw`
        insert into qa_draw_key (campaign_id, kind, period_from, round, commitment, committed_at)
        values (${campaignId}::uuid, ${kind}, ${from}::date, ${round}, ${commitment}, ${new Date(now)}) on conflict do nothing`;
      return client.drawKey.findUniqueOrThrow({
        where: { campaignId_kind_periodFrom_round: { campaignId, kind, periodFrom: new Date(from), round } },
        select: { key: true },
      });
    },

    async before(period, weekFrom) {
      const [row] = await client.$queryRaw<{ round: number; agents: string[] | null }[]>`
        select (select count(*)::int from qa_draw where campaign_id = ${period.campaignId}::uuid and kind = ${period.kind}
                   and period_from = ${period.from}::date) as round,
               (select array_agg(distinct i.agent_id::text) from qa_draw_item i join qa_draw d on d.id = i.draw_id
                 where d.campaign_id = ${period.campaignId}::uuid and d.kind = 'daily'
                   and d.period_from between ${weekFrom}::date and ${period.from}::date) as agents`;
      return { round: row?.round ?? 0, alreadyDrawn: row?.agents ?? [] };
    },

    async draw(period, round, key, now, add, finish, plan) {
      const connection = await pool.connect();
      let broken: Error | undefined;
      try {
        await connection.query('begin');
        await connection.query('select pg_advisory_xact_lock($1::bigint)', [intakeLock]);
        const range = period.kind === 'overlap' ? { after: 0n, upTo: 0n } : await readRange(connection, period, round);
        if (range === null) {
          await connection.query('rollback');
          return null;
        }
        if (period.kind !== 'overlap') await readCandidates(connection, period, range, add);
        const record = finish();
        const id = record === null ? null : await writeDraw(connection, period, round, key, now, range, record, plan);
        await connection.query(id === null ? 'rollback' : 'commit');
        return id;
      } catch (cause) {
        // What went wrong is told, not that the connection went with it; one that could not roll back is given to nobody else.
        await connection.query('rollback').catch((failure: Error) => {
          broken = failure;
        });
        throw cause;
      } finally {
        connection.release(broken);
      }
    },

    async drawnDaily(campaignId, from, to) {
      return client.$queryRaw<{ recordingId: string; agentId: string; weekly: boolean }[]>`
        select i.recording_id as "recordingId", i.agent_id as "agentId", bool_or(w.recording_id is not null) as weekly
          from qa_draw d join qa_draw_item i on i.draw_id = d.id
          left join (select x.recording_id from qa_draw e join qa_draw_item x on x.draw_id = e.id
                      where e.campaign_id = ${campaignId}::uuid and e.kind = 'weekly' and e.period_from = ${from}::date) w using (recording_id)
         where d.campaign_id = ${campaignId}::uuid and d.kind = 'daily' and d.period_from between ${from}::date and ${to}::date
         group by 1, 2 order by 1`;
    },

    stored: (drawId) => readStoredDraw(client, drawId, readPiece),
  };
}

/** Frame numbers that earlier rounds did not cover. Null: somebody else drew this round, or nothing is left. */
async function readRange(connection: pg.PoolClient, period: Period, round: number): Promise<Range | null> {
  const { rows } = await connection.query<{ rounds: number; after: string; newest: string | null }>(
    `select (select count(*)::int from qa_draw where campaign_id = $1 and kind = $2 and period_from = $3::date) as rounds,
            (select coalesce(max(frame_up_to), 0) from qa_draw where campaign_id = $1 and kind = $2 and period_from = $3::date) as after,
            (select max(newest.frame_no) from generate_series($3::date, $4::date, interval '1 day') days (day),
                    lateral (select c.frame_no from qa_conversation c where c.campaign_id = $1 and c.day = days.day::date
                                and c.frame_no is not null and c.purpose = 'marketing' order by c.frame_no desc limit 1) newest) as newest`,
    [period.campaignId, period.kind, period.from, period.to],
  );
  const row = rows[0];
  if (row === undefined || row.rounds !== round || row.newest === null) return null;
  const range = { after: BigInt(row.after), upTo: BigInt(row.newest) };
  return range.upTo > range.after ? range : null;
}

async function writeDraw(
  connection: pg.PoolClient,
  { campaignId, kind, from, to }: Period,
  round: number,
  { key, commitment }: { key: string; commitment: string },
  now: number,
  range: Range,
  { frame, drawn, request, rate, forced, late }: DrawRecord,
  plan: InspectionPlan,
): Promise<string> {
  const { rows } = await connection.query<{ id: string }>(
    `insert into qa_draw (campaign_id, kind, period_from, period_to, round, drawn_at, algorithm, request, rate, frame_size,
                          frame_hash, frame_after, frame_up_to, forced, late, size, commitment, key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) returning id`,
    [campaignId, kind, from, to, round, new Date(now), request.algorithm, JSON.stringify(request), rate, frame.recordingIds.length,
     frame.hash, range.after.toString(), range.upTo.toString(), forced, late, drawn.length, commitment, key],
  ); // biome-ignore format: the values stand in the order of the columns
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('a draw was inserted without an id');
  for (const piece of framePieces(frame)) {
    await connection.query('insert into qa_draw_frame (draw_id, piece, rows, lines) values ($1, $2, $3, $4)', [
      id,
      piece.piece,
      piece.rows,
      piece.lines,
    ]);
  }
  const reasons = await writeItems(connection, id, drawn);
  await writeInspections(connection, id, kind, [...reasons], now, plan);
  return id;
}

/**
 * In the order in which they are told, which is that of the indexes: neighbours land on the same page, which halves what is written.
 * Tells the reasons that came up.
 */
async function writeItems(
  connection: pg.PoolClient,
  drawId: string,
  drawn: Iterable<Drawn>,
): Promise<Set<Drawn['reason']>> {
  const reasons = new Set<Drawn['reason']>();
  let portion: Drawn[] = [];
  for (const each of drawn) {
    reasons.add(each.reason);
    portion.push(each);
    if (portion.length < rowsPerInsert) continue;
    await writePortion(connection, drawId, portion);
    portion = [];
  }
  if (portion.length > 0) await writePortion(connection, drawId, portion);
  return reasons;
}

async function writePortion(connection: pg.PoolClient, drawId: string, drawn: readonly Drawn[]): Promise<void> {
  await connection.query(
    `insert into qa_draw_item (draw_id, recording_id, agent_id, probability, reason, late)
     select $1, t.* from unnest($2::uuid[], $3::uuid[], $4::float8[], $5::text[], $6::bool[]) t`,
    [drawId, drawn.map(({ recordingId }) => recordingId), drawn.map(({ agentId }) => agentId), drawn.map((each) => each.inclusionProbability),
     drawn.map(({ reason }) => reason), drawn.map((each) => each.late)],
  ); // biome-ignore format: the values stand in the order of their numbers
}

/**
 * The inspections of all items in one statement, so that the conversations are read once through and not looked up each on a page of its own.
 * An overlap's inspection is tied to the one it is to be compared with, and answers the same version of the form.
 */
async function writeInspections(
  connection: pg.PoolClient,
  drawId: string,
  kind: DrawKind,
  reasons: readonly Drawn['reason'][],
  now: number,
  plan: InspectionPlan,
): Promise<void> {
  await connection.query(
    `with planned as (select * from unnest($2::text[], $3::text[]) as t (reason, kind))
     insert into qa_inspection (kind, state, recording_id, attempt_id, campaign_id, agent_id, draw_id, reason, probability,
                                form_id, form_version, drawn_at, deadline_at, pair_id, sale_id)
     select planned.kind, 'drawn', c.recording_id, c.attempt_id, c.campaign_id, c.agent_id, $1, d.reason, d.probability,
            $4, coalesce(pair.form_version, $5), $6, $7, pair.id, s.id
       from qa_draw_item d join planned using (reason) join qa_conversation c using (recording_id)
       left join qa_sale s on s.attempt_id = c.attempt_id
       left join lateral (select i.id, i.form_version from qa_inspection i join qa_draw x on x.id = i.draw_id
                           where $8 = 'overlap' and i.recording_id = d.recording_id and x.kind = 'daily' limit 1) pair on true
      where d.draw_id = $1 order by d.recording_id`,
    [drawId, reasons, reasons.map(plan.kind), plan.formId, plan.formVersion, new Date(now), new Date(plan.deadlineAt), kind],
  ); // biome-ignore format: the values stand in the order of their numbers
}

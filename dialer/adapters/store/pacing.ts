import { z } from 'zod';
import type { HeldShare, PacedCall, PacedDesk, PacingStore } from '../../ports/pacing.ts';
import { RISK_BINS } from '../../rules/pacing/cap/calibration.ts';
import { presented } from './people.ts';
import type { PooledDb } from './pooled.ts';
import { reservedWork } from './reserved-work.ts';
import { ms, msOrNull, type Sql, sql, uuids } from './sql.ts';

type CallRecord = {
  id: string;
  state: PacedCall['state'];
  agent_id: string | null;
  intended_at: Date;
  ringing_at: Date | null;
  answered_at: Date | null;
  connected_at: Date | null;
  abandoned_at: Date | null;
  ended_at: Date | null;
  detection: PacedCall['detection'];
  closing: PacedCall['closing'];
  outcome: PacedCall['outcome'];
  disposition: string | null;
  outcome_at: Date | null;
  from_pool: boolean;
};

const callColumns = sql`a.id, a.state, a.agent_id, a.intended_at, a.ringing_at, a.answered_at, a.connected_at, a.abandoned_at, a.ended_at,
  a.detection, a.closing, a.outcome, a.disposition, a.outcome_at, a.decision_id IS NOT NULL AS from_pool`;

/** An agent who talks for longer than this before saying what the call was says it to nobody who paces. */
const LONGEST_CALL_MS = 4 * 3_600_000;

type DeskRecord = {
  user_id: string;
  campaign_id: string | null;
  presence: PacedDesk['presence'];
  activity: PacedDesk['activity'];
  since: Date;
  attempt_id: string | null;
  leaving: boolean;
  may_sell: boolean;
};

type ShareRecord = {
  id: string;
  weight: number | null;
  wants_lines: number | null;
  wants_rate: number | null;
  holds_lines: number | null;
  holds_rate: number | null;
  live: number;
};

function callOf(row: CallRecord): PacedCall {
  return {
    attemptId: row.id,
    state: row.state,
    agentId: row.agent_id,
    intendedAt: ms(row.intended_at),
    ringingAt: msOrNull(row.ringing_at),
    answeredAt: msOrNull(row.answered_at),
    connectedAt: msOrNull(row.connected_at),
    abandonedAt: msOrNull(row.abandoned_at),
    endedAt: msOrNull(row.ended_at),
    detection: row.detection,
    closing: row.closing,
    outcome: row.outcome,
    disposition: row.disposition,
    outcomeAt: msOrNull(row.outcome_at),
    fromPool: row.from_pool,
  };
}

/** What another campaign has of the account; without a pacer it asks for nothing, has its calls, and its weight counts for nothing. */
function shareOf(row: ShareRecord): HeldShare {
  const {
    id,
    weight,
    wants_lines: wants,
    holds_lines: holds,
    wants_rate: wantsRate,
    holds_rate: holdsRate,
    live,
  } = row;
  if (weight === null || wants === null || holds === null || wantsRate === null || holdsRate === null)
    return { id, weight: 0, wants: { lines: 0, callsPerSecond: 0 }, holds: { lines: live, callsPerSecond: 0 } };
  return {
    id,
    weight,
    wants: { lines: wants, callsPerSecond: wantsRate },
    holds: { lines: Math.max(holds, live), callsPerSecond: holdsRate },
  };
}

/** A policy's snapshot may be any JSON, also null, which a column cannot tell from nothing. */
const kept = z.object({ is: z.unknown() });

/** What a pacer reads and keeps, in PostgreSQL. */
export function createPacingStore(db: PooledDb): PacingStore {
  return {
    async calls(campaignId, attemptIds) {
      const which: Sql = attemptIds === null ? sql`a.live` : sql`a.id IN ${uuids(attemptIds)}`;
      const rows = await db.$queryRaw<CallRecord[]>`
        SELECT ${callColumns} FROM attempt a WHERE a.campaign_id = ${campaignId}::uuid AND ${which}`;
      return rows.map(callOf);
    },

    async saidSince(campaignId, since, limit) {
      const rows = await db.$queryRaw<CallRecord[]>`
        SELECT ${callColumns} FROM attempt a
        WHERE a.campaign_id = ${campaignId}::uuid AND a.answered_at >= ${new Date(since - LONGEST_CALL_MS)} AND a.outcome_at > ${new Date(since)}
          AND a.state = 'ended' AND a.decision_id IS NOT NULL ORDER BY a.outcome_at LIMIT ${limit}`;
      return rows.map(callOf);
    },

    async desks(campaignId, userIds) {
      const which: Sql =
        userIds === null ? sql`d.campaign_id = ${campaignId}::uuid` : sql`d.user_id IN ${uuids(userIds)}`;
      const rows = await db.$queryRaw<DeskRecord[]>`
        SELECT d.user_id, d.campaign_id, d.presence, d.activity, d.since, d.attempt_id, d.next_presence IS NOT NULL AS leaving, d.may_sell
        FROM agent_desk d WHERE ${which}`;
      return rows.map((row) => ({
        userId: row.user_id,
        campaignId: row.campaign_id,
        presence: row.presence,
        activity: row.activity,
        since: ms(row.since),
        attemptId: row.attempt_id,
        leaving: row.leaving,
        maySell: row.may_sell,
      }));
    },

    async abandonCounts(campaignId, since) {
      const [row] = await db.$queryRaw<{ presented: number; abandoned: number }[]>`
        SELECT (count(*) FILTER (WHERE ${presented}))::int AS presented,
          (count(*) FILTER (WHERE abandoned_at IS NOT NULL))::int AS abandoned
        FROM attempt WHERE campaign_id = ${campaignId}::uuid AND answered_at >= ${new Date(since)}`;
      return row ?? { presented: 0, abandoned: 0 };
    },

    async liveLines(campaignId) {
      const [row] = await db.$queryRaw<{ lines: number }[]>`
        SELECT count(*)::int AS lines FROM attempt WHERE campaign_id = ${campaignId}::uuid AND live AND state <> 'intended'`;
      return row?.lines ?? 0;
    },

    holdShare: (request, decide) =>
      db.transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('pacer-shares', 0))`;
        const now = new Date(request.now);
        const rows = await tx.$queryRaw<ShareRecord[]>`
          SELECT c.id, s.weight, s.wants_lines, s.wants_rate, s.holds_lines,
            s.holds_rate, (SELECT count(*)::int FROM attempt a WHERE a.campaign_id = c.id AND a.live) AS live
          FROM campaign c LEFT JOIN pacer_share s ON s.campaign_id = c.id AND s.until > ${now}
          WHERE c.id <> ${request.campaignId}::uuid AND (c.state = 'running' OR s.campaign_id IS NOT NULL
            OR EXISTS (SELECT 1 FROM attempt a WHERE a.campaign_id = c.id AND a.live))`;
        const part = decide(rows.map(shareOf));
        await tx.$executeRaw`
          INSERT INTO pacer_share (campaign_id, weight, wants_lines, wants_rate, holds_lines, holds_rate, until)
          VALUES (${request.campaignId}::uuid, ${request.weight}, ${request.wants.lines}, ${request.wants.callsPerSecond}, ${part.lines},
            ${part.callsPerSecond}, ${new Date(request.until)})
          ON CONFLICT (campaign_id) DO UPDATE SET weight = EXCLUDED.weight, wants_lines = EXCLUDED.wants_lines, wants_rate = EXCLUDED.wants_rate,
            holds_lines = EXCLUDED.holds_lines, holds_rate = EXCLUDED.holds_rate, until = EXCLUDED.until`;
        return part;
      }),

    reservedWork: (campaignId, now, limit) => reservedWork(db, campaignId, now, limit),

    async recordDecision({ campaignId, at, placed, why, saw }) {
      const [row] = await db.$queryRaw<{ id: bigint }[]>`
        INSERT INTO pacing_decision (campaign_id, at, placed, why, saw)
        VALUES (${campaignId}::uuid, ${new Date(at)}, ${placed}, ${why}, ${JSON.stringify(saw)}::jsonb) RETURNING id`;
      if (row === undefined) throw new Error('a decision was not written');
      return row.id;
    },

    async recordClaimed({ decisionId, campaignId, at, calls }) {
      const foretold = calls.flatMap(({ attemptId, risk, chance }) =>
        risk === null ? [] : [{ attemptId, risk, chance }],
      );
      await db.$executeRaw`
        WITH foretold AS (
          INSERT INTO pacing_foretold (attempt_id, campaign_id, decision_id, at, risk, chance)
          SELECT t.attempt_id, ${campaignId}::uuid, ${decisionId}, ${new Date(at)}, t.risk, t.chance
          FROM unnest(${foretold.map(({ attemptId }) => attemptId)}::uuid[], ${foretold.map(({ risk }) => risk)}::float8[],
            ${foretold.map(({ chance }) => chance)}::float8[]) AS t (attempt_id, risk, chance)
          ON CONFLICT DO NOTHING)
        UPDATE pacing_decision SET claimed = ${calls.length} WHERE id = ${decisionId}`;
    },

    async calibration(campaignId, since) {
      const edges = RISK_BINS.slice(0, -1);
      const rows = await db.$queryRaw<{ bin: number; calls: number; foretold: number; nobody: number }[]>`
        SELECT width_bucket(f.risk, ${edges}::float8[]) AS bin, count(*)::int AS calls, sum(f.risk)::float8 AS foretold,
          (count(*) FILTER (WHERE a.connected_at IS NULL OR a.abandoned_at IS NOT NULL))::int AS nobody
        FROM pacing_foretold f JOIN attempt a ON a.id = f.attempt_id
        WHERE f.campaign_id = ${campaignId}::uuid AND f.at >= ${new Date(since)}
          AND (a.connected_at IS NOT NULL OR a.abandoned_at IS NOT NULL
            OR (a.answered_at IS NOT NULL AND a.outcome = 'customer-hung-up'))
        GROUP BY 1`;
      const byBin = new Map(rows.map((row) => [row.bin, row]));
      return RISK_BINS.map((upTo, bin) => {
        const { calls = 0, foretold = 0, nobody = 0 } = byBin.get(bin) ?? {};
        return { upTo, calls, foretold, foundNobody: nobody };
      });
    },

    async reaction(campaignId, since) {
      const [row] = await db.$queryRaw<{ decisions: number; p50: number | null; p95: number | null }[]>`
        SELECT count(lag)::int AS decisions, percentile_cont(0.5) WITHIN GROUP (ORDER BY lag) AS p50,
          percentile_cont(0.95) WITHIN GROUP (ORDER BY lag) AS p95
        FROM (SELECT (saw->>'lagMs')::float8 AS lag FROM pacing_decision
              WHERE campaign_id = ${campaignId}::uuid AND at >= ${new Date(since)} AND placed > 0) decided`;
      return row ?? { decisions: 0, p50: null, p95: null };
    },

    forgetDecisions: async (before, limit) => db.$executeRaw`
      WITH foretold AS (
        DELETE FROM pacing_foretold WHERE attempt_id IN (
          SELECT attempt_id FROM pacing_foretold WHERE at < ${new Date(before)} ORDER BY at LIMIT ${limit}))
      DELETE FROM pacing_decision WHERE id IN (SELECT id FROM pacing_decision WHERE at < ${new Date(before)} ORDER BY id LIMIT ${limit})`,

    async loadMemory(campaignId) {
      const [row] = await db.$queryRaw<{ policy: string; memory: unknown; saved_at: Date }[]>`
        SELECT policy, memory, saved_at FROM pacing_memory WHERE campaign_id = ${campaignId}::uuid`;
      return row === undefined
        ? null
        : { policy: row.policy, memory: kept.parse(row.memory).is, savedAt: ms(row.saved_at) };
    },

    async saveMemory(campaignId, policy, memory, now) {
      await db.$executeRaw`
        INSERT INTO pacing_memory (campaign_id, policy, saved_at, memory)
        VALUES (${campaignId}::uuid, ${policy}, ${new Date(now)}, ${JSON.stringify({ is: memory })}::jsonb)
        ON CONFLICT (campaign_id) DO UPDATE SET policy = EXCLUDED.policy, saved_at = EXCLUDED.saved_at, memory = EXCLUDED.memory`;
    },
  };
}

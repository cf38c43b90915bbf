/** The claims of the floor: one statement each, so that no two processes give one agent two customers. */
import type { DeskRow, Floor, Match, Presented } from '../../../ports/floor.ts';
import type { CallState, Closing } from '../../../rules/call.ts';
import { type Db, type Sql, sql } from '../sql.ts';
import { ledgerParts } from './ledger.ts';
import {
  type CallRecord,
  callColumns,
  callOf,
  type DeskRecord,
  deskColumns,
  deskOf,
  type Perhaps,
  toDesk,
} from './rows.ts';

/**
 * Agents who can take a call of the pool, the longest rested first; `FOR UPDATE SKIP LOCKED` makes the choice a claim. Whose they
 * are is compared with values, not with a joined row: so the index hands them out in this order, and the first one is enough.
 */
const readyAgent = (condition: Sql): Sql => sql`
  d.presence = 'signed-in' AND d.activity = 'ready' AND d.leg_state = 'joined' AND d.attempt_id IS NULL AND ${condition}
  ORDER BY d.rest_since, d.user_id LIMIT 1 FOR UPDATE OF d SKIP LOCKED`;

/**
 * D2: who has no agent when the grace after the answer is over was abandoned, though an agent may come at last, as after a restart of ours.
 * The time of it, of a call `a` that was answered at `answered` and had nobody until `now`; null while it is none.
 */
const lateBy = (answered: Sql, graceMs: number, now: Date): Sql => {
  const over = sql`${answered} + make_interval(secs => ${graceMs}::float8 / 1000)`;
  return sql`CASE WHEN a.connected_at IS NULL AND ${now} > ${over} THEN ${over} END`;
};

/** Gives the desk of `chosen` the call of `fit`. */
const takeDesk = (now: Date, joinBy: Date, graceMs: number): Sql => sql`
taken AS (
  UPDATE agent_desk d SET activity = 'reserved', attempt_id = fit.id, since = ${now}, deadline_at = NULL, version = d.version + 1
  FROM chosen, fit WHERE d.user_id = chosen.user_id
  RETURNING d.*
),
${ledgerParts(sql`taken`, now)},
given AS (
  UPDATE attempt a SET state = 'reserved', agent_id = taken.user_id, deadline_at = ${joinBy}, carrier_call_id = fit.carrier_call_id,
    answered_at = fit.answered_at, placed_at = COALESCE(a.placed_at, ${now}), detection = COALESCE(a.detection, fit.detection),
    abandoned_at = COALESCE(a.abandoned_at, ${lateBy(sql`fit.answered_at`, graceMs, now)}), version = a.version + 1
  FROM fit, taken WHERE a.id = fit.id
  RETURNING a.*
),
told AS (
  INSERT INTO attempt_event (attempt_id, at, kind, data)
  SELECT given.id, ${now}::timestamptz, 'reserved', jsonb_build_object('agentId', given.agent_id) FROM given
)`;

/** What was found before, and the rows of call and desk if they were given to each other. */
type PresentRecord = Perhaps<CallRecord> &
  Perhaps<DeskRecord> & {
    found_campaign: string;
    before: CallState;
    found_closing: Closing | null;
    fits: boolean;
    stranger: boolean;
    holder: string | null;
    holder_room: string | null;
    found_answered: Date;
    found_deadline: Date | null;
  };

export async function present(db: Db, request: Parameters<Floor['present']>[0]): Promise<Presented | null> {
  const now = new Date(request.now);
  const joinBy = new Date(request.now + request.joinWithinMs);
  const rows = await db.$queryRaw<PresentRecord[]>`
    WITH found AS MATERIALIZED (
      SELECT a.id, a.campaign_id, a.state, a.closing, a.agent_id, a.version, a.carrier_call_id, a.deadline_at,
        COALESCE(a.answered_at, ${new Date(request.answeredAt)}) AS answered_at
      FROM attempt a WHERE a.id = ${request.attemptId}::uuid FOR UPDATE
    ),
    fit AS MATERIALIZED (
      SELECT f.id, f.campaign_id, f.agent_id, f.answered_at, ${request.carrierCallId}::text AS carrier_call_id, f.state,
        ${request.detection}::text AS detection FROM found f
      WHERE f.state NOT IN ('reserved', 'connected', 'ended') AND f.closing IS NULL
        AND COALESCE(f.carrier_call_id, ${request.carrierCallId}) = ${request.carrierCallId}
    ),
    own AS MATERIALIZED (
      SELECT d.user_id, d.room, d.version FROM agent_desk d
      WHERE d.attempt_id = (SELECT id FROM fit) AND d.activity IN ('reserved', 'ringing') AND d.leg_state = 'joined' FOR UPDATE
    ),
    pool AS MATERIALIZED (
      SELECT d.user_id, d.room, d.version FROM agent_desk d
      WHERE d.campaign_id = (SELECT campaign_id FROM fit WHERE agent_id IS NULL) AND NOT EXISTS (
          SELECT 1 FROM attempt w, fit WHERE w.campaign_id = fit.campaign_id AND w.waiting_since < fit.answered_at AND w.id <> fit.id)
        AND ${readyAgent(sql`d.may_sell`)}
    ),
    chosen AS MATERIALIZED (SELECT * FROM own UNION ALL SELECT * FROM pool LIMIT 1),
    ${takeDesk(now, joinBy, request.abandonWithinMs)},
    -- Asks again after the grace: whoever was to say where the agent is went away first.
    late AS (
      UPDATE attempt a SET abandoned_at = ${lateBy(sql`a.answered_at`, request.abandonWithinMs, now)}, version = a.version + 1
      FROM found f WHERE a.id = f.id AND f.state = 'reserved' AND f.closing IS NULL AND a.abandoned_at IS NULL
        AND ${lateBy(sql`a.answered_at`, request.abandonWithinMs, now)} IS NOT NULL
    ),
    waits AS (
      UPDATE attempt a SET state = 'waiting', carrier_call_id = fit.carrier_call_id, answered_at = fit.answered_at,
        placed_at = COALESCE(a.placed_at, ${now}), detection = COALESCE(a.detection, fit.detection),
        deadline_at = CASE WHEN fit.state = 'waiting' THEN a.deadline_at
          ELSE fit.answered_at + make_interval(secs => ${request.abandonWithinMs}::float8 / 1000) END, version = a.version + 1
      FROM fit WHERE a.id = fit.id AND NOT EXISTS (SELECT 1 FROM chosen)
    )
    SELECT f.campaign_id AS found_campaign, f.state AS before, f.closing AS found_closing, f.answered_at AS found_answered,
      f.deadline_at AS found_deadline, EXISTS (SELECT 1 FROM fit) AS fits,
      COALESCE(f.carrier_call_id, ${request.carrierCallId}) <> ${request.carrierCallId} AS stranger,
      o.user_id AS holder, o.room AS holder_room, ${callColumns}, ${deskColumns}
    FROM found f LEFT JOIN agent_desk o ON o.attempt_id = f.id LEFT JOIN given a ON true LEFT JOIN taken d ON true
      LEFT JOIN contact c ON c.id = a.contact_id`;
  const row = rows[0];
  return row === undefined ? null : presented(row, request.abandonWithinMs);
}

function presented(row: PresentRecord, abandonWithinMs: number): Presented {
  // A call that waits already keeps its end of patience.
  const waiting = row.before === 'waiting' ? row.found_deadline : null;
  const waitUntil = waiting?.getTime() ?? row.found_answered.getTime() + abandonWithinMs;
  const facts = { campaignId: row.found_campaign, waitUntil };
  const nobody = { agentId: null, room: null, deskVersion: null, changed: false, seen: null };
  if (row.stranger) return { ...facts, ...nobody, call: 'stranger' };
  if (row.fits) {
    const [call, desk] = [callOf(row), deskOf(row)];
    if (call === null || desk === null)
      return { ...facts, ...nobody, call: 'waiting', changed: row.before !== 'waiting' };
    const { userId: agentId, room, version: deskVersion } = desk;
    return { ...facts, call: 'reserved', agentId, room, deskVersion, changed: true, seen: { call, desk } };
  }
  if (row.before === 'ended') return { ...facts, ...nobody, call: 'ended' };
  if (row.found_closing !== null) return { ...facts, ...nobody, call: 'closed' };
  return { ...facts, ...nobody, call: 'reserved', agentId: row.holder, room: row.holder_room };
}

export async function match(
  db: Db,
  { campaignId, joinWithinMs, abandonWithinMs, now: at }: Parameters<Floor['match']>[0],
): Promise<Match | null> {
  const now = new Date(at);
  const rows = await db.$queryRaw<{ id: string; agent_id: string; room: string | null; version: number }[]>`
    WITH fit AS MATERIALIZED (
      SELECT a.id, a.carrier_call_id, a.answered_at, a.detection FROM attempt a
      WHERE a.campaign_id = ${campaignId}::uuid AND a.waiting_since IS NOT NULL
      ORDER BY a.waiting_since LIMIT 1 FOR UPDATE SKIP LOCKED
    ),
    chosen AS MATERIALIZED (
      SELECT d.user_id, d.room, d.version FROM agent_desk d
      WHERE d.campaign_id = ${campaignId}::uuid AND EXISTS (SELECT 1 FROM fit) AND ${readyAgent(sql`d.may_sell`)}
    ),
    ${takeDesk(now, new Date(at + joinWithinMs), abandonWithinMs)}
    SELECT fit.id, chosen.user_id AS agent_id, chosen.room, chosen.version + 1 AS version FROM fit, chosen`;
  const row = rows[0];
  if (row === undefined) return null;
  return { attemptId: row.id, agentId: row.agent_id, room: row.room ?? '', deskVersion: row.version };
}

export async function reserveAgent(db: Db, request: Parameters<Floor['reserveAgent']>[0]): Promise<DeskRow | null> {
  const now = new Date(request.now);
  const who = request.agentId === null ? sql`d.may_sell` : sql`d.user_id = ${request.agentId}::uuid`;
  const rows = await db.$queryRaw<DeskRecord[]>`
    WITH chosen AS MATERIALIZED (
      SELECT d.user_id FROM agent_desk d WHERE d.campaign_id = ${request.campaignId}::uuid AND ${readyAgent(who)}
    ),
    taken AS (
      UPDATE agent_desk d SET activity = 'reserved', since = ${now}, deadline_at = ${new Date(request.holdUntil)}, version = d.version + 1
      FROM chosen WHERE d.user_id = chosen.user_id RETURNING d.*
    ),
    ${ledgerParts(sql`taken`, now)}
    SELECT ${deskColumns} FROM taken d`;
  const row = rows[0];
  return row === undefined ? null : toDesk(row);
}

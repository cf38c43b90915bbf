/** The claims of the floor: one statement each, so that no two processes give one agent two customers. */
import type { DeskRow, Floor, Match, Presented } from '../../../ports/floor.ts';
import type { CallState, Closing } from '../../../rules/call.ts';
import { type Db, type Sql, sql } from '../sql.ts';
import { ledgerParts } from './ledger.ts';
import { type DeskRecord, deskColumns, toDesk } from './rows.ts';

/** Agents who can take a call of the pool, the longest rested first; `FOR UPDATE SKIP LOCKED` makes the choice a claim. */
const readyAgent = (condition: Sql): Sql => sql`
  d.presence = 'signed-in' AND d.activity = 'ready' AND d.leg_state = 'joined' AND d.attempt_id IS NULL AND ${condition}
  ORDER BY d.rest_since, d.user_id LIMIT 1 FOR UPDATE OF d SKIP LOCKED`;

/** Gives the desk of `chosen` the call of `fit`. */
const takeDesk = (now: Date, joinBy: Date): Sql => sql`
taken AS (
  UPDATE agent_desk d SET activity = 'reserved', attempt_id = fit.id, since = ${now}, deadline_at = NULL, version = d.version + 1
  FROM chosen, fit WHERE d.user_id = chosen.user_id
  RETURNING d.*
),
${ledgerParts(sql`taken`, now)},
given AS (
  UPDATE attempt a SET state = 'reserved', agent_id = taken.user_id, deadline_at = ${joinBy}, carrier_call_id = fit.carrier_call_id,
    answered_at = fit.answered_at, placed_at = COALESCE(a.placed_at, ${now}), detection = COALESCE(a.detection, fit.detection),
    version = a.version + 1
  FROM fit, taken WHERE a.id = fit.id
  RETURNING a.id, a.agent_id
),
told AS (
  INSERT INTO attempt_event (attempt_id, at, kind, data)
  SELECT given.id, ${now}::timestamptz, 'reserved', jsonb_build_object('agentId', given.agent_id) FROM given
)`;

type PresentRecord = {
  campaign_id: string;
  before: CallState;
  closing: Closing | null;
  fits: boolean;
  stranger: boolean;
  given_to: string | null;
  given_room: string | null;
  given_version: number | null;
  agent_id: string | null;
  room: string | null;
  answered_at: Date;
  deadline_at: Date | null;
};

export async function present(db: Db, request: Parameters<Floor['present']>[0]): Promise<Presented | null> {
  const now = new Date(request.now);
  const joinBy = new Date(request.now + request.joinWithinMs);
  const rows = await db.$queryRaw<PresentRecord[]>`
    WITH found AS MATERIALIZED (
      SELECT a.id, a.campaign_id, a.state, a.closing, a.agent_id, a.version, a.carrier_call_id, a.deadline_at,
        COALESCE(a.answered_at, ${now}) AS answered_at
      FROM attempt a WHERE a.id = ${request.attemptId}::uuid FOR UPDATE
    ),
    fit AS MATERIALIZED (
      SELECT f.id, f.campaign_id, f.agent_id, f.answered_at, ${request.carrierCallId}::text AS carrier_call_id, f.state,
        ${request.detection}::text AS detection FROM found f
      WHERE f.state NOT IN ('reserved', 'connected', 'ended') AND f.closing IS NULL
        AND COALESCE(f.carrier_call_id, ${request.carrierCallId}) = ${request.carrierCallId}
    ),
    own AS MATERIALIZED (
      SELECT d.user_id, d.room, d.version FROM agent_desk d, fit
      WHERE d.attempt_id = fit.id AND d.activity IN ('reserved', 'ringing') AND d.leg_state = 'joined' FOR UPDATE OF d
    ),
    pool AS MATERIALIZED (
      SELECT d.user_id, d.room, d.version FROM agent_desk d, fit
      WHERE fit.agent_id IS NULL AND d.campaign_id = fit.campaign_id AND NOT EXISTS (
          SELECT 1 FROM attempt w WHERE w.campaign_id = fit.campaign_id AND w.state = 'waiting' AND w.closing IS NULL
            AND w.answered_at < fit.answered_at AND w.id <> fit.id)
        AND ${readyAgent(sql`d.may_sell`)}
    ),
    chosen AS MATERIALIZED (SELECT * FROM own UNION ALL SELECT * FROM pool LIMIT 1),
    ${takeDesk(now, joinBy)},
    waits AS (
      UPDATE attempt a SET state = 'waiting', carrier_call_id = fit.carrier_call_id, answered_at = fit.answered_at,
        placed_at = COALESCE(a.placed_at, ${now}), detection = COALESCE(a.detection, fit.detection),
        deadline_at = CASE WHEN fit.state = 'waiting' THEN a.deadline_at
          ELSE fit.answered_at + make_interval(secs => ${request.abandonWithinMs}::float8 / 1000) END, version = a.version + 1
      FROM fit WHERE a.id = fit.id AND NOT EXISTS (SELECT 1 FROM chosen)
    )
    SELECT f.campaign_id, f.state AS before, f.closing, f.answered_at, f.deadline_at, EXISTS (SELECT 1 FROM fit) AS fits,
      COALESCE(f.carrier_call_id, ${request.carrierCallId}) <> ${request.carrierCallId} AS stranger,
      c.user_id AS given_to, c.room AS given_room, c.version + 1 AS given_version, d.user_id AS agent_id, d.room
    FROM found f LEFT JOIN chosen c ON true LEFT JOIN agent_desk d ON d.attempt_id = f.id`;
  const row = rows[0];
  return row === undefined ? null : presented(row, request.abandonWithinMs);
}

function presented(row: PresentRecord, abandonWithinMs: number): Presented {
  // A call that waits already keeps its end of patience.
  const waiting = row.before === 'waiting' ? row.deadline_at : null;
  const waitUntil = waiting?.getTime() ?? row.answered_at.getTime() + abandonWithinMs;
  const facts = { campaignId: row.campaign_id, waitUntil };
  const nobody = { agentId: null, room: null, deskVersion: null, changed: false };
  if (row.stranger) return { ...facts, ...nobody, call: 'stranger' };
  if (row.fits) {
    if (row.given_to === null) return { ...facts, ...nobody, call: 'waiting', changed: row.before !== 'waiting' };
    const given = { agentId: row.given_to, room: row.given_room, deskVersion: row.given_version };
    return { ...facts, ...given, call: 'reserved', changed: true };
  }
  if (row.before === 'ended') return { ...facts, ...nobody, call: 'ended' };
  if (row.closing !== null) return { ...facts, ...nobody, call: 'closed' };
  return { ...facts, ...nobody, call: 'reserved', agentId: row.agent_id, room: row.room };
}

export async function match(db: Db, campaignId: string, joinWithinMs: number, at: number): Promise<Match | null> {
  const now = new Date(at);
  const rows = await db.$queryRaw<{ id: string; agent_id: string; room: string | null; version: number }[]>`
    WITH fit AS MATERIALIZED (
      SELECT a.id, a.carrier_call_id, a.answered_at, a.detection FROM attempt a
      WHERE a.campaign_id = ${campaignId}::uuid AND a.state = 'waiting' AND a.closing IS NULL
      ORDER BY a.answered_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ),
    chosen AS MATERIALIZED (
      SELECT d.user_id, d.room, d.version FROM agent_desk d, fit WHERE d.campaign_id = ${campaignId}::uuid AND ${readyAgent(sql`d.may_sell`)}
    ),
    ${takeDesk(now, new Date(at + joinWithinMs))}
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

/** Supervisors' legs in agents' rooms, in PostgreSQL. */
import type { HandoffToAudit } from '../../events.ts';
import type { ListeningRow, Listenings } from '../../ports/listenings.ts';
import type { Listening } from '../../rules/listening.ts';
import { at, type Db, empty, ms, msOrNull, type Sql, sql } from './sql.ts';

/** The unions are kept by CHECK constraints. */
type Row = {
  id: string;
  supervisor_id: string;
  agent_id: string;
  room: string;
  mode: Listening['mode'];
  state: Listening['state'];
  leg_id: string | null;
  taken_attempt_id: string | null;
  started_at: Date;
  joined_at: Date | null;
  ended_at: Date | null;
  look_at: Date | null;
};

const columns: Sql = sql`id, supervisor_id, agent_id, room, mode, state, leg_id, taken_attempt_id, started_at, joined_at, ended_at, look_at`;

const toListening = (row: Row): ListeningRow => ({
  listeningId: row.id,
  supervisorId: row.supervisor_id,
  agentId: row.agent_id,
  room: row.room,
  mode: row.mode,
  state: row.state,
  legId: row.leg_id,
  takenAttemptId: row.taken_attempt_id,
  startedAt: ms(row.started_at),
  joinedAt: msOrNull(row.joined_at),
  endedAt: msOrNull(row.ended_at),
  lookAt: msOrNull(row.look_at),
});

export function createListenings(db: Db): Listenings {
  const where = async (condition: Sql): Promise<ListeningRow[]> =>
    (await db.$queryRaw<Row[]>`SELECT ${columns} FROM listening WHERE ${condition}`).map(toListening);
  const one = async (condition: Sql): Promise<ListeningRow | null> => (await where(condition))[0] ?? null;
  return {
    async open(row) {
      const rows = await db.$queryRaw<Row[]>`
        INSERT INTO listening (supervisor_id, agent_id, room, mode, state, started_at, look_at)
        VALUES (${row.supervisorId}::uuid, ${row.agentId}::uuid, ${row.room}, ${row.mode}, ${row.state}, ${at(row.startedAt)}, ${at(row.lookAt)})
        ON CONFLICT (supervisor_id) WHERE ended_at IS NULL DO NOTHING
        RETURNING ${columns}`;
      const [opened] = rows;
      return opened === undefined ? null : toListening(opened);
    },
    byId: (id) => one(sql`id = ${id}::uuid`),
    ofSupervisor: (id) => one(sql`supervisor_id = ${id}::uuid AND ended_at IS NULL`),
    inRoom: (room) => where(sql`room = ${room} AND ended_at IS NULL`),
    due: (now, limit) => where(sql`ended_at IS NULL AND look_at <= ${at(now)} ORDER BY look_at LIMIT ${limit}`),
    legs: async () => (await where(sql`ended_at IS NULL`)).flatMap(({ legId }) => (legId === null ? [] : [legId])),
    async change(before, after, now) {
      const rows = await db.$queryRaw<{ changed: number }[]>`
        WITH changed AS (UPDATE listening SET mode = ${after.mode}, state = ${after.state}, leg_id = ${after.legId}, taken_attempt_id = ${after.takenAttemptId}::uuid,
          joined_at = ${at(after.joinedAt)}, ended_at = ${at(after.endedAt)}, look_at = ${at(after.lookAt)}
        WHERE id = ${before.listeningId}::uuid AND state = ${before.state} AND mode = ${before.mode} AND leg_id IS NOT DISTINCT FROM ${before.legId} RETURNING id)${toldAudit(before, after, now)}
        SELECT count(*)::int AS changed FROM changed`;
      return rows[0]?.changed === 1;
    },
  };
}

/**
 * What the audit log is told, in the statement of the change: from when on somebody listens, each way of taking part, and the end, however
 * it came. A leg that was never known has heard nobody. That a call was taken over is told with the call's own change.
 */
function toldAudit(before: ListeningRow, after: Listening, now: number): Sql {
  const { listeningId } = before;
  const told: HandoffToAudit[] = [];
  const { mode } = after;
  const begun = before.legId === null || before.mode !== mode;
  if (after.legId !== null && begun && mode !== 'taken-over') told.push({ topic: 'listening-mode', listeningId, mode });
  if (after.endedAt !== null && before.endedAt === null && before.legId !== null)
    told.push({ topic: 'listening-over', listeningId });
  if (told.length === 0) return empty;
  const list = told.map(({ topic, ...payload }) => ({ topic, payload }));
  return sql`, told AS (INSERT INTO handoff (topic, payload, created_at)
    SELECT t.topic, t.payload, ${at(now)}::timestamptz FROM changed, jsonb_to_recordset(${JSON.stringify(list)}::jsonb) AS t(topic text, payload jsonb))`;
}

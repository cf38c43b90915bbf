/** The floor in PostgreSQL. Every method is one statement; changes are one transaction each. */
import type { CallRow, Change, DeskRow, Floor } from '../../ports/floor.ts';
import { commit } from './floor/commit.ts';
import { match, present, reserveAgent } from './floor/present.ts';
import {
  type CallRecord,
  callColumns,
  callOf,
  type DeskRecord,
  deskColumns,
  deskOf,
  type Perhaps,
  toCall,
  toDesk,
} from './floor/rows.ts';
import type { PooledDb } from './pooled.ts';

/** A customer waits for `present` and `match`: they go before everything else. */
export function createFloor(db: PooledDb): Floor {
  const ids = async (rows: PromiseLike<{ id: string }[]>): Promise<string[]> => (await rows).map(({ id }) => id);
  return {
    async call(attemptId) {
      const rows = await db.$queryRaw<CallRecord[]>`
        SELECT ${callColumns} FROM attempt a JOIN contact c ON c.id = a.contact_id WHERE a.id = ${attemptId}::uuid`;
      return firstOf(rows, toCall);
    },

    async callAndDesk(attemptId) {
      const rows = await db.$queryRaw<(CallRecord & Perhaps<DeskRecord>)[]>`
        SELECT ${callColumns}, ${deskColumns}
        FROM attempt a JOIN contact c ON c.id = a.contact_id LEFT JOIN agent_desk d ON d.attempt_id = a.id
        WHERE a.id = ${attemptId}::uuid`;
      return firstOf(rows, (row) => ({ call: toCall(row), desk: deskOf(row) }));
    },

    async desk(userId) {
      const rows = await db.$queryRaw<
        DeskRecord[]
      >`SELECT ${deskColumns} FROM agent_desk d WHERE d.user_id = ${userId}::uuid`;
      return firstOf(rows, toDesk);
    },

    async aside(attemptId) {
      const rows = await db.$queryRaw<
        DeskRecord[]
      >`SELECT ${deskColumns} FROM agent_desk d WHERE d.aside_attempt_id = ${attemptId}::uuid`;
      return firstOf(rows, toDesk);
    },

    async deskAndCall(userId) {
      const rows = await db.$queryRaw<(DeskRecord & Perhaps<CallRecord>)[]>`
        SELECT ${deskColumns}, ${callColumns}
        FROM agent_desk d LEFT JOIN attempt a ON a.id = COALESCE(d.attempt_id, CASE WHEN d.aside_role = 'helper' THEN d.aside_attempt_id END)
          LEFT JOIN contact c ON c.id = a.contact_id
        WHERE d.user_id = ${userId}::uuid`;
      return firstOf(rows, (row): { desk: DeskRow; call: CallRow | null } => ({
        desk: toDesk(row),
        call: callOf(row),
      }));
    },

    async openDesk(userId, now) {
      const time = new Date(now);
      await db.$executeRaw`
        INSERT INTO agent_desk (user_id, since, rest_since, seen_at) VALUES (${userId}::uuid, ${time}, ${time}, ${time})
        ON CONFLICT (user_id) DO NOTHING`;
      const desk = await this.desk(userId);
      if (desk === null) throw new Error('a desk that was just opened is missing');
      return desk;
    },

    async seen(userId, now) {
      await db.$executeRaw`UPDATE agent_desk SET seen_at = ${new Date(now)} WHERE user_id = ${userId}::uuid AND seen_at < ${new Date(now)}`;
    },

    async left(userId, lastSeen, as) {
      await db.$executeRaw`UPDATE agent_desk SET seen_at = ${new Date(as)} WHERE user_id = ${userId}::uuid AND seen_at <= ${new Date(lastSeen)} AND seen_at > ${new Date(as)}`;
    },

    async setMaySell(userId, maySell) {
      await db.$executeRaw`UPDATE agent_desk SET may_sell = ${maySell} WHERE user_id = ${userId}::uuid`;
    },

    commit: (change: Change) => commit(db, change),
    present: (request) => present(db.urgent, request),
    match: (request) => match(db.urgent, request),
    reserveAgent: (request) => reserveAgent(db, request),

    overdueCalls: (now, abandonedBefore, limit) =>
      ids(db.$queryRaw`
        SELECT a.id FROM attempt a
        WHERE a.live AND (a.deadline_at <= ${new Date(now)}
          OR (a.deadline_at IS NULL AND a.state = 'intended' AND a.intended_at < ${new Date(abandonedBefore)}
            AND NOT EXISTS (SELECT 1 FROM agent_desk d WHERE d.attempt_id = a.id)))
        ORDER BY a.deadline_at LIMIT ${limit}`),

    overdueDesks: (now, silentSince, limit) =>
      ids(db.$queryRaw`
        SELECT d.user_id AS id FROM agent_desk d
        WHERE d.presence <> 'signed-out'
          AND (d.deadline_at <= ${new Date(now)} OR (d.seen_at < ${new Date(silentSince)} AND d.activity IN ('none', 'ready')))
        LIMIT ${limit}`),

    orphanedConversations: (endedBefore, limit) =>
      ids(db.$queryRaw`
        SELECT a.id FROM attempt a
        WHERE a.outcome = 'connected' AND a.outcome_at IS NULL AND a.ended_at < ${new Date(endedBefore)}
          AND NOT EXISTS (SELECT 1 FROM agent_desk d WHERE d.attempt_id = a.id)
        LIMIT ${limit}`),

    async liveCalls() {
      const rows = await db.$queryRaw<CallRecord[]>`
        SELECT ${callColumns} FROM attempt a JOIN contact c ON c.id = a.contact_id WHERE a.live`;
      return rows.map(toCall);
    },

    async knownCarrierCalls(carrierCallIds) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT carrier_call_id AS id FROM attempt WHERE carrier_call_id = ANY(${[...carrierCallIds]})`;
      return new Set(rows.map(({ id }) => id));
    },

    async signedInDesks() {
      const rows = await db.$queryRaw<
        DeskRecord[]
      >`SELECT ${deskColumns} FROM agent_desk d WHERE d.presence <> 'signed-out'`;
      return rows.map(toDesk);
    },
  };
}

const firstOf = <Row, T>(rows: Row[], map: (row: Row) => T): T | null => {
  const [row] = rows;
  return row === undefined ? null : map(row);
};

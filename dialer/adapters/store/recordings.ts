import type { RecordingChange, RecordingRow, Recordings, RecordingState } from '../../ports/recordings.ts';
import { DEFAULT_KEEP_MONTHS } from '../../rules/retention.ts';
import { at, type Db, empty, type Sql, sql, unhurried } from './sql.ts';

/** Before every id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

type Row = {
  id: string;
  attempt_id: string;
  campaign_id: string;
  agent_id: string;
  state: RecordingState;
  carrier_call_id: string | null;
  carrier_recording_id: string | null;
  source_url: string | null;
  talk_started_at: Date;
  talk_ms: number | null;
  duration_ms: number | null;
  channels: number | null;
  bytes: number | null;
  sha256: string | null;
  path: string | null;
  problem: string | null;
  tries: number;
};

const columns: Sql = sql`r.id, r.attempt_id, r.campaign_id, r.agent_id, r.state, a.carrier_call_id, r.carrier_recording_id, r.source_url,
  r.talk_started_at, r.talk_ms, r.duration_ms, r.channels, r.bytes, r.sha256, r.path, r.problem, r.tries`;

const toRecording = (row: Row): RecordingRow => ({
  recordingId: row.id,
  attemptId: row.attempt_id,
  campaignId: row.campaign_id,
  agentId: row.agent_id,
  state: row.state,
  carrierCallId: row.carrier_call_id,
  carrierRecordingId: row.carrier_recording_id,
  sourceUrl: row.source_url,
  talkStartedAt: row.talk_started_at.getTime(),
  talkMs: row.talk_ms,
  durationMs: row.duration_ms,
  channels: row.channels,
  bytes: row.bytes,
  sha256: row.sha256,
  path: row.path,
  problem: row.problem,
  tries: row.tries,
});

/** Which recordings are due, in PostgreSQL. */
export function createRecordings(db: Db): Recordings {
  return {
    async byId(recordingId) {
      const [row] = await db.$queryRaw<Row[]>`
        SELECT ${columns} FROM recording r JOIN attempt a ON a.id = r.attempt_id WHERE r.id = ${recordingId}::uuid`;
      return row === undefined ? null : toRecording(row);
    },

    async changeOf(attemptId, change) {
      // What the carrier announces it also lists: a row that is still expected after a crash is looked for there.
      const [row] = await db.$queryRaw<Row[]>`
        UPDATE recording r SET ${assignments(change)} FROM attempt a
        WHERE a.id = r.attempt_id AND r.attempt_id = ${attemptId}::uuid AND ${isIn(change.from)}
        RETURNING ${columns}, ${unhurried}`;
      return row === undefined ? null : toRecording(row);
    },

    async change(recordingId, change, now) {
      const handoff =
        change.handoff === undefined
          ? empty
          : sql`, handed AS (INSERT INTO handoff (topic, payload, created_at)
              SELECT ${change.handoff.topic}, ${JSON.stringify(payloadOf(change.handoff))}::jsonb, ${new Date(now)}::timestamptz FROM changed)`;
      const rows = await db.$queryRaw<{ id: string }[]>`
        WITH changed AS (
          UPDATE recording r SET ${assignments(change)}
          WHERE r.id = ${recordingId}::uuid AND ${isIn(change.from)}
          RETURNING r.id)${handoff}
        SELECT id FROM changed`;
      return rows.length === 1;
    },

    async claimDue(now, claimUntil, limit) {
      const rows = await db.$queryRaw<Row[]>`
        WITH due AS (
          SELECT id FROM recording WHERE state IN ('expected', 'announced') AND next_try_at <= ${new Date(now)}
          ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ), r AS (UPDATE recording r SET next_try_at = ${new Date(claimUntil)} FROM due WHERE r.id = due.id RETURNING r.*)
        SELECT ${columns} FROM r JOIN attempt a ON a.id = r.attempt_id`;
      return rows.map(toRecording);
    },

    async bringForward(from, everyMs) {
      const first = new Date(from);
      return db.$executeRaw`
        WITH lost AS (
          SELECT r.id, ${first}::timestamptz + (row_number() OVER (ORDER BY r.next_try_at, r.id) - 1) * ${everyMs}::int * interval '1 millisecond' AS due
          FROM recording r JOIN attempt a ON a.id = r.attempt_id
          WHERE r.state = 'expected' AND r.tries = 0 AND r.next_try_at > ${first} AND a.state = 'ended'
        )
        UPDATE recording r SET next_try_at = lost.due FROM lost
        WHERE r.id = lost.id AND r.state = 'expected' AND r.next_try_at > lost.due`;
    },

    async hold(recordingId, change) {
      const done = await db.$executeRaw`
        UPDATE recording SET holds = GREATEST(0, holds + ${change}::int) WHERE id = ${recordingId}::uuid`;
      return done === 1;
    },

    async oldOnes(campaignId, talkBefore, after, limit) {
      const rows = await db.$queryRaw<OldRow[]>`
        SELECT r.id, r.attempt_id, r.talk_started_at, r.sha256, r.holds FROM recording r
        WHERE r.state = 'stored' AND ${oldOf(campaignId, talkBefore, after)} ORDER BY r.talk_started_at, r.id LIMIT ${limit}`;
      return rows.map(oldOne);
    },

    async oldWords(campaignId, talkBefore, after, limit) {
      const rows = await db.$queryRaw<OldRow[]>`
        SELECT r.id, r.attempt_id, r.talk_started_at, r.sha256, r.holds
        FROM recording r JOIN survey_sheet s ON s.attempt_id = r.attempt_id JOIN questionnaire_version v ON v.id = s.version_id
        WHERE r.state IN ('lost', 'damaged') AND ${oldOf(campaignId, talkBefore, after)} AND s.answers <> without_own_words(s.answers, v.body)
        ORDER BY r.talk_started_at, r.id LIMIT ${limit}`;
      return rows.map(oldOne);
    },

    async eraseWords(recordingId) {
      await db.$executeRaw`
        UPDATE survey_sheet s SET answers = without_own_words(s.answers, v.body) FROM questionnaire_version v, recording r
        WHERE r.id = ${recordingId}::uuid AND r.holds = 0 AND s.attempt_id = r.attempt_id AND v.id = s.version_id`;
    },

    async keepers() {
      const rows = await db.$queryRaw<{ campaign_id: string; months: number | null; time_zone: string }[]>`
        SELECT k.id AS campaign_id, (k.settings #>> '{quality,retentionMonths}')::int AS months, z.time_zone
        FROM campaign k JOIN centre z ON z.id = k.centre_id
        WHERE EXISTS (SELECT 1 FROM recording r WHERE r.campaign_id = k.id AND r.state IN ('stored', 'lost', 'damaged'))`;
      return rows.map((row) => ({
        campaignId: row.campaign_id,
        keepMonths: row.months ?? DEFAULT_KEEP_MONTHS,
        timeZone: row.time_zone,
      }));
    },

    async markErased(recordingId, data, now) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        WITH erased AS (
          UPDATE recording SET state = 'erased', erase_after = ${new Date(data.since)}
          WHERE id = ${recordingId}::uuid AND state = 'stored' AND holds = 0 RETURNING id, attempt_id
        ), journal AS (
          INSERT INTO attempt_event (attempt_id, at, kind, data)
          SELECT attempt_id, ${new Date(now)}::timestamptz, 'recording-erased', ${JSON.stringify({ ...data, recordingId })}::jsonb FROM erased)
        SELECT id FROM erased`;
      return rows.length === 1;
    },

    async erasedWithFile(limit) {
      const rows = await db.$queryRaw<{ id: string; path: string }[]>`
        SELECT id, path FROM recording WHERE state = 'erased' AND path IS NOT NULL LIMIT ${limit}`;
      return rows.map(({ id, path }) => ({ recordingId: id, path }));
    },

    async fileGone(recordingId) {
      await db.$executeRaw`UPDATE recording SET path = NULL, source_url = NULL WHERE id = ${recordingId}::uuid AND state = 'erased'`;
    },
  };
}

type OldRow = { id: string; attempt_id: string; talk_started_at: Date; sha256: string | null; holds: number };

const oldOne = (row: OldRow) => ({
  ...{ recordingId: row.id, attemptId: row.attempt_id, sha256: row.sha256, holds: row.holds },
  talkStartedAt: row.talk_started_at.getTime(),
});

const oldOf = (campaignId: string, talkBefore: number, after: { at: number; id: string } | null): Sql => sql`
  r.campaign_id = ${campaignId}::uuid AND r.talk_started_at <= ${new Date(talkBefore)}
    AND (r.talk_started_at, r.id) > (${new Date(after?.at ?? 0)}::timestamptz, ${after?.id ?? NO_ID}::uuid)`;

const isIn = (states: readonly RecordingState[]): Sql =>
  sql`r.state IN (SELECT jsonb_array_elements_text(${JSON.stringify(states)}::jsonb))`;

const payloadOf = ({ topic: _, ...payload }: { topic: string }): object => payload;

/** Only the fields that the change names; the order is fixed, so a few texts cover all changes. */
function assignments(change: RecordingChange): Sql {
  const set: Sql[] = [];
  if (change.state !== undefined) set.push(sql`state = ${change.state}`);
  if (change.carrierRecordingId !== undefined) set.push(sql`carrier_recording_id = ${change.carrierRecordingId}`);
  if (change.sourceUrl !== undefined) set.push(sql`source_url = ${change.sourceUrl}`);
  if (change.durationMs !== undefined) set.push(sql`duration_ms = ${change.durationMs}`);
  if (change.channels !== undefined) set.push(sql`channels = ${change.channels}`);
  if (change.bytes !== undefined) set.push(sql`bytes = ${change.bytes}`);
  if (change.sha256 !== undefined) set.push(sql`sha256 = ${change.sha256}`);
  if (change.path !== undefined) set.push(sql`path = ${change.path}`);
  if (change.agentTalkShare !== undefined) set.push(sql`agent_talk_share = ${change.agentTalkShare}`);
  if (change.problem !== undefined) set.push(sql`problem = ${change.problem}`);
  if (change.tries !== undefined) set.push(sql`tries = ${change.tries}`);
  if (change.nextTryAt !== undefined) set.push(sql`next_try_at = ${at(change.nextTryAt)}`);
  if (change.storedAt !== undefined) set.push(sql`stored_at = ${at(change.storedAt)}`);
  if (change.eraseAfter !== undefined) set.push(sql`erase_after = ${at(change.eraseAfter)}`);
  const [first, ...rest] = set;
  if (first === undefined) return sql`state = state`;
  return rest.reduce((all, next) => sql`${all}, ${next}`, first);
}

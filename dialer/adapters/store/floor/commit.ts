/** One change of the floor as one statement: locks by version first, then writes everything or nothing. */
import type { Change } from '../../../ports/floor.ts';
import { sameStretch } from '../../../rules/agent.ts';
import { at, type Db, empty, join, type Sql, sql, unhurried } from '../sql.ts';
import { ledgerParts } from './ledger.ts';

export async function commit(db: Db, change: Change): Promise<boolean> {
  const locks: Sql[] = [];
  const parts: Sql[] = [];
  const now = new Date(change.now);
  if (change.call !== undefined) {
    const { before } = change.call;
    locks.push(sql`locked_call AS MATERIALIZED (
      SELECT id FROM attempt WHERE id = ${before.attemptId}::uuid AND version = ${before.version} FOR UPDATE)`);
    parts.push(callPart(change, change.call.after, now), ...extras(change, before.contactId, now));
  }
  // The call is always locked before its desk and desks in their order, so that two changes cannot wait for each other.
  const desks = [change.desk, change.other].filter((desk) => desk !== undefined);
  desks.sort((a, b) => (a.before.userId < b.before.userId ? -1 : 1));
  const locked = change.call === undefined ? [] : [sql`locked_call`];
  desks.forEach(({ before }, index) => {
    const name = names[index] ?? names[0];
    const earlier = locked.length === 0 ? empty : sql`, ${join(locked)}`;
    locks.push(sql`${name.locked} AS MATERIALIZED (
      SELECT d.user_id FROM agent_desk d${earlier} WHERE d.user_id = ${before.userId}::uuid AND d.version = ${before.version} FOR UPDATE OF d)`);
    locked.push(name.locked);
  });
  // Whoever loses the call is written first: the index of one agent a call is checked row by row.
  const gains = desks.findIndex(({ before, after }) => before.attemptId === null && after.attemptId !== null);
  for (const index of gains === 0 && desks.length === 2 ? [1, 0] : desks.keys()) {
    const [desk, name] = [desks[index], names[index]];
    if (desk === undefined || name === undefined) continue;
    const loser = index === gains ? names[1 - index] : undefined;
    parts.push(
      deskPart(name, desk.after, desks.length === 2 && loser !== undefined ? sql`, ${loser.written} w` : empty),
    );
  }
  const stretched = desks.map(({ before, after }) => !sameStretch(before, after));
  if (stretched[0] === true && stretched[1] === true) parts.push(ledgerParts(bothDesks, now));
  else
    desks.forEach((_, index) => {
      if (stretched[index] === true) parts.push(ledgerParts((names[index] ?? names[0]).written, now));
    });
  const rows = await db.$queryRaw<{ done: number }[]>`
    WITH ${join(locks)}, go AS MATERIALIZED (SELECT 1 FROM ${join(locked)}), ${join(parts)}
    SELECT count(*)::int AS done${canBeAskedAgain(change) ? sql`, ${unhurried}` : empty} FROM go`;
  return rows[0]?.done === 1;
}

/**
 * What the carrier says while it dials can be asked of it again, as after a webhook that never came; so it does not wait for the disk.
 * Everything else does: intents, agents, answers, ends. Whatever is written later to the disk takes this with it, so order holds.
 */
function canBeAskedAgain({ call, ...more }: Change): boolean {
  if (call === undefined || Object.keys(more).some((part) => part !== 'now' && part !== 'journal')) return false;
  const { before, after } = call;
  return (
    (after.state === 'queued' || after.state === 'ringing') && before.state !== 'intended' && after.closing === null
  );
}

function callPart(change: Change, call: NonNullable<Change['call']>['after'], now: Date): Sql {
  const outcome =
    change.outcome === undefined
      ? empty
      : sql`, disposition = ${change.outcome.disposition}, outcome_detail = ${JSON.stringify(change.outcome.detail)}::jsonb, outcome_at = ${now}`;
  return sql`written_call AS (
    UPDATE attempt a SET state = ${call.state}, live = ${call.state !== 'ended'}, carrier_call_id = ${call.carrierCallId},
      last_sequence = ${call.lastSequence}, agent_id = ${call.agentId}::uuid, placed_at = ${at(call.placedAt)}, ringing_at = ${at(call.ringingAt)},
      answered_at = ${at(call.answeredAt)}, connected_at = ${at(call.connectedAt)}, abandoned_at = ${at(call.abandonedAt)},
      ended_at = ${at(call.endedAt)}, deadline_at = ${at(call.deadlineAt)}, detection = ${call.detection}, closing = ${call.closing},
      outcome = ${call.outcome}, error = ${call.error}, held_at = ${at(call.heldAt)},
      transfer = ${call.transfer === null ? null : JSON.stringify(call.transfer)}::jsonb, version = a.version + 1${outcome}
    FROM locked_call, go WHERE a.id = locked_call.id
    RETURNING a.id, a.campaign_id)`;
}

/** The parts of one desk's change, and of a second one's. */
type DeskNames = { locked: Sql; written: Sql };
const names: [DeskNames, DeskNames] = [
  { locked: sql`locked_desk`, written: sql`written_desk` },
  { locked: sql`locked_other`, written: sql`written_other` },
];
const bothDesks = sql`(SELECT * FROM written_desk UNION ALL SELECT * FROM written_other)`;

function deskPart(name: DeskNames, desk: NonNullable<Change['desk']>['after'], before: Sql): Sql {
  return sql`${name.written} AS (
    UPDATE agent_desk d SET presence = ${desk.presence}, activity = ${desk.activity}, since = ${at(desk.since)}, rest_since = ${at(desk.restSince)},
      team_id = ${desk.teamId}::uuid, campaign_id = ${desk.campaignId}::uuid, attempt_id = ${desk.attemptId}::uuid, break_reason = ${desk.breakReason},
      next_presence = ${desk.next?.presence ?? null}, next_reason = ${desk.next?.reason ?? null}, deadline_at = ${at(desk.deadlineAt)},
      room = ${desk.room}, leg_id = ${desk.legId}, leg_state = ${desk.legState}, seen_at = GREATEST(d.seen_at, ${at(desk.seenAt)}),
      aside_attempt_id = ${desk.aside?.attemptId ?? null}::uuid, aside_role = ${desk.aside?.role ?? null}, version = d.version + 1
    FROM ${name.locked} l, go${before} WHERE d.user_id = l.user_id
    RETURNING d.*)`;
}

/** What else the change writes, each part only when it is asked for. */
function extras(change: Change, contactId: string, now: Date): Sql[] {
  const parts: Sql[] = [];
  const { contact, recording, talkMs, journal, handoffs } = change;
  if (contact !== undefined) {
    parts.push(sql`written_contact AS (
      UPDATE contact c SET state = ${contact.state}, due_at = ${at(contact.dueAt)}, reason = ${contact.reason}, reason_version = ${contact.reasonVersion},
        needs_agent = ${contact.needsAgent}, agent_id = ${contact.agentId}::uuid, locked_until = ${at(contact.lockedUntil)},
        priority = ${contact.priority}, last_outcome = ${contact.lastOutcome}
      FROM written_call WHERE c.id = ${contactId}::uuid AND c.state = 'in-attempt')`);
    if (contact.deadNumber !== null) {
      parts.push(sql`dead_number AS (
        UPDATE contact_number n SET dead = true FROM written_call WHERE n.contact_id = ${contactId}::uuid AND n.number = ${contact.deadNumber})`);
    }
  }
  if (recording !== undefined) {
    parts.push(sql`opened_recording AS (
      INSERT INTO recording (attempt_id, campaign_id, agent_id, talk_started_at, next_try_at)
      SELECT w.id, w.campaign_id, ${recording.agentId}::uuid, ${now}::timestamptz, ${at(recording.nextTryAt)}::timestamptz FROM written_call w
      ON CONFLICT (attempt_id) DO NOTHING)`);
  }
  if (change.recordingAgent !== undefined) {
    parts.push(sql`recording_given AS (
      UPDATE recording r SET agent_id = ${change.recordingAgent}::uuid FROM written_call w WHERE r.attempt_id = w.id)`);
  }
  if (talkMs !== undefined) {
    parts.push(sql`talked AS (
      UPDATE recording r SET talk_ms = COALESCE(r.talk_ms, 0) + ${talkMs} FROM written_call w WHERE r.attempt_id = w.id)`);
  }
  if (journal !== undefined && journal.length > 0) {
    parts.push(sql`journal AS (
      INSERT INTO attempt_event (attempt_id, at, kind, data)
      SELECT w.id, ${now}::timestamptz, e.kind, e.data
      FROM written_call w, jsonb_to_recordset(${JSON.stringify(journal)}::jsonb) AS e(kind text, data jsonb))`);
  }
  if (handoffs !== undefined && handoffs.length > 0) {
    const list = handoffs.map(({ topic, ...payload }) => ({ topic, payload }));
    parts.push(sql`handed AS (
      INSERT INTO handoff (topic, payload, created_at)
      SELECT e.topic, e.payload, ${now}::timestamptz
      FROM written_call, jsonb_to_recordset(${JSON.stringify(list)}::jsonb) AS e(topic text, payload jsonb))`);
  }
  return parts;
}

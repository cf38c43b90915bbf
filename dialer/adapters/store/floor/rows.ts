/** Rows of attempt and agent_desk, and what they are to the rules. */
import { z } from 'zod';
import type { CallRow, DeskRow, Origin } from '../../../ports/floor.ts';
import type { Desk } from '../../../rules/agent.ts';
import type { Call } from '../../../rules/call.ts';
import type { DialMode } from '../../../rules/campaign-settings.ts';
import { ms, msOrNull, type Sql, sql } from '../sql.ts';

export const callColumns: Sql = sql`a.id, a.campaign_id, a.contact_id, a.number, a.caller_id, a.mode, a.settings_version,
  a.script_version_id, a.state, a.version, a.carrier_call_id, a.last_sequence, a.agent_id, a.intended_at, a.placed_at, a.ringing_at,
  a.answered_at, a.connected_at, a.abandoned_at, a.ended_at, a.deadline_at, a.detection, a.closing, a.outcome, a.disposition,
  a.outcome_at, a.error, a.held_at, a.transfer, c.origin`;

/** The columns' unions are kept by CHECK constraints of the database, so their texts are what the types say. */
export type CallRecord = {
  id: string;
  campaign_id: string;
  contact_id: string;
  number: string;
  caller_id: string;
  mode: DialMode;
  settings_version: number;
  script_version_id: string | null;
  state: Call['state'];
  version: number;
  carrier_call_id: string | null;
  last_sequence: number;
  agent_id: string | null;
  intended_at: Date;
  placed_at: Date | null;
  ringing_at: Date | null;
  answered_at: Date | null;
  connected_at: Date | null;
  abandoned_at: Date | null;
  ended_at: Date | null;
  deadline_at: Date | null;
  detection: Call['detection'];
  closing: Call['closing'];
  outcome: Call['outcome'];
  disposition: string | null;
  outcome_at: Date | null;
  error: string | null;
  held_at: Date | null;
  transfer: unknown;
  origin: unknown;
};

const originShape = z.object({ kind: z.string(), id: z.string() });

const transferShape = z.object({
  phase: z.enum(['calling', 'consulting', 'returning', 'handing-over', 'away']),
  from: z.string(),
  agentId: z.string().nullable(),
  number: z.string().nullable(),
  consult: z.boolean(),
  since: z.number(),
  legId: z.string().nullable(),
});

const originOf = (value: unknown): Origin | null => {
  const parsed = originShape.safeParse(value);
  return parsed.success ? parsed.data : null;
};

export const toCall = (row: CallRecord): CallRow => ({
  attemptId: row.id,
  campaignId: row.campaign_id,
  contactId: row.contact_id,
  number: row.number,
  callerId: row.caller_id,
  mode: row.mode,
  settingsVersion: row.settings_version,
  scriptVersionId: row.script_version_id,
  state: row.state,
  version: row.version,
  carrierCallId: row.carrier_call_id,
  lastSequence: row.last_sequence,
  agentId: row.agent_id,
  intendedAt: ms(row.intended_at),
  placedAt: msOrNull(row.placed_at),
  ringingAt: msOrNull(row.ringing_at),
  answeredAt: msOrNull(row.answered_at),
  connectedAt: msOrNull(row.connected_at),
  abandonedAt: msOrNull(row.abandoned_at),
  endedAt: msOrNull(row.ended_at),
  deadlineAt: msOrNull(row.deadline_at),
  detection: row.detection,
  closing: row.closing,
  outcome: row.outcome,
  disposition: row.disposition,
  outcomeAt: msOrNull(row.outcome_at),
  error: row.error,
  heldAt: msOrNull(row.held_at),
  // Ours alone writes it: what cannot be read is a fault, not nothing.
  transfer: row.transfer === null ? null : transferShape.parse(row.transfer),
  origin: originOf(row.origin),
});

export const deskColumns: Sql = sql`d.user_id, d.team_id AS desk_team_id, d.campaign_id AS desk_campaign_id, d.presence, d.activity, d.since,
  d.rest_since, d.attempt_id, d.break_reason, d.next_presence, d.next_reason, d.deadline_at AS desk_deadline_at, d.room, d.leg_id, d.leg_state,
  d.seen_at, d.version AS desk_version, d.may_sell,
  d.aside_attempt_id, d.aside_role`;

export type DeskRecord = {
  user_id: string;
  desk_team_id: string | null;
  desk_campaign_id: string | null;
  presence: Desk['presence'];
  activity: Desk['activity'];
  since: Date;
  rest_since: Date;
  attempt_id: string | null;
  break_reason: string | null;
  next_presence: 'on-break' | 'signed-out' | null;
  next_reason: string | null;
  desk_deadline_at: Date | null;
  room: string | null;
  leg_id: string | null;
  leg_state: Desk['legState'];
  seen_at: Date;
  desk_version: number;
  may_sell: boolean;
  aside_attempt_id: string | null;
  aside_role: 'helper' | 'giver' | null;
};

export const toDesk = (row: DeskRecord): DeskRow => ({
  userId: row.user_id,
  teamId: row.desk_team_id,
  campaignId: row.desk_campaign_id,
  presence: row.presence,
  activity: row.activity,
  since: ms(row.since),
  restSince: ms(row.rest_since),
  attemptId: row.attempt_id,
  breakReason: row.break_reason,
  next: row.next_presence === null ? null : { presence: row.next_presence, reason: row.next_reason },
  deadlineAt: msOrNull(row.desk_deadline_at),
  room: row.room,
  legId: row.leg_id,
  legState: row.leg_state,
  seenAt: ms(row.seen_at),
  version: row.desk_version,
  maySell: row.may_sell,
  aside:
    row.aside_attempt_id === null || row.aside_role === null
      ? null
      : { attemptId: row.aside_attempt_id, role: row.aside_role },
});

/** A row of a left join in which the other side may be missing. */
export type Perhaps<T> = { [K in keyof T]: T[K] | null };

export const deskOf = (row: Perhaps<DeskRecord>): DeskRow | null => (isDesk(row) ? toDesk(row) : null);
export const callOf = (row: Perhaps<CallRecord>): CallRow | null => (isCall(row) ? toCall(row) : null);

const isDesk = (row: Perhaps<DeskRecord>): row is DeskRecord => row.user_id !== null;
const isCall = (row: Perhaps<CallRecord>): row is CallRecord => row.id !== null;

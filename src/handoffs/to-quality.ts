/** The dialler's facts, read where they are true at the moment of delivery, for the quality side. */
import { z } from 'zod';
import type { HandoffToQuality } from '../../dialer/index.ts';
import type { ConversationFacts, QualityApi, RecordingFacts } from '../contract/quality.ts';
import type { Database } from '../platform/database.ts';
import type { HandoffRow } from '../handoffs.ts';

const topics = [
  'conversation-closed',
  'recording-stored',
  'recording-lost',
  'sale-recorded',
  'task-call-closed',
  'task-call-unreached',
  'complaint-told',
  'text-arrived',
  'text-failed',
  'text-replied',
] as const satisfies readonly HandoffToQuality['topic'][];
type Topic = HandoffToQuality['topic'];

export function isToQuality(topic: string): topic is Topic {
  return topics.some((known) => known === topic);
}

const ofAttempt = z.object({ attemptId: z.guid() });
const ofRecording = z.object({ recordingId: z.guid() });
const ofTask = z.object({
  attemptId: z.guid().nullable(),
  origin: z.object({ kind: z.string(), id: z.guid() }),
  outcome: z.string(),
});

const textOrigin = z.object({ kind: z.enum(['terms', 'notice']), id: z.guid() });
const ofText = z.object({ origin: textOrigin, why: z.string().default('') });
const ofReply = z.object({
  origin: textOrigin.nullable(),
  attemptId: z.guid(),
  replyId: z.string(),
  answer: z.enum(['yes', 'no', 'unclear']),
});

type Deps = { database: Pick<Database, 'client' | 'pool'>; quality: Pick<QualityApi, 'intake'> };

/** Facts about what does not exist (an attempt that never reached an agent) are nobody's concern and count as delivered. */
export async function deliverToQuality(deps: Deps, { topic, payload }: HandoffRow): Promise<void> {
  const { intake } = deps.quality;
  if (!isToQuality(topic)) return;
  if (topic === 'recording-stored' || topic === 'recording-lost') {
    const facts = await recordingFacts(deps.database, ofRecording.parse(payload).recordingId);
    if (facts === null) return;
    await (topic === 'recording-stored' ? intake.recordingStored(facts) : intake.recordingLost(facts));
    return;
  }
  if (topic === 'task-call-unreached') return intake.taskCallUnreached(ofTask.parse(payload));
  if (topic === 'text-arrived' || topic === 'text-failed') {
    const { origin, why } = ofText.parse(payload);
    return topic === 'text-arrived' ? intake.textArrived(origin) : intake.textFailed(origin, why);
  }
  if (topic === 'text-replied') return replied(deps, ofReply.parse(payload));
  const facts = await conversationFacts(deps.database, ofAttempt.parse(payload).attemptId);
  if (facts === null) return;
  await deliverConversation(deps, topic, facts);
  // A recording that was stored before its conversation was closed was of no use to quality then.
  const recording = facts.recordingId === null ? null : await recordingFacts(deps.database, facts.recordingId);
  if (recording?.state === 'stored') await intake.recordingStored(recording);
  if (recording?.state === 'lost' || recording?.state === 'damaged') await intake.recordingLost(recording);
}

/** The customer's words stay where they were kept: a handoff carries ids only. */
async function replied({ database: { client }, quality }: Deps, told: z.infer<typeof ofReply>): Promise<void> {
  const [reply, attempt] = await Promise.all([
    client.textReply.findUnique({ where: { carrierMessageId: told.replyId } }),
    client.attempt.findUnique({ where: { id: told.attemptId }, select: { campaignId: true } }),
  ]);
  if (reply === null || attempt === null) return;
  await quality.intake.textReplied({ ...told, campaignId: attempt.campaignId, words: reply.body });
}

async function deliverConversation(
  { quality: { intake } }: Deps,
  topic: Exclude<Topic, 'recording-stored' | 'recording-lost' | 'task-call-unreached' | `text-${string}`>,
  facts: ConversationFacts,
): Promise<void> {
  switch (topic) {
    case 'conversation-closed':
      return intake.conversationClosed(facts);
    case 'sale-recorded':
      return intake.saleRecorded(facts);
    case 'task-call-closed':
      return intake.taskCallClosed(facts);
    case 'complaint-told':
      return intake.complaintTold(facts);
  }
}

const originShape = z.object({ kind: z.string(), id: z.string() });
const detailShape = z.object({
  fields: z.record(z.string(), z.unknown()).default({}),
  mustSayTicked: z.array(z.string()).default([]),
  note: z.string().default(''),
});
const selfCheckShape = z.record(z.string(), z.enum(['yes', 'doubt']));

type FactsRow = {
  campaignId: string;
  contactId: string;
  agentId: string;
  teamId: string | null;
  purpose: string;
  demo: boolean;
  settingsVersion: number;
  scriptVersionId: string | null;
  number: string;
  connectedAt: Date;
  endedAt: Date;
  talkMs: number | null;
  disposition: string | null;
  detail: unknown;
  recordingId: string | null;
  origin: unknown;
};

/**
 * Null unless an agent talked to the customer. One statement: thousands of these are read on a busy floor. Whoever is quick has saved what
 * came of it before the carrier says that the call is over: it ended at the latest then, and the talk is by our own ledger.
 */
export async function conversationFacts(
  { pool }: Pick<Database, 'pool'>,
  attemptId: string,
): Promise<ConversationFacts | null> {
  const { rows } = await pool.query<FactsRow>({
    name: 'conversation-facts',
    text: `select a.campaign_id "campaignId", a.contact_id "contactId", a.agent_id "agentId", u.team_id "teamId", k.purpose, k.demo,
             a.settings_version "settingsVersion", a.script_version_id "scriptVersionId", a.number, a.connected_at "connectedAt",
             coalesce(a.ended_at, a.outcome_at) "endedAt", r.talk_ms "talkMs", a.disposition, a.outcome_detail detail, r.id "recordingId", c.origin
           from attempt a join campaign k on k.id = a.campaign_id join contact c on c.id = a.contact_id
             left join app_user u on u.id = a.agent_id left join recording r on r.attempt_id = a.id
           where a.id = $1 and a.agent_id is not null and a.connected_at is not null and coalesce(a.ended_at, a.outcome_at) is not null`,
    values: [attemptId],
  });
  const [row] = rows;
  if (row === undefined) return null;
  const none = { fields: {}, mustSayTicked: [], note: '' };
  const { fields, mustSayTicked, note } = detailShape.catch(none).parse(row.detail ?? {});
  const { connectedAt, endedAt, talkMs, detail: _, origin: __, ...same } = row;
  const selfCheck = selfCheckShape.safeParse(fields.selfCheck);
  const origin = originShape.safeParse(row.origin);
  return {
    ...same,
    attemptId,
    connectedAt: connectedAt.getTime(),
    endedAt: endedAt.getTime(),
    talkMs: talkMs ?? endedAt.getTime() - connectedAt.getTime(),
    detail: row.disposition === null ? {} : { kind: row.disposition, ...fields },
    selfCheck: selfCheck.success ? selfCheck.data : null,
    mustSayTicked,
    note,
    origin: origin.success ? origin.data : null,
  };
}

export async function recordingFacts(
  { client }: Pick<Database, 'client'>,
  recordingId: string,
): Promise<RecordingFacts | null> {
  const row = await client.recording.findUnique({ where: { id: recordingId } });
  if (row === null) return null;
  return {
    recordingId: row.id,
    attemptId: row.attemptId,
    campaignId: row.campaignId,
    agentId: row.agentId,
    state: row.state,
    talkStartedAt: row.talkStartedAt.getTime(),
    talkMs: row.talkMs,
    durationMs: row.durationMs,
    sha256: row.sha256,
    agentTalkShare: row.agentTalkShare,
    storedAt: row.storedAt?.getTime() ?? null,
  };
}

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
  'complaint-told',
] as const satisfies readonly HandoffToQuality['topic'][];
type Topic = HandoffToQuality['topic'];

export function isToQuality(topic: string): topic is Topic {
  return topics.some((known) => known === topic);
}

const ofAttempt = z.object({ attemptId: z.guid() });
const ofRecording = z.object({ recordingId: z.guid() });

type Deps = { database: Pick<Database, 'client'>; quality: Pick<QualityApi, 'intake'> };

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
  const facts = await conversationFacts(deps.database, ofAttempt.parse(payload).attemptId);
  if (facts === null) return;
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

/** Null unless an agent talked to the customer. */
export async function conversationFacts(
  { client }: Pick<Database, 'client'>,
  attemptId: string,
): Promise<ConversationFacts | null> {
  const attempt = await client.attempt.findUnique({
    where: { id: attemptId },
    include: { recording: true, contact: { select: { origin: true } } },
  });
  if (attempt === null || attempt.agentId === null || attempt.connectedAt === null || attempt.endedAt === null)
    return null;
  const [campaign, agent] = await Promise.all([
    client.campaign.findUniqueOrThrow({
      where: { id: attempt.campaignId },
      select: { purpose: true, demo: true },
    }),
    client.user.findUnique({ where: { id: attempt.agentId }, select: { teamId: true } }),
  ]);
  const { fields, mustSayTicked, note } = detailShape
    .catch({ fields: {}, mustSayTicked: [], note: '' })
    .parse(attempt.outcomeDetail ?? {});
  const selfCheck = selfCheckShape.safeParse(fields.selfCheck);
  const origin = originShape.safeParse(attempt.contact.origin);
  return {
    attemptId: attempt.id,
    campaignId: attempt.campaignId,
    contactId: attempt.contactId,
    agentId: attempt.agentId,
    teamId: agent?.teamId ?? null,
    purpose: campaign.purpose,
    settingsVersion: attempt.settingsVersion,
    scriptVersionId: attempt.scriptVersionId,
    number: attempt.number,
    connectedAt: attempt.connectedAt.getTime(),
    endedAt: attempt.endedAt.getTime(),
    talkMs: attempt.recording?.talkMs ?? attempt.endedAt.getTime() - attempt.connectedAt.getTime(),
    disposition: attempt.disposition,
    detail: attempt.disposition === null ? {} : { kind: attempt.disposition, ...fields },
    selfCheck: selfCheck.success ? selfCheck.data : null,
    mustSayTicked,
    note,
    recordingId: attempt.recording?.id ?? null,
    origin: origin.success ? origin.data : null,
    demo: campaign.demo,
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
    storedAt: row.storedAt?.getTime() ?? null,
  };
}

/** Quality's wishes, carried out by the dialler. */
import { z } from 'zod';
import type { Dialer } from '../../dialer/index.ts';
import type { HandoffToDialer } from '../contract/quality.ts';
import type { HandoffRow } from '../handoffs.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';

const topics = [
  'task-call-wanted',
  'task-call-withdrawn',
  'text-wanted',
  'selling-changed',
  'number-blocked',
  'recording-held',
] as const satisfies readonly HandoffToDialer['topic'][];

export function isToDialer(topic: string): topic is HandoffToDialer['topic'] {
  return topics.some((known) => known === topic);
}

const id = z.guid();
const wish: z.ZodType<HandoffToDialer> = z.discriminatedUnion('topic', [
  z.object({
    topic: z.literal('task-call-wanted'),
    origin: z.object({
      kind: z.enum(['corrective', 'verification', 'confirmation', 'return-call', 'offer-answer']),
      id,
    }),
    attemptId: id,
    agentId: id.nullable(),
    notBefore: z.number(),
    deadlineAt: z.number(),
  }),
  z.object({ topic: z.literal('task-call-withdrawn'), origin: z.object({ kind: z.string(), id: z.string() }) }),
  z.object({
    topic: z.literal('text-wanted'),
    origin: z.object({ kind: z.enum(['terms', 'notice']), id }),
    attemptId: id,
    sendUntil: z.number(),
  }),
  z.object({ topic: z.literal('selling-changed'), agentId: id, maySell: z.boolean() }),
  z.object({
    topic: z.literal('number-blocked'),
    attemptId: id.nullable(),
    number: z.string().nullable(),
    scope: z.enum(['all', 'product-line', 'campaign']),
    scopeId: z.string().nullable(),
    reason: z.enum(['opt-out', 'complaint', 'regulator', 'client', 'other']),
    source: z.string(),
    evidence: z.record(z.string(), z.string()),
    endsAt: z.number().nullable(),
    by: id.nullable(),
  }),
  z.object({ topic: z.literal('recording-held'), recordingId: id, change: z.union([z.literal(1), z.literal(-1)]) }),
]);

type Deps = {
  database: Pick<Database, 'client'>;
  dialer: Pick<Dialer, 'tasks' | 'texts' | 'setMaySell' | 'holdRecording' | 'blacklist'>;
  clock: Clock;
};

export async function deliverToDialer(deps: Deps, row: HandoffRow): Promise<void> {
  const { dialer } = deps;
  const payload = typeof row.payload === 'object' && row.payload !== null ? row.payload : {};
  const wanted = wish.parse({ ...payload, topic: row.topic });
  switch (wanted.topic) {
    case 'task-call-wanted': {
      const { topic: _, ...task } = wanted;
      await dialer.tasks.request(task);
      return;
    }
    case 'task-call-withdrawn':
      return dialer.tasks.withdraw(wanted.origin);
    case 'text-wanted': {
      const { topic: _, ...text } = wanted;
      return dialer.texts.request(text);
    }
    case 'selling-changed':
      return dialer.setMaySell(wanted.agentId, wanted.maySell);
    case 'number-blocked':
      return block(deps, String(row.id), wanted);
    case 'recording-held':
      return hold(deps, row.id, wanted);
  }
}

/** The evidence names the handoff, so that a second delivery finds the first one's entry. */
async function block(
  { database: { client }, dialer }: Deps,
  handoff: string,
  wanted: Extract<HandoffToDialer, { topic: 'number-blocked' }>,
): Promise<void> {
  const { attemptId, evidence, by, topic: _, ...entry } = wanted;
  const attempt = attemptId === null ? null : await client.attempt.findUnique({ where: { id: attemptId } });
  const number = wanted.number ?? attempt?.number;
  if (number === undefined) throw new Error('A number to block is named neither itself nor by a call.');
  const there = await client.blacklistEntry.count({
    where: { number: attempt?.number ?? number, evidence: { path: ['handoff'], equals: handoff } },
  });
  if (there > 0) return;
  await dialer.blacklist.add({ ...entry, number, evidence: { ...evidence, handoff }, by: { userId: by } });
}

/**
 * Counting is not idempotent. A hold is counted twice rather than not at all (a recording kept too long), a release not at all
 * rather than twice (a recording erased under an open case): so a release is marked before it is done.
 */
async function hold(
  { database: { client }, dialer, clock }: Deps,
  id: bigint,
  { recordingId, change }: { recordingId: string; change: 1 | -1 },
): Promise<void> {
  if (change === -1) await client.handoff.update({ where: { id }, data: { deliveredAt: new Date(clock.now()) } });
  await dialer.holdRecording(recordingId, change);
}

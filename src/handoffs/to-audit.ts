/** What happened on the floor, for the log of who did what: told with the change itself, so that no crash conceals it. */
import { z } from 'zod';
import type { HandoffToAudit } from '../../dialer/index.ts';
import type { HandoffRow } from '../handoffs.ts';
import type { AuditLog, AuditRecord } from '../platform/audit.ts';
import type { Database } from '../platform/database.ts';

const topics = ['listening-mode', 'call-taken-over', 'listening-over'] as const satisfies HandoffToAudit['topic'][];

export const isToAudit = (topic: string): topic is HandoffToAudit['topic'] => topics.some((one) => one === topic);

const ofListening = z.object({ listeningId: z.guid() });
const ofMode = ofListening.extend({ mode: z.string() });
const ofTakeOver = z.object({ attemptId: z.guid(), agentId: z.guid(), by: z.guid(), legId: z.string() });

type Deps = { database: Pick<Database, 'client'>; audit: Pick<AuditLog, 'append'> };
type Note = Pick<AuditRecord, 'actorId' | 'action' | 'subjectId'> & { at: Date; detail: Record<string, unknown> };

/** Delivered twice, it is logged once: the row's own number is part of the entry. */
export async function deliverToAudit(deps: Deps, { id, topic, payload }: HandoffRow): Promise<void> {
  const { client } = deps.database;
  const row = await client.handoff.findUnique({ where: { id }, select: { createdAt: true } });
  const note = row === null ? null : await noteOf(deps, topic, payload, row.createdAt);
  if (note === null) return;
  const { action, subjectId, actorId } = note;
  const told = String(id);
  const known = await client.auditEntry.count({
    where: { action, subjectId, detail: { path: ['told'], equals: told } },
  });
  if (known > 0) return;
  const detail = { ...note.detail, told };
  await deps.audit.append({ at: note.at.getTime(), actorId, action, subjectType: 'user', subjectId, detail });
}

async function noteOf({ database: { client } }: Deps, topic: string, payload: unknown, at: Date): Promise<Note | null> {
  if (topic === 'call-taken-over') {
    const { attemptId, agentId, by, legId } = ofTakeOver.parse(payload);
    const listening = await client.listening.findFirst({ where: { legId }, select: { id: true } });
    const detail = { mode: 'taken-over', listeningId: listening?.id ?? null, attemptId };
    return { at, actorId: by, action: 'call-taken-over', subjectId: agentId, detail };
  }
  const { listeningId } = ofListening.parse(payload);
  const row = await client.listening.findUnique({ where: { id: listeningId } });
  if (row === null) return null;
  const who = { actorId: row.supervisorId, subjectId: row.agentId };
  if (topic === 'listening-mode') {
    const { mode } = ofMode.parse(payload);
    return { ...who, at, action: 'call-listened', detail: { mode, listeningId } };
  }
  // Over, whoever hung up: the supervisor, the agent's line, the carrier.
  if (row.endedAt === null) return null;
  const takenOver = row.takenAttemptId !== null;
  const joinedAt = row.joinedAt?.getTime() ?? null;
  return {
    ...who,
    at: row.endedAt,
    action: takenOver ? 'take-over-ended' : 'listening-ended',
    detail: { listeningId, mode: row.mode, joinedAt, ...(takenOver ? { attemptId: row.takenAttemptId } : {}) },
  };
}

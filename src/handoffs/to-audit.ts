/** What happened on the floor without a request of anybody's, for the log of who did what. */
import { z } from 'zod';
import type { HandoffToAudit } from '../../dialer/index.ts';
import type { HandoffRow } from '../handoffs.ts';
import type { AuditLog } from '../platform/audit.ts';
import type { Database } from '../platform/database.ts';

export const isToAudit = (topic: string): topic is HandoffToAudit['topic'] => topic === 'listening-over';

const ofListening = z.object({ listeningId: z.guid() });

type Deps = { database: Pick<Database, 'client'>; audit: Pick<AuditLog, 'append'> };

/** A listening is over, whoever hung up: the supervisor, the agent's line, the carrier. Delivered twice, it is logged once. */
export async function deliverToAudit({ database: { client }, audit }: Deps, { payload }: HandoffRow): Promise<void> {
  const { listeningId } = ofListening.parse(payload);
  const row = await client.listening.findUnique({ where: { id: listeningId } });
  if (row?.endedAt == null) return;
  const takenOver = row.takenAttemptId !== null;
  const action = takenOver ? 'take-over-ended' : 'listening-ended';
  const known = await client.auditEntry.count({
    where: { action, subjectId: row.agentId, detail: { path: ['listeningId'], equals: listeningId } },
  });
  if (known > 0) return;
  await audit.append({
    at: row.endedAt.getTime(),
    actorId: row.supervisorId,
    action,
    subjectType: 'user',
    subjectId: row.agentId,
    detail: {
      listeningId,
      mode: row.mode,
      joinedAt: row.joinedAt?.getTime() ?? null,
      ...(takenOver ? { attemptId: row.takenAttemptId } : {}),
    },
  });
}

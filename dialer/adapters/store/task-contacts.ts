import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { TaskContacts } from '../../ports/reading.ts';

/** Above every list contact and below nothing: what quality asked for is dialled first. */
const TASK_PRIORITY = 100;

/** Contacts that quality asks for, as copies of the customer who was called. One for each origin, kept so by a lock on it. */
export function createTaskContacts(prisma: PrismaClient): TaskContacts {
  const named = (origin: { kind: string; id: string }): string => JSON.stringify({ kind: origin.kind, id: origin.id });
  return {
    create: ({ origin, attemptId, agentId, notBefore, deadlineAt, now }) =>
      prisma.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${`task:${origin.kind}:${origin.id}`}, 0))`;
        const [known] = await tx.$queryRaw<{ id: string; campaign_id: string }[]>`
          SELECT id, campaign_id FROM contact WHERE origin @> ${named(origin)}::jsonb LIMIT 1`;
        if (known !== undefined) return { contactId: known.id, campaignId: known.campaign_id };
        const [made] = await tx.$queryRaw<{ id: string; campaign_id: string }[]>`
          WITH made AS (
            INSERT INTO contact (campaign_id, list_id, line, name, time_zone, region, attributes, state, due_at, priority,
              agent_id, needs_agent, deadline_at, origin)
            SELECT c.campaign_id, c.list_id, c.line, c.name, c.time_zone, c.region, c.attributes, 'waiting',
              ${new Date(Math.max(notBefore, now))}, ${TASK_PRIORITY}, ${agentId}::uuid, true, ${new Date(deadlineAt)}, ${named(origin)}::jsonb
            FROM attempt a JOIN contact c ON c.id = a.contact_id WHERE a.id = ${attemptId}::uuid
            RETURNING id, campaign_id
          ), numbers AS (
            INSERT INTO contact_number (contact_id, position, number)
            SELECT made.id, 0, a.number FROM made, attempt a WHERE a.id = ${attemptId}::uuid
          )
          SELECT id, campaign_id FROM made`;
        return made === undefined ? null : { contactId: made.id, campaignId: made.campaign_id };
      }),

    async withdraw(origin, _now) {
      const [row] = await prisma.$queryRaw<{ campaign_id: string }[]>`
        UPDATE contact SET state = 'finished', reason = 'withdrawn' WHERE origin @> ${named(origin)}::jsonb AND state = 'waiting'
        RETURNING campaign_id`;
      return row === undefined ? null : { campaignId: row.campaign_id };
    },
  };
}

import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { TaskContacts } from '../../ports/reading.ts';
import { sql } from './sql.ts';
import { unreachedOf } from './unreached.ts';

/** Above every list contact and below nothing: what quality asked for is dialled first. */
const TASK_PRIORITY = 100;

/** Contacts that quality asks for, as copies of the customer who was called. One for each origin, kept so by a lock on it. */
export function createTaskContacts(prisma: PrismaClient): TaskContacts {
  const named = (origin: { kind: string; id: string }): string => JSON.stringify({ kind: origin.kind, id: origin.id });
  return {
    create: ({ origin, attemptId, agentId, notBefore, deadlineAt, now }) =>
      prisma.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${`task:${origin.kind}:${origin.id}`}, 0))`;
        const agent = sql`(SELECT u.id FROM app_user u WHERE u.id = ${agentId}::uuid AND u.active)`;
        const due = new Date(Math.max(notBefore, now));
        const [known] = await tx.$queryRaw<{ id: string; campaign_id: string }[]>`
          WITH known AS (SELECT id, campaign_id FROM contact WHERE origin @> ${named(origin)}::jsonb LIMIT 1), given AS (
            UPDATE contact c SET agent_id = ${agent}, due_at = greatest(c.due_at, ${due}), deadline_at = ${new Date(deadlineAt)}
            FROM known WHERE c.id = known.id AND c.state = 'waiting')
          SELECT id, campaign_id FROM known`;
        if (known !== undefined) return { contactId: known.id, campaignId: known.campaign_id };
        const [made] = await tx.$queryRaw<{ id: string; campaign_id: string }[]>`
          WITH made AS (
            INSERT INTO contact (campaign_id, list_id, line, name, time_zone, region, attributes, state, due_at, priority,
              agent_id, needs_agent, deadline_at, origin)
            SELECT c.campaign_id, c.list_id, c.line, c.name, c.time_zone, c.region, c.attributes, 'waiting',
              ${due}, ${TASK_PRIORITY}, ${agent}, true, ${new Date(deadlineAt)}, ${named(origin)}::jsonb
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

    async endOverdue(now, limit) {
      const rows = await prisma.$queryRaw<{ campaign_id: string }[]>`
        WITH late AS (
          SELECT id FROM contact WHERE origin IS NOT NULL AND state = 'waiting' AND deadline_at <= ${new Date(now)}
          ORDER BY deadline_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ), done AS (
          UPDATE contact c SET state = 'finished', reason = 'deadline-passed' FROM late WHERE c.id = late.id
          RETURNING c.campaign_id, c.state, c.origin, c.last_outcome
        ), told AS (INSERT INTO handoff (topic, payload, created_at) ${unreachedOf(sql`done`, now)})
        SELECT DISTINCT campaign_id FROM done`;
      return rows.map(({ campaign_id }) => campaign_id);
    },

    async freeFromAgents(anybodysUntil) {
      const rows = await prisma.$queryRaw<{ campaign_id: string }[]>`
        WITH free AS (
          UPDATE contact c SET agent_id = NULL, needs_agent = true
          FROM app_user u LEFT JOIN agent_desk d ON d.user_id = u.id
          WHERE u.id = c.agent_id AND c.state = 'waiting'
            AND (NOT u.active OR (c.origin IS NULL AND NOT d.may_sell) OR (c.origin IS NOT NULL AND c.deadline_at <= ${new Date(anybodysUntil)}))
          RETURNING c.campaign_id)
        SELECT DISTINCT campaign_id FROM free`;
      return rows.map(({ campaign_id }) => campaign_id);
    },
  };
}

/** Whom the due calls of a campaign want. */
import type { PacingStore } from '../../ports.ts';
import type { Db } from './sql.ts';

export async function reservedWork(
  db: Db,
  campaignId: string,
  now: number,
  limit: number,
): Promise<Awaited<ReturnType<PacingStore['reservedWork']>>> {
  const rows = await db.$queryRaw<{ agent_id: string | null }[]>`
    SELECT agent_id FROM (
      -- Of each who is ready the next: thousands that are bound to somebody who is away do not stand in the others' way.
      SELECT own.* FROM agent_desk d CROSS JOIN LATERAL (
        SELECT c.agent_id, c.priority, c.due_at FROM contact c
        WHERE c.agent_id = d.user_id AND c.campaign_id = ${campaignId}::uuid AND c.state = 'waiting'
          AND c.due_at <= ${new Date(now)} AND (c.origin IS NOT NULL OR d.may_sell)
        ORDER BY c.priority DESC, c.due_at LIMIT 1) AS own
      WHERE d.campaign_id = ${campaignId}::uuid AND d.activity = 'ready'
      UNION ALL
      (SELECT c.agent_id, c.priority, c.due_at FROM contact c
       WHERE c.campaign_id = ${campaignId}::uuid AND c.state = 'waiting' AND c.due_at <= ${new Date(now)}
         AND c.agent_id IS NULL AND (c.needs_agent OR c.locked_until > ${new Date(now)})
       ORDER BY c.priority DESC, c.due_at LIMIT ${limit})) AS due
    ORDER BY priority DESC, due_at LIMIT ${limit}`;
  return rows.map((row) => ({ agentId: row.agent_id }));
}

/** What is read before a customer is given to somebody else, in PostgreSQL. */
import type { Transfers } from '../../ports/transfers.ts';
import { blacklistFacts } from './dial-facts.ts';
import type { Db } from './sql.ts';

export function createTransfers(db: Db): Transfers {
  return {
    async freeColleagues(campaignId, userId) {
      const rows = await db.$queryRaw<
        { user_id: string; display_name: string; team_id: string | null; team: string | null }[]
      >`
        SELECT d.user_id, u.display_name, d.team_id, t.name AS team
        FROM agent_desk d JOIN app_user u ON u.id = d.user_id LEFT JOIN team t ON t.id = d.team_id
        WHERE d.campaign_id = ${campaignId}::uuid AND d.presence = 'signed-in' AND d.activity = 'ready' AND d.leg_state = 'joined'
          AND d.may_sell AND d.next_presence IS NULL AND d.user_id <> ${userId}::uuid
        ORDER BY d.rest_since, d.user_id LIMIT 500`;
      return rows.map((row) => ({
        userId: row.user_id,
        name: row.display_name,
        teamId: row.team_id,
        teamName: row.team,
      }));
    },

    async numberFacts(campaignId, number) {
      const [[found], blacklist] = await Promise.all([
        db.$queryRaw<{ line: string; live: boolean; ours: boolean }[]>`
          SELECT p.line,
            EXISTS (SELECT 1 FROM attempt a WHERE a.live AND (a.number = ${number} OR a.transfer->>'number' = ${number})) AS live,
            EXISTS (SELECT 1 FROM caller_id n WHERE n.number = ${number}) AS ours
          FROM campaign c JOIN product p ON p.id = c.product_id WHERE c.id = ${campaignId}::uuid`,
        blacklistFacts(db, [number]),
      ]);
      return {
        scope: { campaignId, productLine: found?.line ?? '' },
        blacklist,
        inLiveCall: found?.live ?? true,
        isOurs: found?.ours ?? false,
      };
    },
  };
}

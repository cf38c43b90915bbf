/** Pairs of blind judgements of the same recordings, for agreement. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { agreementByCriterion } from '../../rules/agreement-by-criterion.ts';
import { ownedRows } from './scope.ts';

export function agreementReads(client: PrismaClient) {
  return async (
    viewer: Viewer,
    { from, to, campaignId }: { from?: number | undefined; to?: number | undefined; campaignId?: string | undefined },
  ) => {
    const parts = [
      ownedRows(viewer),
      Prisma.sql`r.kind = 'overlap' and r.scored_at is not null and p.scored_at is not null`,
    ];
    if (from !== undefined) parts.push(Prisma.sql`r.scored_at >= ${new Date(from)}`);
    if (to !== undefined) parts.push(Prisma.sql`r.scored_at < ${new Date(to)}`);
    if (campaignId !== undefined) parts.push(Prisma.sql`r.campaign_id = ${campaignId}::uuid`);
    // Each judge's own first word counts: what disputes and corrections made of it later says nothing about agreement.
    const rows = await client.$queryRaw<{ at: Date; first: string[]; second: string[] }[]>`
      select r.scored_at as at, array(select jsonb_array_elements_text(p.life -> 'scores' -> 0 -> 'verdict' -> 'failedCriteria')) as first,
             array(select jsonb_array_elements_text(r.life -> 'scores' -> 0 -> 'verdict' -> 'failedCriteria')) as second
        from qa_inspection r join qa_inspection p on p.id = r.pair_id where ${Prisma.join(parts, ' and ')} order by r.scored_at`;
    return {
      ...agreementByCriterion(rows),
      firstAt: rows[0]?.at.getTime() ?? null,
      lastAt: rows.at(-1)?.at.getTime() ?? null,
    };
  };
}

/** Pairs of blind judgements of the same recordings, for agreement. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { agreementOf, type RatedPair } from '../../rules/agreement.ts';
import { FATAL_CRITERIA } from '../../rules/form.ts';
import { ownedRows } from './scope.ts';

type Verdict = 'pass' | 'fail';

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
    const rows = await client.$queryRaw<{ first: string[]; second: string[] }[]>`
      select array(select jsonb_array_elements_text(p.life -> 'scores' -> 0 -> 'verdict' -> 'failedCriteria')) as first,
             array(select jsonb_array_elements_text(r.life -> 'scores' -> 0 -> 'verdict' -> 'failedCriteria')) as second
        from qa_inspection r join qa_inspection p on p.id = r.pair_id where ${Prisma.join(parts, ' and ')}`;
    const pairs = (fails: (criteria: string[]) => boolean): RatedPair<Verdict>[] =>
      rows.map(({ first, second }) => ({
        first: fails(first) ? 'fail' : 'pass',
        second: fails(second) ? 'fail' : 'pass',
      }));
    const overall = pairs((criteria) => criteria.length > 0);
    const { pairs: n, percent, kappa, ac1, onFailures, failures } = agreementOf(overall, ['pass', 'fail'], 'fail');
    const both = overall.filter(({ first, second }) => first === 'fail' && second === 'fail').length;
    return {
      pairs: n,
      percent,
      kappa,
      ac1,
      onFailures: {
        numerator: 2 * both,
        denominator: both + failures,
        value: onFailures,
        low: null,
        high: null,
        n: failures,
      },
      byCriterion: FATAL_CRITERIA.map((criterion) => {
        const own = agreementOf(
          pairs((criteria) => criteria.includes(criterion)),
          ['pass', 'fail'],
          'fail',
        );
        return { criterion, pairs: own.pairs, percent: own.percent, kappa: own.kappa, ac1: own.ac1 };
      }),
    };
  };
}

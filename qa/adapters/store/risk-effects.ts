import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { Clock } from '../../ports/surroundings.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { type FactorEffect, factorEffects } from '../../rules/risk-effect.ts';
import { findingsHidden } from './blind-rows.ts';
import { ownedRows } from './scope.ts';

/** As long back as judged re-checks are compared. */
const overMs = 90 * 86_400_000;

/** Judged re-checks within the reader's sight, by what had raised their risk. What was found of a call that is still to be judged blind is left out. */
export function riskEffects(client: PrismaClient, clock: Clock) {
  return async (viewer: Viewer): Promise<{ judged: number; effects: FactorEffect[] }> => {
    const judged = Prisma.sql`
      select r.id, r.qualified, r.risk from qa_inspection r
       where r.kind = 'recheck' and r.qualified is not null and r.risk is not null and r.scored_at >= ${new Date(clock.now() - overMs)}
         and ${ownedRows(viewer)} and not ${findingsHidden(viewer, Prisma.sql`r.attempt_id`)}`;
    const rows = await client.$queryRaw<{ factor: string | null; faulty: number; good: number }[]>`
      with judged as (${judged})
      select null as factor, (count(*) filter (where not qualified))::int as faulty, (count(*) filter (where qualified))::int as good from judged
      union all
      select f ->> 'code', (count(*) filter (where not qualified))::int, (count(*) filter (where qualified))::int
        from judged cross join lateral jsonb_array_elements(risk -> 'raisedBy') f group by 1`;
    const all = rows.find(({ factor }) => factor === null) ?? { faulty: 0, good: 0 };
    const counts = rows.flatMap(({ factor, ...count }) => (factor === null ? [] : [{ factor, ...count }]));
    return { judged: all.faulty + all.good, effects: factorEffects(all, counts) };
  };
}

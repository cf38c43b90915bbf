/** Levels of inspection in PostgreSQL. */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { LevelReads, LevelTable } from '../../ports/level-store.ts';
import { FATAL_CRITERIA } from '../../rules/form.ts';
import { NORMAL, type Tightening } from '../../rules/tightening.ts';
import type { Tx } from './inspections.ts';

const lot = z.object({ lotId: z.string(), accepted: z.boolean(), evidence: z.array(z.string()) });
export const tightening = z.object({
  level: z.enum(['normal', 'tightened', 'suspended']),
  step: z.number(),
  recent: z.array(lot),
  acceptedInARow: z.number(),
  rejected: z.number(),
  coachingClosed: z.boolean(),
  counted: z.array(z.string()),
}) satisfies z.ZodType<Tightening>;

export function levelTable(tx: Tx): LevelTable {
  return {
    async lock(agentId, now) {
      await tx.$executeRaw`
        insert into qa_inspection_level (agent_id, level, since, why, life)
        values (${agentId}::uuid, 'normal', ${new Date(now)}, '', ${JSON.stringify(NORMAL)}::jsonb) on conflict do nothing`;
      const [row] = await tx.$queryRaw<
        { life: unknown }[]
      >`select life from qa_inspection_level where agent_id = ${agentId}::uuid for update`;
      return tightening.parse(row?.life);
    },

    async save({ agentId, state, happened, by, now }) {
      const last = happened.at(-1);
      await tx.$executeRaw`
        update qa_inspection_level set level = ${state.level}, life = ${JSON.stringify(state)}::jsonb, version = version + 1,
               since = case when ${last === undefined} then since else ${new Date(now)} end,
               why = coalesce(${last?.cause ?? null}, why)
         where agent_id = ${agentId}::uuid`;
      for (const { to, cause, evidence } of happened) {
        await tx.levelEvent.create({
          data: {
            agentId,
            at: new Date(now),
            kind: 'changed',
            level: to.level,
            why: cause,
            by,
            evidence: [...evidence],
          },
        });
      }
    },

    async lotOf(inspectionId) {
      const [row] = await tx.$queryRaw<
        { draw_id: string; undone: number; unqualified: string[] | null; fatal: string[] | null }[]
      >`
        select i.draw_id, count(*) filter (where o.scored_at is null)::int as undone,
               array_agg(o.id::text) filter (where o.qualified = false) as unqualified,
               array_agg(o.id::text) filter (where o.qualified = false and o.failed && ${[...FATAL_CRITERIA]}) as fatal
          from qa_inspection i join qa_draw d on d.id = i.draw_id and d.kind = 'daily'
          join qa_inspection o on o.draw_id = i.draw_id and o.agent_id = i.agent_id
         where i.id = ${inspectionId}::uuid group by i.draw_id`;
      return row === undefined
        ? null
        : { lotId: row.draw_id, undone: row.undone, unqualified: row.unqualified ?? [], fatal: row.fatal ?? [] };
    },
  };
}

export function levelReads(client: PrismaClient): LevelReads {
  return {
    async raised(centreId) {
      const rows = await client.$queryRaw<{ agent_id: string; life: unknown }[]>`
        select l.agent_id, l.life from qa_inspection_level l join app_user u on u.id = l.agent_id
         where u.centre_id = ${centreId}::uuid and l.level <> 'normal'`;
      return rows.map(({ agent_id, life }) => ({ agentId: agent_id, state: tightening.parse(life) }));
    },
  };
}

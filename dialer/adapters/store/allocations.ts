/** Allocations in PostgreSQL: contacts bound to their agents and the signature for it, in one transaction. */
import { z } from 'zod';
import type { Allocation as Row, Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import type { AllocationStore, ExtractedContact, Signature } from '../../ports/allocations.ts';
import { type Allocation, allocationWays } from '../../rules/segments/allocate.ts';
import { extractionRow } from './extractions.ts';
import { empty, type Sql, sql } from './sql.ts';

const shares = z.array(z.object({ agentId: z.string(), contacts: z.number() }));
const long = { timeout: 120_000, maxWait: 30_000 };
type Tx = Pick<Prisma.TransactionClient, '$queryRaw'>;

const signatureOf = (row: Row): Signature => ({
  ...{ number: row.number, nobody: row.nobody, reason: row.reason, at: row.signedAt.getTime(), by: row.signedBy },
  way: z.enum(allocationWays).parse(row.way),
  shares: shares.parse(row.shares),
});

/** `held`: locks them, so that nobody dials one that is being divided. Bound by something else since, an appointment or an abandoned call, it is not moved. */
async function contacts(db: Tx, extractionId: string, held: Sql = empty): Promise<ExtractedContact[]> {
  const rows = await db.$queryRaw<{ id: string; region: string; agent_id: string | null; open: boolean }[]>`
    select c.id, c.region, e.agent_id,
           c.state = 'waiting' and not c.needs_agent and c.locked_until is null and c.agent_id is not distinct from e.agent_id as open
      from extracted_customer e join contact c on c.id = e.contact_id
     where e.extraction_id = ${extractionId}::uuid order by c.id ${held}`;
  return rows.map(({ id, region, agent_id, open }) => ({ contactId: id, region, agentId: agent_id, open }));
}

const sharesOf = ({ agents }: Allocation): Signature['shares'] => {
  const counts = new Map<string, number>();
  for (const agentId of agents.values()) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
  return [...counts].map(([agentId, contacts]) => ({ agentId, contacts }));
};

export function allocationStore(prisma: PrismaClient): AllocationStore {
  return {
    async extraction(id) {
      const row = await prisma.extraction.findUnique({ where: { id } });
      return row === null ? null : extractionRow(row);
    },
    contacts: (extractionId) => contacts(prisma, extractionId),
    async agents(teamId) {
      const people = await prisma.user.findMany({
        where: { teamId, role: 'agent', active: true },
        select: { id: true },
        orderBy: [{ displayName: 'asc' }, { id: 'asc' }],
      });
      const known = await prisma.agentSkill.findMany({ where: { userId: { in: people.map(({ id }) => id) } } });
      return people.map(({ id }) => {
        const skill = known.find(({ userId }) => userId === id);
        return { agentId: id, types: skill?.types ?? [], regions: skill?.regions ?? [] };
      });
    },
    async signatures(extractionId) {
      const rows = await prisma.allocation.findMany({ where: { extractionId }, orderBy: { number: 'desc' } });
      return rows.map(signatureOf);
    },
    sign: (extractionId, { seen, way, reason, by, now }, divide) =>
      prisma.$transaction(async (tx) => {
        await tx.$queryRaw`select id from extraction where id = ${extractionId}::uuid for update`;
        const newest = await tx.allocation.findFirst({ where: { extractionId }, orderBy: { number: 'desc' } });
        if ((newest?.number ?? 0) !== seen) return null;
        const open = (await contacts(tx, extractionId, sql`for update of c`)).filter((contact) => contact.open);
        const divided = divide(open);
        const moves = open.map(({ contactId }) => ({ contactId, agentId: divided.agents.get(contactId) ?? null }));
        await tx.$executeRaw`
          with move as (select * from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as t ("contactId" uuid, "agentId" uuid)),
          moved as (
            update contact c set agent_id = move."agentId" from move
             where c.id = move."contactId" returning c.id, c.agent_id)
          update extracted_customer e set agent_id = moved.agent_id from moved where e.contact_id = moved.id`;
        const made = { extractionId, number: seen + 1, way, reason, signedBy: by, signedAt: new Date(now) };
        return signatureOf(
          await tx.allocation.create({ data: { ...made, shares: sharesOf(divided), nobody: divided.nobody } }),
        );
      }, long),
    async setSkills(userId, { types, regions }, by, now) {
      const data = { types: [...types], regions: [...regions], changedAt: new Date(now), changedBy: by };
      await prisma.agentSkill.upsert({ where: { userId }, update: data, create: { userId, ...data } });
    },
  };
}

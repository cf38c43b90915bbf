/** The calls that offers are given in, and the sales made with them. */
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { OfferUses, UseCount } from '../../ports/offer-store.ts';
import { offerTerms } from '../../rules/offer/terms.ts';
import { offerState } from './offers.ts';
import { soldOffers } from './sold-offers.ts';
import type { Sql } from './sql.ts';

const attributes = z.record(z.string(), z.string()).catch({});

type Asker = {
  campaignId: string;
  contactId: string;
  teamId: string | null;
  level: string;
  attributes: unknown;
  timeZone: string;
  connectedAt: Date | null;
  over: boolean;
  saleAttemptId: string | null;
  originId: string | null;
};

export function offerUses(client: PrismaClient): OfferUses {
  return {
    async asker(agentId, attemptId) {
      const [row] = await client.$queryRaw<Asker[]>`
        select a.campaign_id "campaignId", a.contact_id "contactId", u.team_id "teamId", coalesce(l.level, 'normal') as level, c.attributes,
               z.time_zone "timeZone", a.connected_at "connectedAt", a.outcome_at is not null as over, s.attempt_id "saleAttemptId",
               c.origin ->> 'id' "originId"
          from attempt a join contact c on c.id = a.contact_id join campaign k on k.id = a.campaign_id join centre z on z.id = k.centre_id
          join app_user u on u.id = a.agent_id left join qa_inspection_level l on l.agent_id = u.id
          left join qa_task_call t on t.id::text = c.origin ->> 'id' left join qa_sale s on s.id = t.sale_id
         where a.id = ${attemptId}::uuid and a.agent_id = ${agentId}::uuid`;
      if (row === undefined) return null;
      return {
        ...row,
        attributes: attributes.parse(row.attributes),
        connectedAt: row.connectedAt?.getTime() ?? null,
      };
    },

    used: (count, of) => usedOf(client, count, of),
    sold: (attemptIds) => soldOffers(client, attemptIds),

    async keep(use, campaignId, since, allow) {
      const { attemptId, offerId, version, agentId, at } = use;
      await client.$transaction(async (tx) => {
        await tx.$queryRaw`select 1 from qa_offer where id = ${offerId}::uuid for update`;
        const [told] = await tx.$queryRaw<{ state: string; terms: unknown; replaced: Date | null }[]>`
          select v.state, v.terms, n.changed_at as replaced from qa_offer o join qa_offer_version v on v.offer_id = o.id
            left join qa_offer_version n on n.offer_id = o.id and n.version = v.version + 1
           where o.id = ${offerId}::uuid and o.campaign_id = ${campaignId}::uuid and v.version = ${version}`;
        if (told === undefined) {
          allow(null);
          return;
        }
        const terms = offerTerms.parse(told.terms);
        const { limit } = terms;
        const used = limit === null ? 0 : await usedOf(tx, { offerId, limit, since: since(limit) }, use);
        const exceptionId = allow({
          terms,
          used,
          state: offerState.parse(told.state),
          replacedAt: told.replaced?.getTime() ?? null,
        });
        const same = { offerId, version, agentId, at: new Date(at), exceptionId };
        await tx.offerUse.upsert({ where: { attemptId }, create: { attemptId, ...same }, update: same });
      });
    },

    async forget(agentId, attemptId) {
      await client.$executeRaw`
        delete from qa_offer_use u using attempt a
         where u.attempt_id = ${attemptId}::uuid and a.id = u.attempt_id and a.agent_id = ${agentId}::uuid and a.outcome_at is null`;
    },
  };
}

/** Sales, and calls whose outcome is being saved. */
async function usedOf(sql: Sql, count: UseCount, of: { agentId: string; attemptId: string }): Promise<number> {
  const { offerId, limit, since } = count;
  const [row] = await sql.$queryRaw<{ used: number }[]>`
    select count(*)::int as used from qa_offer_use u join attempt a on a.id = u.attempt_id
     where u.offer_id = ${offerId}::uuid and u.attempt_id <> ${of.attemptId}::uuid and (a.outcome_at is null or a.disposition = 'sale')
       ${since === null ? Prisma.empty : Prisma.sql`and u.at >= ${new Date(since)}`}
       ${limit.of === 'agent' ? Prisma.sql`and u.agent_id = ${of.agentId}::uuid` : Prisma.empty}`;
  return row?.used ?? 0;
}

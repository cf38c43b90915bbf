/** Offers in PostgreSQL. A version never changes: the table refuses it. */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { OfferRecord, OfferStore, OfferWish } from '../../ports/offer-store.ts';
import { offerTerms } from '../../rules/offer/terms.ts';

export const offerState = z.enum(['offered', 'withdrawn']);
type Row = { id: string; campaignId: string; version: number; state: string; terms: unknown; createdAt: Date };

export function offerOf(row: Row): OfferRecord {
  const { id, campaignId, version, state, terms, createdAt } = row;
  return {
    ...{ id, campaignId, version, createdAt: createdAt.getTime() },
    ...{ state: offerState.parse(state), terms: offerTerms.parse(terms) },
  };
}

export function offerStore(client: PrismaClient): OfferStore {
  const versionOf = (version: number, { state, terms, by, now }: OfferWish) => ({
    ...{ version, state, terms, changedAt: new Date(now), changedBy: by },
  });
  return {
    async list(campaignId) {
      const rows = await client.offer.findMany({
        where: { campaignId },
        orderBy: [{ state: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
      });
      const sales = await client.$queryRaw<{ offer_id: string; sales: number }[]>`
        select u.offer_id, count(*)::int as sales from qa_offer_use u join attempt a on a.id = u.attempt_id
         where u.offer_id = any(${rows.map(({ id }) => id)}::uuid[]) and a.disposition = 'sale' group by 1`;
      return rows.map((row) => ({
        ...offerOf(row),
        sales: sales.find(({ offer_id }) => offer_id === row.id)?.sales ?? 0,
      }));
    },

    async one(id) {
      const row = await client.offer.findUnique({ where: { id } });
      return row === null ? null : offerOf(row);
    },

    async versions(id) {
      const rows = await client.offerVersion.findMany({ where: { offerId: id }, orderBy: { version: 'desc' } });
      return rows.map(({ version, state, terms, changedAt, changedBy }) => ({
        ...{ version, changedBy, changedAt: changedAt.getTime() },
        ...{ state: offerState.parse(state), terms: offerTerms.parse(terms) },
      }));
    },

    async teamsOf(campaignId) {
      const rows = await client.campaignTeam.findMany({ where: { campaignId }, select: { teamId: true } });
      return rows.map(({ teamId }) => teamId);
    },

    async timeZoneOf(campaignId) {
      const { centre } = await client.campaign.findUniqueOrThrow({
        where: { id: campaignId },
        select: { centre: { select: { timeZone: true } } },
      });
      return centre.timeZone;
    },

    async create(campaignId, wish) {
      const { state, terms, now } = wish;
      const { id } = await client.offer.create({
        data: { campaignId, state, terms, createdAt: new Date(now), history: { create: versionOf(1, wish) } },
      });
      return id;
    },

    async change(id, seen, wish) {
      const { state, terms } = wish;
      return client.$transaction(async (tx) => {
        const { count } = await tx.offer.updateMany({
          where: { id, version: seen },
          data: { state, terms, version: seen + 1 },
        });
        if (count > 0) await tx.offerVersion.create({ data: { offerId: id, ...versionOf(seen + 1, wish) } });
        return count > 0;
      });
    },
  };
}

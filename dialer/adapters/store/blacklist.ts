/** The blacklist in PostgreSQL. Entries take effect on loaded contacts in the same transaction that writes them. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { BlacklistStore } from '../../ports/contact-store.ts';
import { finishSql, giveBackSql } from './blocked-contacts.ts';

type Touched = { campaign_id: string };
const campaignsOf = (rows: readonly Touched[]): string[] => [...new Set(rows.map(({ campaign_id }) => campaign_id))];

export function blacklistStore(client: PrismaClient): BlacklistStore {
  return {
    async add(entry) {
      return client.$transaction(async (tx) => {
        const at = new Date(entry.now);
        const same = await tx.$queryRaw<{ id: string }[]>`
          select id from blacklist_entry
           where number = ${entry.number} and scope = ${entry.scope} and scope_id is not distinct from ${entry.scopeId}
             and removed_at is null and ends_at is null limit 1`;
        const id =
          same[0]?.id ??
          (
            await tx.blacklistEntry.create({
              data: {
                number: entry.number,
                scope: entry.scope,
                scopeId: entry.scopeId,
                reason: entry.reason,
                source: entry.source,
                evidence: entry.evidence,
                endsAt: entry.endsAt === null ? null : new Date(entry.endsAt),
                addedAt: at,
                addedBy: entry.addedBy,
              },
            })
          ).id;
        const touched = await tx.$queryRawUnsafe<Touched[]>(finishSql('select $2::text'), at, entry.number);
        return { id, campaignIds: campaignsOf(touched) };
      });
    },

    async remove(id, { by, why, now }) {
      return client.$transaction(async (tx) => {
        const at = new Date(now);
        const removed = await tx.$queryRaw<{ number: string }[]>`
          update blacklist_entry set removed_at = ${at}, removed_by = ${by}::uuid, removal = ${why}
           where id = ${id}::uuid and removed_at is null returning number`;
        const number = removed[0]?.number;
        if (number === undefined) return null;
        const touched = await tx.$queryRawUnsafe<Touched[]>(giveBackSql('select $2::text'), at, number);
        return { campaignIds: campaignsOf(touched) };
      });
    },
  };
}

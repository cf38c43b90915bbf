/** The blacklist in PostgreSQL. Entries take effect on loaded contacts in the same transaction that writes them. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { BlacklistStore } from '../../ports/contact-store.ts';
import { sql } from './sql.ts';
import { unreachedOf } from './unreached.ts';

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
        // Contacts with another usable number stay: the claim's screening passes over the blocked one. So does the call in which a
        // complaint is to be settled.
        const touched = await tx.$queryRaw<{ campaign_id: string }[]>`
          with finished as (update contact c set state = 'finished', reason = 'on-blacklist', reason_version = null
            from campaign k join product p on p.id = k.product_id
           where k.id = c.campaign_id and c.state = 'waiting'
             and (${entry.reason} <> 'complaint' or c.origin ->> 'kind' is distinct from 'return-call')
             and c.id in (select contact_id from contact_number where number = ${entry.number})
             and (${entry.scope} = 'all' or (${entry.scope} = 'campaign' and k.id::text = ${entry.scopeId})
                  or (${entry.scope} = 'product-line' and p.line = ${entry.scopeId}))
             and not exists (
               select 1 from contact_number n
                where n.contact_id = c.id and not n.dead and n.number <> ${entry.number}
                  and not exists (select 1 from blacklist_entry b
                                   where b.number = n.number and b.scope = 'all' and b.removed_at is null
                                     and (b.ends_at is null or b.ends_at > ${at})))
          returning c.campaign_id, c.state, c.origin, c.last_outcome),
          told as (insert into handoff (topic, payload, created_at) ${unreachedOf(sql`finished`, entry.now)})
          select campaign_id from finished`;
        return { id, campaignIds: [...new Set(touched.map(({ campaign_id }) => campaign_id))] };
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
        // Back to waiting (but not what quality asked for: it was told that nobody can be called); should another entry still forbid the number, the next claim says so again.
        const touched = await tx.$queryRaw<{ campaign_id: string }[]>`
          update contact set state = 'waiting', due_at = ${at}, reason = null
           where state = 'finished' and reason = 'on-blacklist' and origin is null
             and id in (select contact_id from contact_number where number = ${number}) returning campaign_id`;
        return { campaignIds: [...new Set(touched.map(({ campaign_id }) => campaign_id))] };
      });
    },
  };
}

/** The blacklist in PostgreSQL. Entries take effect on loaded contacts in the same transaction that writes them. */
import type { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import type { BlacklistStore } from '../../ports/contact-store.ts';
import { finishSql, giveBackSql } from './blocked-contacts.ts';

type Touched = { campaign_id: string };
const campaignsOf = (rows: readonly Touched[]): string[] => [...new Set(rows.map(({ campaign_id }) => campaign_id))];

export function blacklistStore(client: PrismaClient): BlacklistStore {
  return {
    async add(entry) {
      return client.$transaction(async (tx) => {
        const at = new Date(entry.now);
        const held = await covering(tx, entry);
        const made = held === null ? await insert(tx, entry, at) : null;
        // Nothing made: somebody else's entry of this moment, which the index waited for.
        const id = held ?? made ?? (await covering(tx, entry));
        if (id === null) throw new Error('An entry of the blacklist was taken back while the same one was made.');
        const touched = await tx.$queryRawUnsafe<Touched[]>(finishSql('select $2::text'), at, entry.number);
        return { id, added: made !== null, campaignIds: campaignsOf(touched) };
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

type Entry = Parameters<BlacklistStore['add']>[0];
const endOf = ({ endsAt }: Entry): Date | null => (endsAt === null ? null : new Date(endsAt));

/** An entry in force that says at least as much: as long, and not only a complaint where more is meant (see `returnsComplaint`). */
async function covering(tx: Prisma.TransactionClient, entry: Entry): Promise<string | null> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    select id from blacklist_entry
     where number = ${entry.number} and scope = ${entry.scope} and scope_id is not distinct from ${entry.scopeId}
       and removed_at is null and (ends_at is null or ends_at >= ${endOf(entry)}::timestamptz)
       and (reason <> 'complaint' or ${entry.reason} = 'complaint')
     order by added_at limit 1`;
  return found[0]?.id ?? null;
}

async function insert(tx: Prisma.TransactionClient, entry: Entry, at: Date): Promise<string | null> {
  const made = await tx.$queryRaw<{ id: string }[]>`
    insert into blacklist_entry (number, scope, scope_id, reason, source, evidence, ends_at, added_at, added_by)
    values (${entry.number}, ${entry.scope}, ${entry.scopeId}, ${entry.reason}, ${entry.source}, ${JSON.stringify(entry.evidence)}::jsonb,
            ${endOf(entry)}::timestamptz, ${at}, ${entry.addedBy}::uuid)
    on conflict do nothing returning id`;
  return made[0]?.id ?? null;
}

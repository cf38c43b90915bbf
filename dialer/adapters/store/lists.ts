/** Contact lists in PostgreSQL. A list's contacts count for nothing until the list is `ready`. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { DialerError } from '../../errors.ts';
import type { ListStore } from '../../ports/contact-store.ts';
import { blacklistFacts } from './dial-facts.ts';

/** A list may have millions of contacts. */
const clearing = { timeout: 120_000, maxWait: 30_000 };

export function listStore(client: PrismaClient): ListStore {
  return {
    async begin({ campaignId, name, fileName, importedBy, now }) {
      const campaign = await client.campaign.findUnique({ where: { id: campaignId }, include: { product: true } });
      if (campaign === null)
        throw new DialerError('campaign-unknown', 'There is no such campaign.', {
          faults: [{ code: 'campaign-unknown', field: 'campaignId' }],
        });
      const list = await client.contactList.create({
        data: { campaignId, name, fileName, importedBy, state: 'importing', importedAt: new Date(now) },
      });
      const ready = await client.contactList.findMany({ where: { campaignId, state: 'ready' }, select: { id: true } });
      return {
        readyBefore: ready.map(({ id }) => id),
        listId: list.id,
        scope: { campaignId, productLine: campaign.product.line },
        demo: campaign.demo,
      };
    },

    async knownNumbers(campaignId, numbers) {
      const rows = await client.$queryRaw<{ number: string }[]>`
        select distinct n.number from contact_number n
          join contact c on c.id = n.contact_id join contact_list l on l.id = c.list_id
         where n.number = any(${[...numbers]}) and c.campaign_id = ${campaignId}::uuid and l.state = 'ready'`;
      return new Set(rows.map(({ number }) => number));
    },

    blacklisted: (numbers) => blacklistFacts(client, numbers),

    async append(listId, { contacts, faults }) {
      // JSON carries a batch of any shape in one parameter; five thousand rows a statement keep it near a megabyte.
      const rows = contacts.map(({ line, contact }) => ({ line, ...contact }));
      await client.$transaction([
        client.$executeRaw`
          with line as (
            select l.campaign_id, l.id as list_id, l.imported_at, gen_random_uuid() as id, t.*
              from contact_list l,
                   jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
                     as t (line int, name text, "timeZone" text, region text, attributes jsonb, numbers jsonb)
             where l.id = ${listId}::uuid and l.state = 'importing'),
          person as (
            insert into contact (id, campaign_id, list_id, line, name, time_zone, region, attributes, due_at)
            select id, campaign_id, list_id, line, name, "timeZone", region, attributes, imported_at from line)
          insert into contact_number (contact_id, position, number, kind)
          select line.id, n.position, n.entry ->> 'number', n.entry ->> 'kind'
            from line, jsonb_array_elements(line.numbers) with ordinality as n (entry, position)`,
        client.rejectedLine.createMany({ data: faults.map((fault) => ({ listId, ...fault })), skipDuplicates: true }),
      ]);
    },

    async finish(listId, result, readyBefore) {
      // Imports of one campaign end one after the other, so that each sees what the ones before it brought.
      return await client.$transaction(async (tx) => {
        await tx.$executeRaw`
            select pg_advisory_xact_lock(hashtextextended('contact-list ' || campaign_id::text, 0))
              from contact_list where id = ${listId}::uuid`;
        const twins = await dropTwins(tx, listId, readyBefore);
        const counts = { accepted: result.accepted - twins, rejected: result.rejected + twins };
        const { count } = await tx.contactList.updateMany({
          where: { id: listId, state: 'importing' },
          data: { ...result, ...counts, state: 'ready' },
        });
        if (count === 0)
          throw new DialerError('busy-try-again', 'The import was ended before it was through.', { retryable: true });
        return counts;
      }, clearing);
    },

    async fail(listId, { encoding, total, failure }) {
      await client.$transaction(async (tx) => {
        // A list that became ready has contacts who are called by now.
        const { count } = await tx.contactList.updateMany({
          where: { id: listId, state: 'importing' },
          data: { state: 'failed', encoding, total, accepted: 0, rejected: total, failure },
        });
        if (count === 0) return;
        await tx.$executeRaw`delete from contact_number where contact_id in (select id from contact where list_id = ${listId}::uuid)`;
        await tx.contact.deleteMany({ where: { listId } });
      }, clearing);
    },

    async failAbandoned(olderThan) {
      const left = await client.contactList.findMany({
        where: { state: 'importing', importedAt: { lt: new Date(olderThan) } },
        select: { id: true, encoding: true },
      });
      const failure = { code: 'import-interrupted', field: '', line: null };
      const ends = await Promise.allSettled(
        left.map(({ id, encoding }) => this.fail(id, { encoding, total: 0, failure })),
      );
      const broken = ends.find((end) => end.status === 'rejected');
      if (broken !== undefined) throw broken.reason;
      return left.length;
    },
  };
}

/** Rejects the contacts of a list that stand on a list which became ready since; says how many. */
async function dropTwins(
  tx: Pick<PrismaClient, '$queryRaw' | '$executeRaw'>,
  listId: string,
  readyBefore: readonly string[],
): Promise<number> {
  const newer = await tx.$queryRaw<{ id: string }[]>`
    select o.id from contact_list l join contact_list o on o.campaign_id = l.campaign_id and o.state = 'ready'
     where l.id = ${listId}::uuid and o.id <> all(${[...readyBefore]}::uuid[])`;
  if (newer.length === 0) return 0;
  const twins = await tx.$queryRaw<{ id: string }[]>`
    select distinct c.id from contact c join contact_number n on n.contact_id = c.id
      join contact_number o on o.number = n.number join contact other on other.id = o.contact_id
     where c.list_id = ${listId}::uuid and other.list_id = any(${newer.map(({ id }) => id)}::uuid[])`;
  const ids = twins.map(({ id }) => id);
  await tx.$executeRaw`
    insert into rejected_line (list_id, line, reason, field)
    select list_id, line, 'duplicate-in-campaign', 'phone' from contact where id = any(${ids}::uuid[])`;
  await tx.$executeRaw`delete from contact_number where contact_id = any(${ids}::uuid[])`;
  await tx.$executeRaw`delete from contact where id = any(${ids}::uuid[])`;
  return ids.length;
}

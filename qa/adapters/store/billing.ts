/** The client's feed in PostgreSQL. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { BillingStore, BillingTable, Delivery, FeedEntry } from '../../ports/billing-store.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { offerTerms } from '../../rules/offer/terms.ts';
import type { BillingChange } from '../../rules/sale/billing.ts';
import type { Tx } from './inspections.ts';

const date = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function billingTable(tx: Tx): BillingTable {
  return {
    /** The feed's row stays locked until the transaction ends: numbers follow the order of commits and have no gap. */
    async append(sale, entries, now) {
      if (entries.length === 0) return;
      const rows = entries.map((one, index) => ({
        ...{ place: index + 1, change: one.change, reason: one.reason, confirmed_in: one.confirmedIn },
        ...{ bill_from: date(one.billFrom), trial_ends_at: date(one.trialEndsAt) },
      }));
      await tx.$executeRaw`
        with feed as (
          insert into qa_billing_feed (client_id, last_seq) values (${sale.clientId}::uuid, ${rows.length})
          on conflict (client_id) do update set last_seq = qa_billing_feed.last_seq + ${rows.length} returning client_id, last_seq)
        insert into qa_billing_entry (client_id, seq, at, sale_id, attempt_id, campaign_id, change, bill_from, trial_ends_at, reason, options,
                                      offer_id, offer_version, exception_id, recording_id, confirmation_attempt_id, confirmation_recording_id)
        select feed.client_id, feed.last_seq - ${rows.length} + e.place, ${new Date(now)}, ${sale.id}::uuid, ${sale.attemptId}::uuid,
               ${sale.campaignId}::uuid, e.change, e.bill_from, e.trial_ends_at, e.reason,
               coalesce((select array_agg(o) from qa_conversation c, jsonb_array_elements_text(
                 case jsonb_typeof(c.detail -> 'options') when 'array' then c.detail -> 'options' else '[]' end) o
                 where c.attempt_id = ${sale.attemptId}::uuid), '{}'),
               u.offer_id, u.version, u.exception_id, r.id, e.confirmed_in, t.id
          from feed cross join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               as e (place int, change text, bill_from timestamptz, trial_ends_at timestamptz, reason text, confirmed_in uuid)
          left join qa_offer_use u on u.attempt_id = ${sale.attemptId}::uuid
          left join recording r on r.attempt_id = ${sale.attemptId}::uuid
          left join recording t on t.attempt_id = e.confirmed_in`;
    },
  };
}

type EntryRow = {
  seq: bigint;
  id: string;
  at: Date;
  sale_id: string;
  attempt_id: string;
  campaign_id: string;
  change: BillingChange;
  bill_from: Date | null;
  trial_ends_at: Date | null;
  reason: string | null;
  options: string[];
  recording_id: string | null;
  confirmation_attempt_id: string | null;
  confirmation_recording_id: string | null;
  offer_id: string | null;
  offer_version: number | null;
  exception_id: string | null;
  terms: unknown;
};
const told = offerTerms.pick({ name: true, text: true });
const offerOf = (row: EntryRow): FeedEntry['offer'] => {
  if (row.offer_id === null || row.offer_version === null) return null;
  const about = { id: row.offer_id, version: row.offer_version, exceptionId: row.exception_id };
  return { ...about, ...told.parse(row.terms) };
};
const entryOf = (row: EntryRow): FeedEntry => ({
  seq: Number(row.seq),
  id: row.id,
  at: row.at.getTime(),
  saleId: row.sale_id,
  attemptId: row.attempt_id,
  campaignId: row.campaign_id,
  change: row.change,
  billFrom: row.bill_from?.getTime() ?? null,
  trialEndsAt: row.trial_ends_at?.getTime() ?? null,
  reason: row.reason,
  options: row.options,
  recordingId: row.recording_id,
  confirmation:
    row.confirmation_attempt_id === null
      ? null
      : { attemptId: row.confirmation_attempt_id, recordingId: row.confirmation_recording_id },
  offer: offerOf(row),
});

/** Clients whose whole feed this person may see: nobody sees half of one. */
function clientsOf(viewer: Viewer): Prisma.Sql {
  switch (viewer.role) {
    case 'client':
      return Prisma.sql`c.id = ${viewer.clientId}::uuid`;
    case 'manager':
      return Prisma.sql`exists (select 1 from campaign k where k.client_id = c.id and k.centre_id = ${viewer.centreId}::uuid)
        and not exists (select 1 from campaign k where k.client_id = c.id and k.centre_id <> ${viewer.centreId}::uuid)`;
    case 'administrator':
      return Prisma.sql`true`;
    case 'agent':
    case 'lead':
    case 'inspector':
    case 'speech-engine':
    // What the client is told of a sale says what was found of it, before a supervisor has judged it blind.
    case 'supervisor':
      return Prisma.sql`false`;
  }
}

export function billingStore(client: PrismaClient): BillingStore {
  const shown = 20;
  return {
    async entries(clientId, after, upTo, limit) {
      const rows = await client.$queryRaw<EntryRow[]>`
        select b.*, v.terms from qa_billing_entry b
          left join qa_offer_version v on v.offer_id = b.offer_id and v.version = b.offer_version
         where b.client_id = ${clientId}::uuid and b.seq > ${after} and (${upTo}::bigint is null or b.seq <= ${upTo}::bigint)
         order by b.seq limit ${limit}`;
      return rows.map(entryOf);
    },

    async feeds(viewer) {
      const rows = await client.$queryRaw<
        { id: string; name: string; endpoint: string | null; last_seq: bigint | null; delivered_seq: bigint | null }[]
      >`select c.id, c.name, f.endpoint, f.last_seq, f.delivered_seq from client c left join qa_billing_feed f on f.client_id = c.id
         where ${clientsOf(viewer)} order by c.name, c.id`;
      return Promise.all(
        rows.map(async ({ id, name, endpoint, last_seq, delivered_seq }) => {
          const found = await client.billingDelivery.findMany({
            where: { clientId: id },
            orderBy: { fromSeq: 'desc' },
            take: shown,
          });
          return {
            ...{ clientId: id, clientName: name, endpoint },
            ...{ lastSeq: Number(last_seq ?? 0), deliveredSeq: Number(delivered_seq ?? 0) },
            deliveries: found.map(({ fromSeq, toSeq, state, createdAt, nextTryAt, deliveredAt, ...one }) => ({
              ...{ id: one.id, tries: one.tries, lastError: one.lastError },
              ...{ fromSeq: Number(fromSeq), toSeq: Number(toSeq) },
              state: state === 'delivered' ? ('delivered' as const) : ('waiting' as const),
              ...{ createdAt: createdAt.getTime(), nextTryAt: nextTryAt?.getTime() ?? null },
              deliveredAt: deliveredAt?.getTime() ?? null,
            })),
          };
        }),
      );
    },

    async secret(clientId) {
      await client.billingFeed.createMany({ data: { clientId }, skipDuplicates: true });
      return (await client.billingFeed.findUniqueOrThrow({ where: { clientId } })).secret;
    },

    async renewSecret(clientId, by, now) {
      const [row] = await client.$queryRaw<{ secret: string }[]>`
        insert into qa_billing_feed (client_id, changed_at, changed_by) values (${clientId}::uuid, ${new Date(now)}, ${by}::uuid)
        on conflict (client_id) do update set secret = excluded.secret, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        returning secret`;
      if (row === undefined) throw new Error('a secret was not written');
      return row.secret;
    },

    async setEndpoint(clientId, endpoint, by, now) {
      const change = { endpoint, changedAt: new Date(now), changedBy: by };
      await client.billingFeed.upsert({ where: { clientId }, create: { clientId, ...change }, update: change });
    },

    async plan(batch, now) {
      await client.$executeRaw`
        insert into qa_billing_delivery (client_id, from_seq, to_seq, next_try_at, created_at)
        select client_id, delivered_seq + 1, least(last_seq, delivered_seq + ${batch}), ${new Date(now)}, ${new Date(now)}
          from qa_billing_feed where endpoint is not null and last_seq > delivered_seq
        on conflict (client_id, from_seq) do nothing`;
    },

    async claim(now, claimUntil, limit) {
      const rows = await client.$queryRaw<
        {
          id: string;
          client_id: string;
          endpoint: string;
          secret: string;
          from_seq: bigint;
          to_seq: bigint;
          tries: number;
        }[]
      >`
        with due as (
          select d.id from qa_billing_delivery d join qa_billing_feed f on f.client_id = d.client_id
           where d.state = 'waiting' and d.next_try_at <= ${new Date(now)} and f.endpoint is not null
           order by d.next_try_at limit ${limit} for update of d skip locked)
        update qa_billing_delivery d set next_try_at = ${new Date(claimUntil)}, tries = d.tries + 1 from due, qa_billing_feed f
         where d.id = due.id and f.client_id = d.client_id
        returning d.id, d.client_id, f.endpoint, f.secret, d.from_seq, d.to_seq, d.tries`;
      return rows.map(({ client_id, from_seq, to_seq, ...row }) => {
        const span = { fromSeq: Number(from_seq), toSeq: Number(to_seq) };
        return { ...row, ...span, clientId: client_id } satisfies Delivery;
      });
    },

    async delivered({ id, clientId, toSeq }, now) {
      await client.$transaction([
        client.billingDelivery.update({
          where: { id },
          data: { state: 'delivered', nextTryAt: null, lastError: null, deliveredAt: new Date(now) },
        }),
        client.$executeRaw`update qa_billing_feed set delivered_seq = greatest(delivered_seq, ${toSeq}) where client_id = ${clientId}::uuid`,
      ]);
    },

    async failed({ id }, error, nextTryAt) {
      await client.billingDelivery.updateMany({
        where: { id, state: 'waiting' },
        data: { lastError: error, nextTryAt: new Date(nextTryAt) },
      });
    },
  };
}

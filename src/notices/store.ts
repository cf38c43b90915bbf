/** Messages to clients in PostgreSQL: what is to be told follows from the rows of weeks and cases, so that no crash can lose one. */
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import type { Notice } from '../contract/notices.ts';
import { notice } from '../contract/notices.ts';

export type DueNotice = {
  id: string;
  clientId: string;
  kind: 'summary' | 'case';
  subjectId: string;
  channel: 'webhook' | 'email';
  tries: number;
  createdAt: number;
  webhook: string | null;
  email: string | null;
  locale: 'en' | 'zh';
  secret: string;
  name: string;
  number: string;
  from: string;
  to: string;
};

const shown = 20;
/** Weeks and cases may be committed that much later than they say they were published or closed. */
const lookBackMs = 24 * 3_600_000;
/** So often, at most, an address keeps how far it has been looked. */
const keepEveryMs = 3_600_000;
const time = (at: Date | null) => at?.getTime() ?? null;

export function noticeStore(client: PrismaClient) {
  const viewOf = (row: { createdAt: Date; nextTryAt: Date | null; deliveredAt: Date | null }): Notice =>
    notice.parse({
      ...row,
      createdAt: row.createdAt.getTime(),
      nextTryAt: time(row.nextTryAt),
      deliveredAt: time(row.deliveredAt),
    });
  return {
    address: (clientId: string) => client.clientNoticeAddress.findUnique({ where: { clientId } }),

    async newest(clientId: string): Promise<Notice[]> {
      const rows = await client.clientNotice.findMany({
        where: { clientId },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        take: shown,
      });
      return rows.map(viewOf);
    },

    async about(kind: 'summary' | 'case', subjectId: string): Promise<Notice[]> {
      const rows = await client.clientNotice.findMany({ where: { kind, subjectId }, orderBy: { channel: 'asc' } });
      return rows.map(viewOf);
    },

    /** An address that was empty begins now: what happened before is not told any more. What waits for a channel that is taken away ends. */
    async setAddress(
      clientId: string,
      set: { webhook: string | null; email: string | null; locale: string },
      by: string,
      now: number,
    ): Promise<void> {
      const at = new Date(now);
      await client.$transaction(async (tx) => {
        await tx.$executeRaw`
          insert into client_notice_address as a (client_id, webhook, email, locale, since, changed_at, changed_by)
          values (${clientId}::uuid, ${set.webhook}, ${set.email}, ${set.locale}, ${at}, ${at}, ${by}::uuid)
          on conflict (client_id) do update set webhook = excluded.webhook, email = excluded.email, locale = excluded.locale,
            since = case when a.webhook is null and a.email is null then excluded.since else a.since end,
            changed_at = excluded.changed_at, changed_by = excluded.changed_by`;
        const ended = [...(set.webhook === null ? ['webhook'] : []), ...(set.email === null ? ['email'] : [])];
        await tx.clientNotice.updateMany({
          where: { clientId, state: 'waiting', channel: { in: ended } },
          data: { state: 'withdrawn', nextTryAt: null },
        });
      });
    },

    async renewSecret(clientId: string, secret: string, by: string, now: number): Promise<void> {
      const change = { secret, changedAt: new Date(now), changedBy: by };
      const create = { clientId, since: new Date(now), ...change };
      await client.clientNoticeAddress.upsert({ where: { clientId }, create, update: change });
    },

    /** What may be under way at this moment, claimed until `claimedUntil` at most, is left alone. The days of tries begin anew. */
    async retry(clientId: string, now: number, claimedUntil: number): Promise<void> {
      await client.clientNotice.updateMany({
        where: {
          clientId,
          OR: [{ state: 'given-up' }, { state: 'waiting', nextTryAt: { gt: new Date(claimedUntil) } }],
        },
        data: { state: 'waiting', nextTryAt: new Date(now), tries: 0 },
      });
    },

    /**
     * Makes the messages that are owed. The unique index keeps each the only one, whoever else looks at this moment. Looked at is only what
     * happened since the last look, so that it costs the same after years; a clock that was set back looks back as far as itself.
     */
    async plan(now: number): Promise<void> {
      const at = new Date(now);
      const lookBack = Prisma.sql`greatest(a.since, least(a.planned_until, ${at}::timestamptz) - ${lookBackMs} * interval '1 ms')`;
      await client.$executeRaw`
        insert into client_notice (client_id, kind, subject_id, channel, next_try_at, created_at)
        select a.client_id, t.kind, t.id, h.channel, ${at}, ${at}
          from client_notice_address a
          cross join lateral (values ('webhook', a.webhook), ('email', a.email)) as h (channel, address)
          cross join lateral (
            select 'summary' as kind, s.id, s.published_at as at from weekly_summary s join campaign c on c.id = s.campaign_id
             where c.client_id = a.client_id and s.published_at >= ${lookBack}
            union all
            select 'case', k.id, k.closed_at from qa_case k join campaign c on c.id = k.campaign_id
             where c.client_id = a.client_id and k.kind = 'complaint' and k.duplicate_of is null and k.closed_at >= ${lookBack}) t
         where h.address is not null
           -- A channel that was added later tells only what happened since.
           and (t.at >= a.changed_at or not exists (select 1 from client_notice n where n.kind = t.kind and n.subject_id = t.id))
        on conflict (kind, subject_id, channel) do nothing`;
      await client.$executeRaw`
        update client_notice_address set planned_until = ${at}
         where planned_until is null or planned_until > ${at} or planned_until < ${new Date(now - keepEveryMs)}`;
    },

    /** Takes what is due for a while: no other process sends it meanwhile, and after a crash it is due again. */
    async claim(now: number, claimUntil: number, limit: number): Promise<DueNotice[]> {
      const rows = await client.$queryRaw<(Omit<DueNotice, 'createdAt'> & { createdAt: Date })[]>`
        with due as (
          select n.id from client_notice n where n.state = 'waiting' and n.next_try_at <= ${new Date(now)}
           order by n.next_try_at limit ${limit} for update skip locked),
        taken as (
          update client_notice n set next_try_at = ${new Date(claimUntil)}, tries = n.tries + 1 from due where n.id = due.id returning n.*)
        select n.id, n.client_id as "clientId", n.kind, n.subject_id as "subjectId", n.channel, n.tries, n.created_at as "createdAt",
               a.webhook, a.email, a.locale, a.secret, c.name, coalesce(k.number::text, '') as number,
               coalesce(s.from_day::text, '') as "from", coalesce(s.to_day::text, '') as "to"
          from taken n join client_notice_address a on a.client_id = n.client_id
          left join weekly_summary s on n.kind = 'summary' and s.id = n.subject_id
          left join qa_case k on n.kind = 'case' and k.id = n.subject_id
          join campaign c on c.id = coalesce(s.campaign_id, k.campaign_id)`;
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
    },

    async delivered(id: string, now: number): Promise<void> {
      await client.clientNotice.updateMany({
        where: { id, state: 'waiting' },
        data: { state: 'delivered', deliveredAt: new Date(now), nextTryAt: null, lastError: null },
      });
    },

    async failed(id: string, error: string, nextTryAt: number | null): Promise<void> {
      await client.clientNotice.updateMany({
        where: { id, state: 'waiting' },
        data: {
          lastError: error.slice(0, 300),
          nextTryAt: nextTryAt === null ? null : new Date(nextTryAt),
          ...(nextTryAt === null ? { state: 'given-up' } : {}),
        },
      });
    },
  };
}

/** Whom campaigns spoke with and called, as customers of their client. Somebody with several numbers is the customer who was dialled, else the first. */
import type { ContactedCustomers, EffectCampaign } from '../../ports/customers.ts';
import { byPerson } from './people.ts';
import { type Db, type Sql, sql } from './sql.ts';

export function contactedCustomers(db: Db): ContactedCustomers {
  return {
    async campaign(campaignId) {
      const [row] = await db.$queryRaw<{ centre_id: string; client_id: string; time_zone: string }[]>`
        select g.centre_id, g.client_id, z.time_zone from campaign g join centre z on z.id = g.centre_id where g.id = ${campaignId}::uuid`;
      return row === undefined
        ? null
        : { id: campaignId, centreId: row.centre_id, clientId: row.client_id, timeZone: row.time_zone };
    },

    async origins(campaign) {
      return db.$queryRaw<{ month: string; customers: number; strangers: number }[]>`
        with first as (${firstConversations(campaign)})
        select month, count(*) filter (where known)::int as customers, count(*) filter (where not known)::int as strangers
          from first group by month order by month desc`;
    },

    async spokenWith(campaign, month) {
      const rows = await db.$queryRaw<{ id: string; number: string }[]>`
        with first as (${firstConversations(campaign)})
        select c.id, c.number from first join customer c on c.number = first.who
           and c.centre_id = ${campaign.centreId}::uuid and c.client_id = ${campaign.clientId}::uuid
         where first.month = ${month} order by c.number`;
      return rows.map(({ id, number }) => ({ customerId: id, number }));
    },

    async called({ centreId, clientId, timeZone }, numbers, month) {
      const rows = await db.$queryRaw<{ number: string }[]>`
        select distinct n.number from contact_number n join contact p on p.id = n.contact_id
          join campaign g on g.id = p.campaign_id and g.centre_id = ${centreId}::uuid and g.client_id = ${clientId}::uuid
         where n.number = any(${[...numbers]}) and exists (
           select 1 from attempt a where a.contact_id = p.id
              and a.intended_at < ((${`${month}-01`}::date + interval '1 month')::timestamp at time zone ${timeZone}))`;
      return new Set(rows.map(({ number }) => number));
    },
  };
}

/** One row a person: who they are, whether the client told of them, and the month of the first conversation. */
const firstConversations = ({ id, centreId, clientId, timeZone }: EffectCampaign): Sql => sql`
  select who.number as who, bool_or(who.known) as known, to_char(min(talk.connected_at) at time zone ${timeZone}, 'YYYY-MM') as month
    from (select contact_id, number, connected_at from attempt
           where campaign_id = ${id}::uuid and connected_at is not null and ${byPerson}) as talk
   cross join lateral (
     select n.number, c.id is not null as known from contact_number n
       left join customer c on c.centre_id = ${centreId}::uuid and c.client_id = ${clientId}::uuid and c.number = n.number
      where n.contact_id = talk.contact_id
      order by c.id is null, (n.number = talk.number) desc, n.position limit 1) as who
   group by who.number`;

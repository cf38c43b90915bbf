/** Whom a plan is about, and what forbids to call some of them, in one statement over the lists of its campaigns. */
import type { FoundPerson, PlanCampaign } from '../../ports/plans.ts';
import { dateOf } from '../../rules/calendar.ts';
import type { Barred } from '../../rules/plan/day-work.ts';
import type { PlanSettings } from '../../rules/plan/settings.ts';
import { byPerson } from './people.ts';
import { at, type Db, empty, type Sql, sql, uuids } from './sql.ts';

type Row = {
  key: string;
  contact_id: string;
  time_zone: string;
  event_on: string | null;
  numbers: string[] | null;
  /** Why the last of the numbers that is blocked is so; null: one may be called. */
  blocked: string | null;
  recent: boolean;
  waiting: boolean;
  elsewhere: boolean;
};

/** What a customer asked for, or a register: the others are the house's own entries. */
const doNotCall = new Set(['opt-out', 'regulator']);
const dayMs = 86_400_000;

export async function planPeople(
  db: Db,
  campaign: PlanCampaign,
  { who, cycle, restDays, startsOn }: PlanSettings,
  /** With the time of their complaint's end, for a plan that follows them. */
  solved: readonly { contactId: string; at: number }[],
  now: number,
  planId: string | null,
): Promise<FoundPerson[]> {
  const afterComplaint = cycle.kind === 'after' && cycle.event === 'complaint-solved';
  const { timeZone } = campaign.calendar;
  const rows = await db.$queryRaw<Row[]>`
    with source as (${afterComplaint ? complainants(solved) : onLists(who)}),
    person as (
      select s.id, s.time_zone, s.seen_at, s.event_at, array_agg(n.number order by n.position) filter (where n.number is not null) as numbers,
             case when bool_and(hit.reason is not null) then max(hit.reason) end as blocked
        from source s join contact c on c.id = s.id left join contact_number n on n.contact_id = s.id and not n.dead
        left join lateral (
          select b.reason from blacklist_in_force b
           where b.number = n.number and (b.ends_at is null or b.ends_at > ${at(now)})
             and (b.scope = 'all' or (b.scope = 'campaign' and b.scope_id = ${campaign.id})
                  or (b.scope = 'product-line' and b.scope_id = ${campaign.productLine}))
             and not (${afterComplaint} and b.reason = 'complaint')
           limit 1) hit on true
       where true ${who.field === null ? empty : sql`and c.attributes ->> ${who.field.name} = any(${[...who.field.values]})`}
             ${who.types.length === 0 ? empty : ofTypes(campaign, who.types)}
       group by s.id, s.time_zone, s.seen_at, s.event_at),
    keyed as (
      select *, coalesce(numbers[1], id::text) as key,
             ${afterComplaint ? sql`max(event_at)` : sql`min(event_at)`} over (partition by coalesce(numbers[1], id::text)) as event
        from person),
    one as (select distinct on (key) * from keyed order by key, seen_at desc, id)
    select o.key, o.id as contact_id, o.time_zone, to_char(o.event at time zone ${timeZone}, 'YYYY-MM-DD') as event_on, o.numbers, o.blocked,
           exists (select 1 from attempt where number = any(o.numbers) and intended_at > ${at(now - restDays * dayMs)}
                      and connected_at is not null and ${byPerson}) as recent,
           exists (select 1 from contact_number w join contact c on c.id = w.contact_id and c.state <> 'finished'
                    where w.number = any(o.numbers) and c.campaign_id = ${campaign.id}::uuid) as waiting,
           ${calledElsewhere(sql`o.key`, { planId, campaignId: campaign.id, today: dateOf(now, timeZone) })} as elsewhere
      from one o
     ${cycle.kind === 'after' ? sql`where to_char(o.event at time zone ${timeZone}, 'YYYY-MM-DD') >= ${startsOn}` : empty}
     order by o.key`;
  return rows.map((row) => ({
    key: row.key,
    contactId: row.contact_id,
    timeZone: row.time_zone,
    eventOn: cycle.kind === 'after' ? row.event_on : null,
    barred: barredBy(row),
  }));
}

/** On what was imported: what plans laid out, and what quality asked for, are copies of these people. */
const onLists = ({ campaignIds, listIds }: PlanSettings['who']): Sql => sql`
  select c.id, c.time_zone, l.imported_at as seen_at, l.imported_at as event_at
    from contact c join contact_list l on l.id = c.list_id and l.state = 'ready' and l.plan_id is null
   where c.campaign_id in ${uuids(campaignIds)} and c.origin is null
         ${listIds.length === 0 ? empty : sql`and l.id in ${uuids(listIds)}`}`;

/** A customer is a number: any of a person's may be the one. Of each client only the last sorting counts. */
const ofTypes = ({ centreId, clientId }: PlanCampaign, types: readonly string[]): Sql => sql`
  and exists (select 1 from contact_number own join customer k on k.number = own.number join segment_member t on t.customer_id = k.id
               where own.contact_id = s.id and t.type = any(${[...types]})
                 and t.run_id = (select id from segment_run where centre_id = ${centreId}::uuid and client_id = ${clientId}::uuid
                                  order by at desc, id limit 1))`;

const complainants = (solved: readonly { contactId: string; at: number }[]): Sql => sql`
  select c.id, c.time_zone, max(t.at) as seen_at, max(t.at) as event_at
    from unnest(${solved.map(({ contactId }) => contactId)}::uuid[], ${solved.map((one) => new Date(one.at))}::timestamptz[]) as t (id, at)
    join contact c on c.id = t.id
   group by c.id, c.time_zone`;

/** Whether another plan of the same client has this person to call, or laid a call out today: whoever it was for, one call a day is enough. */
export const calledElsewhere = (
  number: Sql,
  { planId, campaignId, today }: { planId: string | null; campaignId: string; today: string },
): Sql => sql`
  exists (select 1 from call_plan_turn t join contact c on c.id = t.contact_id
           where t.number = ${number} and t.plan_id is distinct from ${planId}::uuid and (c.state <> 'finished' or t.day = ${today}::date)
             and t.plan_id in (select p.id from call_plan p join campaign k on k.id = p.campaign_id
                                where k.client_id = (select client_id from campaign where id = ${campaignId}::uuid)))`;

function barredBy({ numbers, blocked, recent, waiting, elsewhere }: Row): Barred | null {
  if (numbers === null) return 'no-number';
  if (blocked !== null) return doNotCall.has(blocked) ? 'do-not-call' : 'on-blacklist';
  if (waiting) return 'already-waiting';
  if (elsewhere) return 'in-another-plan';
  return recent ? 'recently-called' : null;
}

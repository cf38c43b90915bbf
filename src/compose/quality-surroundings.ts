/** What quality is told of campaigns, centres' days and agents' time: the dialler's settings and ledger, in quality's words. */
import {
  type CampaignSettings,
  callingSpan,
  campaignSettings,
  endOfWorkingDay,
  startOfWorkingDayBefore,
  type WorkingCalendar as DiallerCalendar,
} from '../../dialer/index.ts';
import type {
  Attended,
  CampaignIn,
  CampaignQuality,
  Campaigns,
  FloorNow,
  Work,
  WorkingCalendar,
} from '../../qa/index.ts';
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts';
import type { Database } from '../platform/database.ts';
import { byPersonNow } from '../reports/people.ts';

const dayMs = 86_400_000;

/** A calendar in which nothing is ever worked still gives deadlines: by plain days. */
export function calendarOf(calendar: DiallerCalendar): WorkingCalendar {
  return {
    addWorkingDays: (from, days) => endOfWorkingDay(calendar, from, days) ?? from + (days + 1) * dayMs,
    subtractWorkingDays: (before, days) => startOfWorkingDayBefore(calendar, before, days) ?? before - days * dayMs,
  };
}

type CampaignRow = {
  id: string;
  centreId: string;
  clientId: string;
  name: string;
  purpose: string;
  settings: unknown;
  timeZone: string;
  workWeek: number[];
  trialDays: number;
  exceptions: Record<string, boolean>;
};

/** In one statement: quality asks this about every conversation that comes in. */
const campaignSql = `select k.id, k.centre_id "centreId", k.client_id "clientId", k.name, k.purpose, k.settings,
                    e.time_zone "timeZone", e.work_week "workWeek", p.trial_days "trialDays",
                    (select coalesce(jsonb_object_agg(to_char(d.date, 'YYYY-MM-DD'), d.working), '{}') from calendar_day d where d.centre_id = e.id) exceptions
               from campaign k join centre e on e.id = k.centre_id join product p on p.id = k.product_id where `;

/** Reads a campaign on the connection of a unit of work: one that asked for a second could wait for itself when all are taken. */
export const campaignIn: CampaignIn = (rows) => async (campaignId) => {
  const [row] = await rows<CampaignRow>(`${campaignSql}k.id = $1::uuid`, campaignId);
  return row === undefined ? null : viewOf(row);
};

export function campaignsOf(pool: Database['pool']): Campaigns {
  const read = async (name: string, where: string, values: unknown[]): Promise<CampaignQuality[]> => {
    const { rows } = await pool.query<CampaignRow>({ name, text: `${campaignSql}${where}`, values });
    return rows.map(viewOf);
  };
  return {
    all: () => read('campaigns-of-quality', `k.state <> 'draft'`, []),
    of: async (campaignId) => (await read('campaign-of-quality', 'k.id = $1::uuid', [campaignId]))[0] ?? null,
  };
}

function viewOf({ id, settings, timeZone, workWeek, exceptions, ...row }: CampaignRow): CampaignQuality {
  const { quality, texts }: CampaignSettings = campaignSettings.parse(settings);
  const calendar = calendarOf({ timeZone, workWeek, exceptions: new Map(Object.entries(exceptions)) });
  return { ...row, campaignId: id, timeZone, calendar, ...quality, replyWithinDays: texts.replyWithinDays };
}

/** The days of a centre, for what belongs to no campaign; the only centre's where none is named. */
export function centreCalendarOf(client: PrismaClient): (centreId: string | null) => Promise<WorkingCalendar> {
  return async (centreId) => {
    const row = await client.centre.findFirst({
      where: centreId === null ? {} : { id: centreId },
      include: { days: true },
    });
    const exceptions = new Map(
      (row?.days ?? []).map(({ date, working }) => [date.toISOString().slice(0, 10), working]),
    );
    return calendarOf({ timeZone: row?.timeZone ?? 'UTC', workWeek: row?.workWeek ?? [], exceptions });
  };
}

/**
 * Time and calls of each agent in a span, straight from the ledger and the attempts. Intervals are read by their starts, from a day before the
 * span on; what is older and still reaches into it is open, or longer than a day: both are few and have their index.
 */
export function workOf(client: PrismaClient): Work {
  return async ({ from, to }, { centreId, campaignId, agentIds }) => {
    const start = new Date(from);
    const end = new Date(to);
    const before = new Date(from - dayMs);
    const people = Prisma.sql`array(
      select id from app_user where role = 'agent' and (${centreId}::uuid is null or centre_id = ${centreId}::uuid)
         and (${agentIds === null} or id = any(${[...(agentIds ?? [])]}::uuid[])))`;
    return client.$queryRaw`
      with calls as (
        select agent_id, count(*)::int as attempts, (count(*) filter (where connected_at is not null and ${Prisma.raw(byPersonNow(''))}))::int as conversations from attempt
         where intended_at >= ${start} and intended_at < ${end} and agent_id = any(${people})
           and (${campaignId}::uuid is null or campaign_id = ${campaignId}::uuid) group by 1),
      reaching as (
        select user_id, campaign_id, presence, activity, started_at, ended_at from agent_interval
         where user_id = any(${people}) and started_at >= ${before} and started_at < ${end} and (ended_at is null or ended_at > ${start})
        union all
        select user_id, campaign_id, presence, activity, started_at, ended_at from agent_interval
         where ended_at is null and user_id = any(${people}) and started_at < ${before}
        union all
        select user_id, campaign_id, presence, activity, started_at, ended_at from agent_interval
         where ended_at - started_at > interval '1 day' and ended_at > ${start} and user_id = any(${people}) and started_at < ${before}),
      time as (
        select user_id, presence, activity,
               extract(epoch from least(coalesce(ended_at, ${end}), ${end}) - greatest(started_at, ${start})) * 1000 as ms
          from reaching where ${campaignId}::uuid is null or campaign_id = ${campaignId}::uuid),
      spent as (
        select user_id, sum(ms) filter (where activity = 'talking') as talk, sum(ms) filter (where activity = 'wrap-up') as wrap,
               sum(ms) filter (where presence = 'signed-in') as signed_in, sum(ms) filter (where presence = 'on-break') as away
          from time group by 1)
      select u.id as "agentId", coalesce(attempts, 0) as attempts, coalesce(conversations, 0) as conversations,
             coalesce(talk, 0)::float8 as "talkMs", coalesce(wrap, 0)::float8 as "wrapUpMs",
             coalesce(signed_in, 0)::float8 as "signedInMs", coalesce(away, 0)::float8 as "breakMs"
        from app_user u left join calls on calls.agent_id = u.id left join spent on spent.user_id = u.id
       where u.id = any(${people}) and (calls.agent_id is not null or spent.user_id is not null)`;
  };
}

/** On how many of the centre's working days since they joined agents have signed in. Days that are not worked count for nobody. */
export function attendedOf(client: PrismaClient): Attended {
  return ({ from, to }, { centreId, timeZone, agentIds }) => {
    const [start, end] = [new Date(from), new Date(to)];
    const of = (column: Prisma.Sql) =>
      agentIds === null ? Prisma.sql`true` : Prisma.sql`${column} = any(${[...agentIds]}::uuid[])`;
    return client.$queryRaw`
      with span as (
        select day::date as day from generate_series((${start} at time zone ${timeZone})::date, ((${end}::timestamptz - interval '1 ms') at time zone ${timeZone})::date, interval '1 day') d (day)),
      working as (
        select s.day from span s join centre z on z.id = ${centreId}::uuid
          left join calendar_day c on c.centre_id = z.id and c.date = s.day
         where coalesce(c.working, extract(isodow from s.day)::int = any(z.work_week))),
      present as (
        select distinct user_id, (started_at at time zone ${timeZone})::date as day from agent_interval
         where presence = 'signed-in' and started_at >= ${start} and started_at < ${end} and ${of(Prisma.sql`user_id`)})
      select u.id as "agentId", count(*)::int as due, count(p.day)::int as attended
        from app_user u join working w on w.day >= (u.joined_at at time zone ${timeZone})::date
        left join present p on p.user_id = u.id and p.day = w.day
       where u.role = 'agent' and u.centre_id = ${centreId}::uuid and ${of(Prisma.sql`u.id`)} group by 1`;
  };
}

/** The utilization band an agent's card is held against: the campaign's, or the newest running one's. */
export function bandOf(
  client: PrismaClient,
): (campaignId: string | null) => Promise<{ min: number; max: number } | null> {
  return async (campaignId) => {
    const row = await client.campaign.findFirst({
      where: campaignId === null ? { state: 'running' } : { id: campaignId },
      orderBy: { startedAt: 'desc' },
      select: { settings: true },
    });
    return row === null ? null : campaignSettings.parse(row.settings).pacing.band;
  };
}

/** Agents of a centre who are signed in now, with its time zone; the hours and rounds are what its running campaigns ask for together. */
export function floorNowOf(client: PrismaClient): (centreId: string, now: number) => Promise<FloorNow | null> {
  return async (centreId, now) => {
    const centre = await client.centre.findUnique({
      where: { id: centreId },
      include: { days: true, campaigns: { where: { state: 'running' }, select: { settings: true } } },
    });
    if (centre === null) return null;
    const { timeZone, workWeek } = centre;
    const exceptions = new Map(centre.days.map(({ date, working }) => [date.toISOString().slice(0, 10), working]));
    const running = centre.campaigns.map(({ settings }) => campaignSettings.parse(settings));
    const spans = running.flatMap(
      ({ calling }) => callingSpan(calling, { timeZone, workWeek, exceptions }, timeZone, now) ?? [],
    );
    const agents = await client.$queryRaw<{ id: string; name: string }[]>`
      select u.id, u.display_name as name from agent_desk d join app_user u on u.id = d.user_id
       where d.presence = 'signed-in' and u.centre_id = ${centreId}::uuid order by u.id`;
    return {
      timeZone,
      hours:
        spans.length === 0
          ? null
          : { from: Math.min(...spans.map(({ from }) => from)), until: Math.max(...spans.map(({ until }) => until)) },
      rounds: Math.max(0, ...running.map(({ quality }) => quality.patrolRounds)),
      agents,
    };
  };
}

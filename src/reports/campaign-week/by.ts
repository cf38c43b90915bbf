/** The week day by day and agent by agent. */
import type pg from 'pg';
import type { Week } from '../report.ts';
import { clippedIntervals } from './figures.ts';

export type DayRow = {
  day: string;
  attempts: number;
  conversations: number;
  sales: number;
  talkUtilization: number | null;
};
export type AgentRow = {
  agentId: string;
  name: string;
  conversations: number;
  sales: number;
  talkUtilization: number | null;
};

export async function byDay(pool: Pick<pg.Pool, 'query'>, campaignId: string, week: Week): Promise<DayRow[]> {
  const args = [campaignId, new Date(week.start), new Date(week.end), week.timeZone];
  // An interval over midnight counts for the day in which it began: days are for seeing a course, sums come from the week.
  const { rows } = await pool.query<DayRow>(
    `with days as (
       select to_char(d, 'YYYY-MM-DD') as day from generate_series($5::date, $6::date, interval '1 day') d
     ), calls as (
       select to_char(intended_at at time zone $4, 'YYYY-MM-DD') as day, count(*)::int attempts, count(connected_at)::int conversations,
         (count(*) filter (where disposition = 'sale'))::int sales
       from attempt where campaign_id = $1 and intended_at >= $2 and intended_at < $3 group by 1
     ), time as (
       select to_char(started at time zone $4, 'YYYY-MM-DD') as day,
         sum(ms) filter (where activity = 'talking') talk, sum(ms) filter (where presence = 'signed-in') signed_in
       from (${clippedIntervals}) i group by 1
     )
     select day, coalesce(attempts, 0) attempts, coalesce(conversations, 0) conversations, coalesce(sales, 0) sales,
       (coalesce(talk, 0) / nullif(signed_in, 0))::float8 "talkUtilization"
     from days left join calls using (day) left join time using (day) order by day`,
    [...args, week.from, week.to],
  );
  return rows;
}

export async function byAgent(pool: Pick<pg.Pool, 'query'>, campaignId: string, week: Week): Promise<AgentRow[]> {
  const { rows } = await pool.query<AgentRow>(
    `with calls as (
       select agent_id user_id, count(connected_at)::int conversations, (count(*) filter (where disposition = 'sale'))::int sales
       from attempt where campaign_id = $1 and intended_at >= $2 and intended_at < $3 and connected_at is not null and agent_id is not null
       group by 1
     ), time as (
       select user_id, sum(ms) filter (where activity = 'talking') talk, sum(ms) filter (where presence = 'signed-in') signed_in
       from (${clippedIntervals}) i group by 1
     )
     select user_id "agentId", coalesce(u.display_name, '') name, coalesce(conversations, 0) conversations, coalesce(sales, 0) sales,
       (coalesce(talk, 0) / nullif(signed_in, 0))::float8 "talkUtilization"
     from calls full join time using (user_id) left join app_user u on u.id = user_id order by name, user_id`,
    [campaignId, new Date(week.start), new Date(week.end)],
  );
  return rows;
}

/** The week's time in one pass over the ledger: everything the summary says of time is added up from these groups. */
import type pg from 'pg';
import type { Week } from '../report.ts';

/** Talk and signed-in time in ms of one agent in the intervals that began on one day of the centre. */
export type TimeGroup = { day: string; agentId: string; talk: number; signedIn: number };

/**
 * Time counts in the week in which it passed: intervals are clipped to it, and one that is still open lasts to its end, or until now in a
 * week that is not over. An interval over midnight counts for the day in which it began: days show a course, sums come from the week.
 */
export async function timeGroups(
  pool: Pick<pg.Pool, 'query'>,
  campaignId: string,
  week: Week,
  asOf: number,
): Promise<TimeGroup[]> {
  const { rows } = await pool.query<TimeGroup>(
    `select to_char(day, 'YYYY-MM-DD') as day, user_id::text as "agentId", talk, signed_in as "signedIn"
       from (select (started at time zone $4)::date as day, user_id, coalesce(sum(ms) filter (where activity = 'talking'), 0) as talk,
                    coalesce(sum(ms) filter (where presence = 'signed-in'), 0) as signed_in
               from (select user_id, presence, activity, greatest(started_at, $2::timestamptz) started,
                            extract(epoch from least(coalesce(ended_at, $3::timestamptz), $3::timestamptz)
                                               - greatest(started_at, $2::timestamptz))::float8 * 1000 ms
                       from agent_interval
                      where campaign_id = $1 and started_at < $3 and (ended_at is null or ended_at > $2)) i
              group by 1, 2) g`,
    [campaignId, new Date(week.start), new Date(Math.min(week.end, asOf)), week.timeZone],
  );
  return rows;
}

export type Time = Pick<TimeGroup, 'talk' | 'signedIn'>;

export function summed(groups: readonly TimeGroup[]): Time {
  return groups.reduce((sum, { talk, signedIn }) => ({ talk: sum.talk + talk, signedIn: sum.signedIn + signedIn }), {
    talk: 0,
    signedIn: 0,
  });
}

export function utilization({ talk, signedIn }: Time): number | null {
  return signedIn === 0 ? null : talk / signedIn;
}

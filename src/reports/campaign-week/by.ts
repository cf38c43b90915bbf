/** The week day by day and agent by agent. */
import type pg from 'pg';
import type { Week } from '../report.ts';
import { type CallGroup, total } from './calls.ts';
import { clipOf, clippedIntervals } from './figures.ts';

export type DayRow = {
  day: string;
  attempts: number;
  conversations: number;
  talkUtilization: number | null;
};
export type AgentRow = {
  agentId: string;
  name: string;
  conversations: number;
  talkUtilization: number | null;
};

type TimeRow = { key: string; talk: number; signedIn: number };

/** Days are the centre's; an interval over midnight counts for the day in which it began: days show a course, sums come from the week. */
export async function byDay(
  pool: Pick<pg.Pool, 'query'>,
  campaignId: string,
  week: Week,
  calls: readonly CallGroup[],
  asOf: number,
): Promise<DayRow[]> {
  const time = await timeBy(pool, `to_char(started at time zone $4, 'YYYY-MM-DD')`, campaignId, week, asOf);
  return daysOf(week).map((day) => {
    const own = calls.filter((group) => group.day === day);
    return {
      day,
      attempts: total(own, 'attempts'),
      conversations: total(own, 'connected'),
      talkUtilization: utilization(time.get(day)),
    };
  });
}

export async function byAgent(
  pool: Pick<pg.Pool, 'query'>,
  campaignId: string,
  week: Week,
  calls: readonly CallGroup[],
  asOf: number,
): Promise<AgentRow[]> {
  const time = await timeBy(pool, 'user_id::text', campaignId, week, asOf);
  const groups = new Map<string, CallGroup[]>();
  for (const group of calls) {
    if (group.agentId === null || group.connected === 0) continue;
    groups.set(group.agentId, [...(groups.get(group.agentId) ?? []), group]);
  }
  const ids = [...new Set([...groups.keys(), ...time.keys()])];
  const { rows: people } = await pool.query<{ id: string; name: string }>(
    'select id, display_name as name from app_user where id = any($1::uuid[])',
    [ids],
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return ids
    .map((agentId) => {
      const own = groups.get(agentId) ?? [];
      return {
        agentId,
        name: names.get(agentId) ?? '',
        conversations: total(own, 'connected'),
        talkUtilization: utilization(time.get(agentId)),
      };
    })
    .sort((a, b) => (a.name === b.name ? (a.agentId < b.agentId ? -1 : 1) : a.name < b.name ? -1 : 1));
}

function utilization(time: TimeRow | undefined): number | null {
  return time === undefined || time.signedIn === 0 ? null : time.talk / time.signedIn;
}

/** Talk and signed-in time in ms by a key of the interval; $4 is the centre's zone. */
async function timeBy(
  pool: Pick<pg.Pool, 'query'>,
  key: string,
  campaignId: string,
  week: Week,
  asOf: number,
): Promise<Map<string, TimeRow>> {
  const { rows } = await pool.query<TimeRow>(
    `select ${key} as key, coalesce(sum(ms) filter (where activity = 'talking'), 0)::float8 as talk,
            coalesce(sum(ms) filter (where presence = 'signed-in'), 0)::float8 as "signedIn"
       from (${clippedIntervals}) i where $4::text is not null group by 1`,
    [...clipOf(campaignId, week, asOf), week.timeZone],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

function daysOf({ from, to }: Week): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

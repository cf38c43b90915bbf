/** The week's attempts in one pass over them: everything the summary counts of calls is added up from these groups. */
import type pg from 'pg';
import { byPerson, presented } from '../people.ts';
import type { Week } from '../report.ts';

/** Attempts of one day of the centre that have agent, outcome and disposition in common. */
export type CallGroup = {
  day: string;
  agentId: string | null;
  outcome: string | null;
  disposition: string | null;
  attempts: number;
  answered: number;
  connected: number;
  abandoned: number;
  presented: number;
};

/** Attempts count in the week in which they were dialled, with what had come of them at `asOf`. */
export async function callGroups(
  pool: Pick<pg.Pool, 'query'>,
  campaignId: string,
  week: Week,
  asOf: number,
): Promise<CallGroup[]> {
  const { rows } = await pool.query<CallGroup>(
    `select to_char(day, 'YYYY-MM-DD') as day, agent_id as "agentId", outcome, disposition, attempts, answered, connected, abandoned, presented
       from (select (intended_at at time zone $4)::date as day, agent_id, case when ended_at > $5 then null else outcome end as outcome,
                    case when outcome_at > $5 then null else disposition end as disposition, count(*)::int as attempts,
                    (count(*) filter (where answered_at <= $5 and ${byPerson('', '$5')}))::int as answered, (count(*) filter (where connected_at <= $5 and ${byPerson('', '$5')}))::int as connected,
                    (count(*) filter (where abandoned_at <= $5))::int as abandoned, (count(*) filter (where ${presented('', '$5')}))::int as presented
               from attempt where campaign_id = $1 and intended_at >= $2 and intended_at < $3 group by 1, 2, 3, 4) g`,
    [campaignId, new Date(week.start), new Date(week.end), week.timeZone, new Date(asOf)],
  );
  return rows;
}

export function total(
  groups: readonly CallGroup[],
  count: 'attempts' | 'answered' | 'connected' | 'abandoned' | 'presented',
  having: (group: CallGroup) => boolean = () => true,
): number {
  return groups.reduce((sum, group) => (having(group) ? sum + group[count] : sum), 0);
}

/** Attempts by a name, the most frequent first. */
export function tally(
  groups: readonly CallGroup[],
  nameOf: (group: CallGroup) => string | null,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups) {
    const name = nameOf(group);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + group.attempts);
  }
  return Object.fromEntries([...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}

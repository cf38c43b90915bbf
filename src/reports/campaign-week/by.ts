/** The week day by day and agent by agent. */
import type pg from 'pg';
import type { Week } from '../report.ts';
import { type CallGroup, total } from './calls.ts';
import { summed, type TimeGroup, utilization } from './times.ts';

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

export function byDay(week: Week, calls: readonly CallGroup[], times: readonly TimeGroup[]): DayRow[] {
  return daysOf(week).map((day) => {
    const own = calls.filter((group) => group.day === day);
    return {
      day,
      attempts: total(own, 'attempts'),
      conversations: total(own, 'connected'),
      talkUtilization: utilization(summed(times.filter((group) => group.day === day))),
    };
  });
}

export async function byAgent(
  pool: Pick<pg.Pool, 'query'>,
  calls: readonly CallGroup[],
  times: readonly TimeGroup[],
): Promise<AgentRow[]> {
  const spoken = ofAgents(calls.filter(({ connected }) => connected > 0));
  const timeOf = ofAgents(times);
  const ids = [...new Set([...spoken.keys(), ...timeOf.keys()])];
  const { rows: people } = await pool.query<{ id: string; name: string }>(
    'select id, display_name as name from app_user where id = any($1::uuid[])',
    [ids],
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return ids
    .map((agentId) => ({
      agentId,
      name: names.get(agentId) ?? '',
      conversations: total(spoken.get(agentId) ?? [], 'connected'),
      talkUtilization: utilization(summed(timeOf.get(agentId) ?? [])),
    }))
    .sort((a, b) => (a.name === b.name ? (a.agentId < b.agentId ? -1 : 1) : a.name < b.name ? -1 : 1));
}

function ofAgents<T extends { agentId: string | null }>(groups: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const group of groups) {
    if (group.agentId === null) continue;
    const own = found.get(group.agentId) ?? [];
    found.set(group.agentId, own);
    own.push(group);
  }
  return found;
}

function daysOf({ from, to }: Week): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

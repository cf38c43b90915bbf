/** Of what a card is: a day, week or month of the centre, and an agent, a team or the whole centre. */
import { DateTime } from 'luxon';
import type { AgentOf } from '../../ports/people-store.ts';

export type CardQuery = {
  period: 'day' | 'week' | 'month';
  day?: string | undefined;
  subject: 'agent' | 'team' | 'centre';
  campaignId?: string | undefined;
};
export type Subject = { id: string; name: string; teamId: string | null; agents: string[] };
export type Period = { from: string; to: string; start: number; end: number };
export type Centre = { centreId: string; name: string; timeZone: string };

export function periodOf({ period, day }: Pick<CardQuery, 'period' | 'day'>, now: number, zone: string): Period {
  const at = day === undefined ? DateTime.fromMillis(now, { zone }) : DateTime.fromISO(day, { zone });
  const start = at.startOf(period);
  const end = start.plus({ [period]: 1 });
  return {
    from: start.toFormat('yyyy-MM-dd'),
    to: end.minus({ days: 1 }).toFormat('yyyy-MM-dd'),
    start: start.toMillis(),
    end: end.toMillis(),
  };
}

export function subjectsOf(kind: CardQuery['subject'], agents: readonly AgentOf[], centre: Centre): Subject[] {
  if (kind === 'centre')
    return [{ id: centre.centreId, name: centre.name, teamId: null, agents: agents.map(({ agentId }) => agentId) }];
  if (kind === 'agent')
    return agents.map(({ agentId, name, teamId }) => ({ id: agentId, name, teamId, agents: [agentId] }));
  const teams = new Map<string, Subject>();
  for (const { agentId, teamId, teamName } of agents) {
    if (teamId === null) continue;
    const team = teams.get(teamId) ?? { id: teamId, name: teamName ?? '', teamId, agents: [] };
    team.agents.push(agentId);
    teams.set(teamId, team);
  }
  return [...teams.values()];
}

import { trial } from './frontier.ts';
import type { PolicySource } from './policy-source.ts';
import type { Scenario } from './scenario.ts';
import type { Summary } from './summary.ts';

/** A manager's question: this day, with these things different. */
export type WhatIf = {
  scenario: Scenario;
  policy: PolicySource;
  /** Days simulated for each answer; more are slower and steadier. */
  seeds: number;
};

export type Change = {
  /** Name of the variant, shown beside its figures. */
  name: string;
  agents?: number;
  startHour?: number;
  shiftMinutes?: number;
  network?: Partial<Scenario['network']>;
  policy?: PolicySource;
};

export type Answer = { name: string; summary: Summary };

/** The day as it is and with each change, side by side: agents, hours, list, mode. */
export function compare(question: WhatIf, changes: Change[]): Answer[] {
  const { scenario, policy, seeds } = question;
  return [{ name: 'as planned' } satisfies Change, ...changes].map((change: Change) => ({
    name: change.name,
    summary: trial(changed(scenario, change), change.policy ?? policy, seeds),
  }));
}

function changed(scenario: Scenario, change: Change): Scenario {
  return {
    ...scenario,
    agents: change.agents ?? scenario.agents,
    startHour: change.startHour ?? scenario.startHour,
    shiftMinutes: change.shiftMinutes ?? scenario.shiftMinutes,
    network: { ...scenario.network, ...change.network },
  };
}

export type AgentsNeeded =
  | { reached: true; agents: number; summary: Summary }
  /** `nearest`: the team that came closest, and by how much it stays below the band. */
  | { reached: false; nearest: { agents: number; summary: Summary }; missing: number };

/**
 * The smallest team that reaches the lower edge of its band under the cap. Larger teams waste less time on chance, so
 * the team is doubled until it reaches the band and then bisected; a list, lines or call rate that cannot feed more
 * agents ends the search.
 */
export function agentsNeeded(question: WhatIf, band: { min: number; max: number }, most: number): AgentsNeeded {
  const seen = new Map<number, Summary>();
  const look = (agents: number): Summary => {
    const known = seen.get(agents);
    if (known !== undefined) return known;
    const scenario = { ...question.scenario, agents, targetUtilization: band };
    const summary = trial(scenario, question.policy, question.seeds);
    seen.set(agents, summary);
    return summary;
  };
  const level = (agents: number): number => look(agents).utilization ?? 0;
  let low = 0;
  let high = 1;
  let best = 1;
  while (level(high) < band.min) {
    if (level(high) > level(best)) best = high;
    // Two doublings without gain: something else than the team's size binds.
    const isStuck = high >= 4 * best && level(high) < level(best);
    if (high >= most || isStuck) {
      return { reached: false, nearest: { agents: best, summary: look(best) }, missing: band.min - level(best) };
    }
    low = high;
    high = Math.min(most, high * 2);
  }
  while (high - low > Math.max(1, Math.floor(low / 20))) {
    const middle = (low + high) >> 1;
    if (level(middle) >= band.min) high = middle;
    else low = middle;
  }
  return { reached: true, agents: high, summary: look(high) };
}

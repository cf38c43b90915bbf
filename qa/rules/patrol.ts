import type { KeyedHash } from './sampling/keyed-hash.ts';
import type { EpochMs } from './working-days.ts';

/** A time at which an inspector goes round and listens, and to whom first. */
export interface PatrolTime {
  readonly at: EpochMs;
  /** Agents in the order in which to listen to them. */
  readonly agentIds: readonly string[];
}

/**
 * Q7: irregular times of a floor patrol in a working span. The span is cut into `rounds` equal parts and one moment chosen in each by
 * the keyed hash: nobody can foresee it, no part of the day is without one, and who checks later can repeat it. The order of agents
 * is drawn anew for each round. `label` names the day and team.
 */
export function patrolTimes(
  span: { readonly from: EpochMs; readonly until: EpochMs },
  rounds: number,
  agentIds: readonly string[],
  chance: KeyedHash,
  label: string,
): PatrolTime[] {
  if (rounds < 1 || span.until <= span.from) return [];
  const part = (span.until - span.from) / rounds;
  return Array.from({ length: Math.floor(rounds) }, (_, round) => {
    const at = Math.floor(span.from + part * (round + chance.uniform(`${label} ${round}`)));
    const order = agentIds.map((id) => ({ id, rank: chance.uniform(`${label} ${round} ${id}`) }));
    order.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
    return { at, agentIds: order.map(({ id }) => id) };
  });
}

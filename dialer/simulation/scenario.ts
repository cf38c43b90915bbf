import type { PacingConfig } from '../rules/pacing/policy.ts';
import type { NetworkModel } from './network-model.ts';

/** A day (or several alike) in a centre: who works, how the list answers, what changes, which limits hold. */
export type Scenario = {
  name: string;
  about: string;
  agents: number;
  startHour: number;
  shiftMinutes: number;
  days: number;
  /** Calling stops so long before the shift's end, so that the last calls in the air still find agents. */
  stopBeforeEndMs: number;
  maxAbandonRate: number;
  abandonWithinMs: number;
  targetUtilization?: { min: number; max: number };
  /** Absent: 10 per agent. */
  maxLines?: number;
  /** Absent: a third of the agents, at least 5. */
  maxCallsPerSecond?: number;
  ringTimeoutMs: number;
  /** Contacts on the list for each day; absent: more than can be called. */
  contacts?: number;
  network: NetworkModel;
  /** The list or the network changes at these minutes of each day's shift. */
  changes: { atMinute: number; network: Partial<NetworkModel> }[];
  crew: Crew;
};

/** How agents come, go and work. */
export type Crew = {
  /** Standard deviation of the logarithm of an agent's own factor on wrap-up (all of it) and on talk (half of it). */
  speedSpread: number;
  wrapUp: WrapUp;
  breaks: Break[];
  /** So many of the agents log in late, spread evenly over this time. */
  late: { share: number; withinMinutes: number };
};

/** Wrap-up = clamp(baseMs + perTalk × talk, baseMs, maxMs) × a log-normal factor with this sigma. */
export type WrapUp = { baseMs: number; perTalk: number; maxMs: number; sigma: number };

/** A pause of each day's shift. Agents take it in `waves`, one after the other, or at an even spread of start times. */
export type Break = { atMinute: number; minutes: number; share: number; waves: number; spreadMinutes: number };

/** What the pacing policy is told: the limits, and a seed of its own. */
export function pacingConfig(scenario: Scenario, seed: number): PacingConfig {
  return {
    maxAbandonRate: scenario.maxAbandonRate,
    abandonWithinMs: scenario.abandonWithinMs,
    ...(scenario.targetUtilization && { targetUtilization: scenario.targetUtilization }),
    maxLines: scenario.maxLines ?? scenario.agents * 10,
    maxCallsPerSecond: scenario.maxCallsPerSecond ?? Math.max(5, scenario.agents / 3),
    ringTimeoutMs: scenario.ringTimeoutMs,
    seed,
  };
}

import { lineRule } from './line-rule.ts';
import type { PacingConfig, PacingPolicy } from './policy.ts';

/** A fixed number of calls under way for each ready agent. Ratios outside 1 to 10, or unreadable ones, become the nearest (1). */
export function ratio(callsPerAgent: number): (config: PacingConfig) => PacingPolicy {
  const level = Number.isFinite(callsPerAgent) ? Math.min(10, Math.max(1, callsPerAgent)) : 1;
  return (config) =>
    lineRule(
      config,
      (ready) => Math.round(ready * level),
      (ready, inFlight) => ({ code: 'ratio', ready, inFlight, ratio: level }),
    );
}

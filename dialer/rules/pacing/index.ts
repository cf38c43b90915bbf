import { withAbandonGuard } from './abandon-guard.ts';
import type { PacingConfig, PacingPolicy, PolicyFactory } from './policy.ts';
import { Predictive } from './predictive.ts';
import { progressive } from './progressive.ts';
import { ratio } from './ratio.ts';

export type * from './policy.ts';

/** The product's own choice: predictive, held by the abandonment guard. */
export function createPolicy(config: PacingConfig): PacingPolicy {
  return withAbandonGuard(new Predictive(config), config);
}

const guardedRatio =
  (callsPerAgent: number): PolicyFactory =>
  (config) =>
    withAbandonGuard(ratio(callsPerAgent)(config), config);

/** The catalogue: name → policy. Whatever can abandon is under the guard. */
export const policies: Record<string, PolicyFactory> = {
  predictive: createPolicy,
  progressive,
  'ratio-1.5': guardedRatio(1.5),
  'ratio-2': guardedRatio(2),
  'ratio-3': guardedRatio(3),
};

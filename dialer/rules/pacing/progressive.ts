import { lineRule } from './line-rule.ts';
import type { PacingConfig, PacingPolicy } from './policy.ts';

/** Never more calls under way than ready agents: nobody who answers waits, unless an agent vanishes meanwhile. */
export function progressive(config: PacingConfig): PacingPolicy {
  return lineRule(
    config,
    (ready) => ready,
    (ready, inFlight) => ({ code: 'progressive', ready, inFlight }),
  );
}

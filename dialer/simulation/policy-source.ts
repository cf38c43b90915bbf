import type { PacingConfig, PacingPolicy } from '../rules/pacing/policy.ts';
import type { SeededNetwork } from './phone-network.ts';
import type { Roster } from './roster.ts';
import type { Scenario } from './scenario.ts';

/** What a reference policy may know beyond the product's policies: the truth of the scenario it runs in. */
export type Truth = { scenario: Scenario; roster: Roster; network: SeededNetwork };

/** Makes a policy for one run. Only the oracle looks at `truth`. */
export type PolicySource = (config: PacingConfig, truth: Truth) => PacingPolicy;

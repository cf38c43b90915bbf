import { HOUR_FACTOR, type Hold } from './abandon-guard.ts';
import type { Learning } from './learning.ts';
import type { SafeConfig } from './safe-config.ts';

/** Share of its threshold that is left to a policy held by the guard. */
const HELD_SHARE: Record<Hold, number> = { none: 1, half: 0.5, 'nearly-all': 0.12, sure: 0.12 };

/**
 * With a band, a list's return may cost so many times what was saved of the cap, as the picture of it has it: a little over half of
 * that comes true, for calls that were placed before the list came back are not answered like those after.
 */
const BEARABLE = 1.4;

/**
 * What one more call may risk: `usual` as the list is now, `most` with its coming back reckoned in. Where the return is more than that,
 * it may still be borne: as many callers as `bearable`.
 */
export type RiskLimits = { usual: number; most: number; bearable: number };

/** The band's wish: a factor on the usual risk, and whether talk lacks. */
export function riskLimits(
  { config, learning, hold }: { config: SafeConfig; learning: Learning; hold: Hold },
  now: number,
  agents: number,
  { factor, lacks }: { factor: number; lacks: boolean },
): RiskLimits {
  const { threshold, ledger, prudence } = learning;
  const { cap, band } = config;
  const share = prudence * HELD_SHARE[hold];
  const aim = threshold.aim(ledger, ledger.window(now), agents);
  const most = share * threshold.value(aim);
  if (band === undefined) return { usual: most, most, bearable: 0 };
  // Inside the band the cap is not spent: what was saved is there for what a list costs that may come back, not for catching up on talk.
  const kept = lacks ? aim : Math.min(aim, threshold.target(agents));
  const usual = factor * share * threshold.value(kept);
  return { usual, most, bearable: share * BEARABLE * ledger.saved(now, cap, HOUR_FACTOR * cap) };
}

/** A chance to find nobody beside the limit that it was held against; `borne`: the list's return is left out, for it was saved for. */
export type Chance = { chanceNobody: number; limit: number; borne: boolean };

export const NOTHING: Chance = { chanceNobody: 0, limit: 0, borne: false };

/** A call's risk with the list's coming back reckoned in, and as the list is now. */
export type Risks = { risk: number; asIs: number };

/** The chance of the last call that was placed; undefined: none was. */
export function placedChance(placed: Risks | undefined, { usual, most }: RiskLimits): Chance {
  if (placed === undefined) return NOTHING;
  const { risk, asIs } = placed;
  if (risk < most) return { chanceNobody: risk, limit: risk < usual ? usual : most, borne: false };
  return { chanceNobody: asIs, limit: usual, borne: true };
}

/** The chance of the next call, which waits: for the list's return, or without it. */
export function waitingChance({ risk, asIs }: Risks, { usual, most }: RiskLimits, forReturn: boolean): Chance {
  return forReturn
    ? { chanceNobody: risk, limit: most, borne: false }
    : { chanceNobody: asIs, limit: usual, borne: false };
}

import { LEAST_RESTING, type Stop } from './band/limit-watch.ts';
import type { PacingReason } from './policy.ts';
import type { SafeConfig } from './safe-config.ts';

type Figures = { chanceNobody: number; limit: number; ready: number; inFlight: number };
/** What the governor does for the band: its aim, the talk utilization it sees, and how many agents it lets rest. */
type Governed = { aim: number; utilization: number; resting: number };

/** Why no call is placed now. @param governed undefined where there is no band */
export function waitReason(
  stop: Stop,
  config: SafeConfig,
  figures: Figures,
  governed: Governed | undefined,
): PacingReason {
  if (stop === 'lines') return { code: 'lines-full', lines: config.maxLines };
  if (stop === 'speed') return { code: 'calls-per-second', limit: config.callsPerSecond };
  const { ready, inFlight } = figures;
  if (stop === 'cold') return { code: 'first-calls', ready, inFlight };
  if (stop === 'sure') return { code: 'sure-calls', ready, inFlight };
  if (stop === 'return') return { code: 'may-return', ...figures };
  const { band } = config;
  // Below the band it is not talk enough that keeps calls back, but what they would risk.
  if (stop === 'risk' || governed === undefined || band === undefined || governed.utilization < band.min)
    return { code: 'waiting', ...figures };
  const { aim, utilization, resting } = governed;
  if (resting < LEAST_RESTING) return { code: 'band-reached', utilization, aim };
  return { code: 'band-rest', utilization, top: band.max, resting: Math.round(resting) };
}

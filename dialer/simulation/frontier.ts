import type { PolicySource } from './policy-source.ts';
import type { Scenario } from './scenario.ts';
import { runShift } from './shift.ts';
import { type Summary, summarise } from './summary.ts';

/** Several seeds of one policy on one scenario, pooled. Seeds are 1 … `seeds`. */
export function trial(scenario: Scenario, policy: PolicySource, seeds: number): Summary {
  const measures = Array.from({ length: seeds }, (_, i) => runShift({ scenario, seed: i + 1, policy }));
  return summarise(measures, scenario.targetUtilization);
}

export type Point = { abandonRate: number; occupancy: number; utilization: number };

/** A policy's figures where its abandon rate is at the cap, or at its best below. */
export type AtCap = Point & {
  /** False where the policy never came up to the cap, or never down to it: then its nearest point is given. */
  isAtCap: boolean;
  asRun: Summary;
};

const factors = { up: [1.3, 1.8], down: [0.75, 0.5, 0.25, 0.1] };

/**
 * Fair comparison of policies that land on different sides of the cap: the cap given to the policy is turned until its
 * realised rate lies on both sides of `cap`, and the figures are read off between the two runs nearest to it.
 */
export function atCap(scenario: Scenario, policy: PolicySource, seeds: number, cap = scenario.maxAbandonRate): AtCap {
  const at = (factor: number): Summary => trial({ ...scenario, maxAbandonRate: cap * factor }, policy, seeds);
  const asRun = at(1);
  let near = pointOf(asRun);
  const isAbove = near.abandonRate > cap;
  for (const factor of isAbove ? factors.down : factors.up) {
    if (near.abandonRate === cap) break;
    const next = pointOf(at(factor));
    if (next.abandonRate > cap !== isAbove) return { ...between(near, next, cap), isAtCap: true, asRun };
    // A policy that does not move with its cap has no other point.
    if (next.abandonRate === near.abandonRate) break;
    near = next;
  }
  return { ...near, isAtCap: false, asRun };
}

/** The abandon rate at a talk utilization, between two settings of a band-keeping policy. */
export function abandonRateAt(scenario: Scenario, policy: PolicySource, seeds: number, utilization: number): number {
  const at = (centre: number): Point =>
    pointOf(trial({ ...scenario, targetUtilization: { min: centre - 0.025, max: centre + 0.025 } }, policy, seeds));
  const low = at(utilization - 0.007);
  const high = at(utilization + 0.007);
  if (Math.abs(high.utilization - low.utilization) < 1e-4) return low.abandonRate;
  const share = Math.min(1.5, Math.max(-0.5, (utilization - low.utilization) / (high.utilization - low.utilization)));
  // Abandonment grows about exponentially with utilization; a hundredth of a percent stands for none.
  const log = (x: number): number => Math.log(x + 1e-4);
  return Math.max(0, Math.exp(log(low.abandonRate) + share * (log(high.abandonRate) - log(low.abandonRate))) - 1e-4);
}

/** Where nothing may be abandoned there is no cap to turn: the frontier is drawn about this one. */
const usualCap = 0.03;

/**
 * Points of a policy as its cap is turned from a fifth to several times the scenario's. A band would hold all of them at one utilization,
 * so there is none.
 */
export function frontier(scenario: Scenario, policy: PolicySource, seeds: number): Point[] {
  const { targetUtilization: _, ...free } = scenario;
  const cap = scenario.maxAbandonRate > 0 ? scenario.maxAbandonRate : usualCap;
  const points: Point[] = [];
  for (const factor of [0.2, 0.5, 1, 2, 3.5]) {
    const point = pointOf(trial({ ...free, maxAbandonRate: Math.min(1, cap * factor) }, policy, seeds));
    const last = points[points.length - 1];
    if (last !== undefined && last.abandonRate === point.abandonRate && last.occupancy === point.occupancy) break;
    points.push(point);
  }
  return points;
}

export function pointOf(summary: Summary): Point {
  return {
    abandonRate: summary.abandonRate ?? 0,
    occupancy: summary.occupancy ?? 0,
    utilization: summary.utilization ?? 0,
  };
}

function between(a: Point, b: Point, cap: number): Point {
  const share = (cap - a.abandonRate) / (b.abandonRate - a.abandonRate);
  return {
    abandonRate: cap,
    occupancy: a.occupancy + share * (b.occupancy - a.occupancy),
    utilization: a.utilization + share * (b.utilization - a.utilization),
  };
}

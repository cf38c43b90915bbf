import { estimateShare, type Interval, type Weighed, wilson } from './estimates.ts';

/**
 * A rate as it is shown: always with what it was made of. counted: every case was counted; the interval says how far the true chance may
 * lie. estimated: from inspected recordings, weighted by their chance of being drawn; then numerator and denominator are the raw counts
 * among the inspected, and value is not their quotient.
 */
export interface Rate {
  readonly basis: 'counted' | 'estimated';
  readonly numerator: number;
  readonly denominator: number;
  /** null where the denominator is 0: no rate, not a rate of 0. */
  readonly value: number | null;
  readonly interval: Interval;
}

/** A counted share. A numerator above its denominator is a fault of the caller's figures and is shown as it is, without clipping. */
export function counted(numerator: number, denominator: number): Rate {
  if (denominator <= 0) return { basis: 'counted', numerator, denominator, value: null, interval: wilson(0, 0) };
  const value = numerator / denominator;
  return {
    basis: 'counted',
    numerator,
    denominator,
    value,
    interval: wilson(Math.min(1, Math.max(0, value)), denominator),
  };
}

/** A share estimated from inspected recordings. */
export function estimated(sample: readonly Weighed[]): Rate {
  const { share, interval } = estimateShare(sample);
  const numerator = sample.filter(({ value }) => value === 1).length;
  return { basis: 'estimated', numerator, denominator: sample.length, value: share, interval };
}

import type { Rate } from '../contract/common.ts';

/** A share that was counted, not estimated: its interval is itself. */
export function share(numerator: number, denominator: number): Rate {
  const value = denominator === 0 ? null : numerator / denominator;
  return { numerator, denominator, value, low: value, high: value, n: denominator };
}

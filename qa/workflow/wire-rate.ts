/** A rate as pages get it: flat, with the number of observations behind it. */
import type { Rate } from '../rules/rate.ts';

export type WireRate = {
  numerator: number;
  denominator: number;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
};

export function wireRate({ numerator, denominator, value, interval }: Rate): WireRate {
  const known = value !== null;
  return {
    numerator,
    denominator,
    value,
    low: known ? interval.low : null,
    high: known ? interval.high : null,
    n: denominator,
  };
}

/** Small numeric helpers of the forecast. */

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Clamped probability away from 0 and 1, so that odds stay finite. */
export const openChance = (p: number): number => clamp(p, 1e-4, 1 - 1e-4);

export const logit = (p: number): number => Math.log(openChance(p) / (1 - openChance(p)));

export const fromLogit = (x: number): number => 1 / (1 + Math.exp(-clamp(x, -30, 30)));

/**
 * Standard normal distribution function, absolute error below 1e-7
 * (formula 26.2.17 of Abramowitz and Stegun's handbook).
 */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    Math.exp((-x * x) / 2) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}

export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) * 0.3989422804014327;

/** Logarithm of the Gamma function for x > 0, relative error below 1e-9 (Stirling's series, formula 6.1.40 of the same handbook). */
export function lnGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 8; y++) shift -= Math.log(y);
  return shift + (y - 0.5) * Math.log(y) - y + Math.log(2 * Math.PI) / 2 + 1 / (12 * y) - 1 / (360 * y ** 3);
}

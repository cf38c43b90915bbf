import { betaCdf, betaQuantile } from './beta.ts';

/** From low to high, both in [0, 1]. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % point of the normal distribution: two-sided 95 %. */
export const Z95 = 1.959963984540054;

/**
 * Wilson's score interval of a share seen in `n` (E. B. Wilson, JASA 22, 1927). `n` may be an effective size and so no whole number; with
 * n = 0 nothing is known: 0 to 1. An infinite n is a census: no width.
 */
export function wilson(share: number, n: number, z: number = Z95): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  if (n === Number.POSITIVE_INFINITY) return { low: share, high: share };
  const z2 = z * z;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { low: share === 0 ? 0 : Math.max(0, centre - half), high: share === 1 ? 1 : Math.min(1, centre + half) };
}

/** The exact interval of x in n (Clopper and Pearson, Biometrika 26, 1934): never covers less than 95 %; for disputes over a contract. */
export function clopperPearson(x: number, n: number, alpha = 0.05): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  return {
    low: x <= 0 ? 0 : betaQuantile(alpha / 2, x, n - x + 1),
    high: x >= n ? 1 : betaQuantile(1 - alpha / 2, x + 1, n - x),
  };
}

/**
 * Limits of a p-chart for one point of `n` around the mean share: three standard errors, or, where n × share < 5 and these mislead, the
 * exact binomial points of the same error (SAS/QC User's Guide, SHEWHART procedure). Above `high` a month or an agent stands out.
 */
export function chartLimits(mean: number, n: number): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  if (n * mean >= 5) {
    const width = 3 * Math.sqrt((mean * (1 - mean)) / n);
    return { low: Math.max(0, mean - width), high: Math.min(1, mean + width) };
  }
  const tail = 0.00135;
  let x = 0;
  // P(X > x) = I_mean(x + 1, n − x).
  while (x < n && betaCdf(mean, x + 1, n - x) > tail) x += 1;
  return { low: 0, high: x / n };
}

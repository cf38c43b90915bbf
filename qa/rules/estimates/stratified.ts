import { type Interval, wilson } from './intervals.ts';

/** One stratum: its size, how many were drawn without replacement, and how many of these have what is counted. */
export interface Stratum {
  readonly size: number;
  readonly drawn: number;
  readonly having: number;
}

export interface StratifiedEstimate {
  readonly share: number | null;
  readonly variance: number;
  readonly interval: Interval;
  /** Share of the population that lies in strata of which nothing was drawn: the estimate says nothing about them. */
  readonly uncovered: number;
}

/**
 * The stratified mean and its variance, Σ (N_h/N)² (1 − n_h/N_h) s_h²/n_h with s_h² = p_h(1 − p_h) n_h/(n_h − 1) (W. G. Cochran, Sampling
 * Techniques, chapter 5). A stratum of which one was drawn shows no spread of its own and takes the pooled one. The interval is
 * Wilson's at the size that a simple draw of the same variance would have.
 */
export function estimateStratified(strata: readonly Stratum[]): StratifiedEstimate {
  const population = strata.reduce((sum, { size }) => sum + size, 0);
  const seen = strata.filter(({ drawn }) => drawn > 0);
  const covered = seen.reduce((sum, { size }) => sum + size, 0);
  const uncovered = population === 0 ? 0 : 1 - covered / population;
  if (covered === 0) return { share: null, variance: 0, interval: wilson(0, 0), uncovered };

  const drawn = seen.reduce((sum, stratum) => sum + stratum.drawn, 0);
  const pooled = seen.reduce((sum, { having }) => sum + having, 0) / drawn;
  let share = 0;
  let variance = 0;
  let census = true;
  for (const { size, drawn: n, having } of seen) {
    const weight = size / covered;
    const p = having / n;
    const spread = n === 1 ? pooled * (1 - pooled) : (p * (1 - p) * n) / (n - 1);
    share += weight * p;
    variance += (weight * weight * (1 - n / size) * spread) / n;
    census &&= n >= size;
  }
  const alike = variance === 0 ? drawn : (share * (1 - share)) / variance;
  return { share, variance, interval: wilson(share, census ? Number.POSITIVE_INFINITY : alike), uncovered };
}

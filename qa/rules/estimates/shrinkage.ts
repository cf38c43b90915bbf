import { betaQuantile } from './beta.ts';
import type { Interval } from './intervals.ts';

/** How agents' true rates are spread: Beta(a, b). */
export interface RatePrior {
  readonly a: number;
  readonly b: number;
}

/** What was seen of one agent: a rate and the (effective) number it rests on, which need not be whole. */
export interface SeenRate {
  readonly rate: number;
  readonly n: number;
}

/** a + b is held between these: with few agents or few inspections the fit is loose, and must neither flatten nor exaggerate. */
const STRENGTH_LEAST = 2;
const STRENGTH_MOST = 1000;

/**
 * Fits the spread of agents' rates by moments (J. C. Kleinman, JASA 68, 1973): with m the mean rate, N = Σn, k agents and
 * S = Σ n (rate − m)², E S = m(1 − m) [(k − 1)(1 − ρ) + ρ (N − Σn²/N)], and a + b = 1/ρ − 1.
 */
export function fitPrior(agents: readonly SeenRate[]): RatePrior {
  const seen = agents.filter(({ n }) => n > 0 && Number.isFinite(n));
  const total = seen.reduce((sum, { n }) => sum + n, 0);
  const having = seen.reduce((sum, { rate, n }) => sum + rate * n, 0);
  // Half a case of either kind keeps the mean off 0 and 1.
  const mean = (having + 0.5) / (total + 1);
  const spread = mean * (1 - mean);
  const s = seen.reduce((sum, { rate, n }) => sum + n * (rate - mean) ** 2, 0);
  const free = seen.length - 1;
  const room = total - seen.reduce((sum, { n }) => sum + n * n, 0) / Math.max(total, 1) - free;
  const rho = free < 1 || room <= 0 ? 1 / (STRENGTH_LEAST + 1) : (s / spread - free) / room;
  const strength = Math.min(STRENGTH_MOST, Math.max(STRENGTH_LEAST, rho <= 0 ? STRENGTH_MOST : 1 / rho - 1));
  return { a: mean * strength, b: (1 - mean) * strength };
}

/** An agent's rate after what was seen, drawn towards the others' where little was: (a + x) ÷ (a + b + n). For ranking, never for pay alone. */
export function shrunkenRate(
  prior: RatePrior,
  { rate, n }: SeenRate,
): { readonly rate: number; readonly interval: Interval } {
  if (n === Number.POSITIVE_INFINITY) return { rate, interval: { low: rate, high: rate } };
  const a = prior.a + rate * n;
  const b = prior.b + (1 - rate) * n;
  return { rate: a / (a + b), interval: { low: betaQuantile(0.025, a, b), high: betaQuantile(0.975, a, b) } };
}

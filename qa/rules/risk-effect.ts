/** What a centre's own inspections say of each factor of risk, beside what is assumed of it. Shown to people; nothing is set by it. */
import { DEFAULT_RISK_WEIGHTS, oddsRatio, type RiskFactor, type RiskWeights } from './risk.ts';

/** Judged re-checks that had a factor when they were judged. */
export interface FactorCount {
  readonly factor: string;
  readonly faulty: number;
  readonly good: number;
}

export interface FactorEffect {
  readonly factor: Exclude<RiskFactor, 'agent-record'>;
  readonly faultyWith: number;
  readonly goodWith: number;
  readonly faultyWithout: number;
  readonly goodWithout: number;
  /** By how much the odds of a fault were multiplied where it was there, with a 95 % interval; null: it was there nowhere, or everywhere. */
  readonly times: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** What the order of the queue takes it for. */
  readonly assumed: number;
}

/** Every factor of the table, also one that never was. Of all judged re-checks so many were faulty, and so many good. */
export function factorEffects(
  all: { readonly faulty: number; readonly good: number },
  counts: readonly FactorCount[],
  weights: RiskWeights = DEFAULT_RISK_WEIGHTS,
): FactorEffect[] {
  return factorsOf(weights).map((factor) => {
    const { faulty, good } = counts.find((each) => each.factor === factor) ?? { faulty: 0, good: 0 };
    const cells = [faulty, all.faulty - faulty, good, all.good - good] as const;
    const [faultyWith, faultyWithout, goodWith, goodWithout] = cells;
    const compared = faultyWith + goodWith > 0 && faultyWithout + goodWithout > 0;
    const terms = { faultyWith, faultyWithout, goodWith, goodWithout };
    return { factor, ...terms, times: compared ? timesOf(cells) : null, assumed: weights[factor] };
  });
}

/** Woolf's interval on the logarithm, with the halves of `oddsRatio`. */
function timesOf(cells: readonly [number, number, number, number]): NonNullable<FactorEffect['times']> {
  const value = oddsRatio(...cells);
  const width = 1.96 * Math.sqrt(cells.reduce((sum, cell) => sum + 1 / (cell + 0.5), 0));
  return { value, low: value * Math.exp(-width), high: value * Math.exp(width) };
}

const isFactor = (name: string, weights: RiskWeights): name is keyof RiskWeights => name in weights;
const factorsOf = (weights: RiskWeights): (keyof RiskWeights)[] =>
  Object.keys(weights).filter((name) => isFactor(name, weights));

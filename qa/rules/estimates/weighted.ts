import { type Interval, wilson } from './intervals.ts';

/** One inspected recording: 1 if it has what is counted, else 0, and its chance of having been drawn. */
export interface Weighed {
  readonly value: number;
  readonly inclusionProbability: number;
}

/** An estimated share with its 95 % interval; `inspected` is the number it rests on. null where nothing was inspected. */
export interface EstimatedShare {
  readonly share: number | null;
  readonly interval: Interval;
  readonly inspected: number;
  /** Number of simple random draws from a large population that would be as sharp; infinite for a census. */
  readonly effectiveSize: number;
}

/** Horvitz–Thompson 1952: Σ value ÷ chance estimates the population's total, without bias. */
export function horvitzThompsonTotal(sample: readonly Weighed[]): number {
  return sample.reduce((sum, { value, inclusionProbability }) => sum + value / inclusionProbability, 0);
}

/** The total divided by the known population size: unbiased, but may leave [0, 1] where drawn weights do not add up to the size. */
export function horvitzThompsonMean(sample: readonly Weighed[], populationSize: number): number | null {
  return populationSize === 0 ? null : horvitzThompsonTotal(sample) / populationSize;
}

/** Hájek 1971: Σ(value ÷ chance) ÷ Σ(1 ÷ chance). Nearly unbiased, steadier, always within the values; what the pages show. */
export function hajekMean(sample: readonly Weighed[]): number | null {
  const weight = sample.reduce((sum, { inclusionProbability }) => sum + 1 / inclusionProbability, 0);
  return weight === 0 ? null : horvitzThompsonTotal(sample) / weight;
}

/** (Σw)² ÷ Σw²(1 − chance), w = 1 ÷ chance: Kish's effective size (Survey Sampling, 1965) with the finite-population correction. */
export function effectiveSize(sample: readonly Weighed[]): number {
  let sum = 0;
  let squares = 0;
  for (const { inclusionProbability: chance } of sample) {
    sum += 1 / chance;
    squares += (1 - chance) / (chance * chance);
  }
  if (sum === 0) return 0;
  return squares === 0 ? Number.POSITIVE_INFINITY : (sum * sum) / squares;
}

/**
 * The Hájek share with its interval. Recordings that were certain to be drawn (forced, or all of an agent's) are a stratum of their own
 * that is known without error; the interval is Wilson's for the others, at their effective size, in proportion to their weight.
 */
export function estimateShare(sample: readonly Weighed[]): EstimatedShare {
  const certain = sample.filter(({ inclusionProbability }) => inclusionProbability >= 1);
  const drawn = sample.filter(({ inclusionProbability }) => inclusionProbability < 1);
  const share = hajekMean(sample);
  const inspected = sample.length;
  if (share === null) return { share, interval: wilson(0, 0), inspected, effectiveSize: 0 };
  const drawnShare = hajekMean(drawn);
  const size = effectiveSize(drawn);
  if (drawnShare === null)
    return {
      share,
      interval: wilson(share, Number.POSITIVE_INFINITY),
      inspected,
      effectiveSize: Number.POSITIVE_INFINITY,
    };
  const drawnWeight = drawn.reduce((sum, { inclusionProbability }) => sum + 1 / inclusionProbability, 0);
  const certainTotal = certain.reduce((sum, { value }) => sum + value, 0);
  const whole = (part: number) => (certainTotal + drawnWeight * part) / (certain.length + drawnWeight);
  const part = wilson(drawnShare, size);
  return {
    share,
    interval: { low: whole(part.low), high: whole(part.high) },
    inspected,
    effectiveSize: effectiveSize(sample),
  };
}

/** The chance of being in at least one of two independent draws. */
export function eitherDraw(first: number, second: number): number {
  return 1 - (1 - first) * (1 - second);
}

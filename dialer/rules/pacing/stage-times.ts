import { FadingCounts } from './fading.ts';

/**
 * How long one stage of a call lasts, learnt as fading counts per second over a believed shape worth a few calls.
 */
export class StageTimes {
  private readonly counts: FadingCounts;
  private readonly believed: Float64Array;
  private readonly priorCalls: number;

  /** @param seconds longest stage that is told apart. @param shape relative chances by second of length. @param priorCalls how many observed calls the shape is worth. */
  constructor(seconds: number, shape: (second: number) => number, priorCalls: number) {
    this.counts = new FadingCounts(seconds);
    const raw = Float64Array.from({ length: seconds }, (_, second) => Math.max(0, shape(second)));
    const sum = raw.reduce((a, b) => a + b, 0);
    this.believed = raw.map((weight) => weight / (sum || 1));
    this.priorCalls = priorCalls;
  }

  /** Observed calls, fading, without the prior. */
  get seen(): number {
    return this.counts.total;
  }

  learn(ms: number, halfLife: number): void {
    this.counts.fade(halfLife);
    this.counts.add(Math.max(0, ms) / 1000);
  }

  /** Chance by second of length. */
  density(): Float64Array {
    const all = this.counts.total + this.priorCalls;
    return this.believed.map((prior, second) => (this.counts.at(second) + this.priorCalls * prior) / all);
  }

  toJSON(): number[] {
    return this.counts.toJSON();
  }

  load(stored: unknown): void {
    this.counts.load(stored);
  }
}

/** Chance of lasting at least so many whole seconds, by second. */
export function survival(density: Float64Array): Float64Array {
  const alive = new Float64Array(density.length + 1);
  for (let second = density.length - 1; second >= 0; second--)
    alive[second] = (alive[second + 1] ?? 0) + (density[second] ?? 0);
  return alive;
}

/** Distribution of the sum of two independent lengths. */
export function sumOf(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) {
    const weight = a[i] ?? 0;
    if (weight < 1e-6) continue;
    for (let j = 0; i + j < sum.length; j++) sum[i + j] = (sum[i + j] ?? 0) + weight * (b[j] ?? 0);
  }
  return sum;
}

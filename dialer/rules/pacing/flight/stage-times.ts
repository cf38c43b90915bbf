import { FadingCounts } from '../fading.ts';
import { clamp } from '../numbers.ts';
import { loadLately } from '../short-memories.ts';

/**
 * The memories of how long stages take lately: half-lives in calls, and how much a length seen speaks for itself and
 * for its neighbours, by distance in seconds (the fewer calls, the wider).
 */
const LATELY = [
  { calls: 12, blur: [0.24, 0.22, 0.16] },
  { calls: 60, blur: [0.5, 0.25] },
] as const;
/** What the short memories believe before their own: the long memory and, in equal parts, any length. Worth so many calls. */
const LATELY_PRIOR = 4;
/** Belief moves to another memory at this rate with each call, so that a change can always be followed. */
const SHARE = 0.002;

/**
 * How long one stage of a call lasts, followed through changes of the list and the network.
 *
 * The long memory is fading counts by second over a believed shape worth a few calls. It would need hundreds of
 * answers to notice that people pick up after eighteen seconds instead of four. So short memories run beside it, and each is weighted by how
 * well it foretold the lengths so far (fixed-share mixing, as for the answer rate).
 */
export class StageTimes {
  private readonly counts: FadingCounts;
  private readonly lately: FadingCounts[];
  private believed: Float64Array;
  private readonly priorCalls: number;
  private readonly longest: number;
  private belief = [1, ...LATELY.map(() => 0)];
  private readonly weights = this.belief.map(() => 0);

  /** @param seconds longest stage that is told apart. @param shape relative chances by second of length. @param priorCalls how many observed calls the shape is worth. */
  constructor(seconds: number, shape: (second: number) => number, priorCalls: number) {
    this.counts = new FadingCounts(seconds);
    this.lately = LATELY.map(() => new FadingCounts(seconds));
    const raw = Float64Array.from({ length: seconds }, (_, second) => Math.max(0, shape(second)));
    const sum = raw.reduce((a, b) => a + b, 0);
    this.believed = raw.map((weight) => weight / (sum || 1));
    this.priorCalls = priorCalls;
    // A shape that ends before the last second says that no stage can last longer.
    this.longest = 1 + raw.findLastIndex((weight) => weight > 0);
  }

  /** From now on this is believed before anything is seen of such calls: what all calls together show. */
  restOn(density: Float64Array): void {
    this.believed = density;
  }

  /** Observed calls, fading, without the prior. */
  get seen(): number {
    return this.counts.total;
  }

  /** How far belief has moved from the long memory to what happens lately. */
  get moved(): number {
    return 1 - (this.belief[0] ?? 1);
  }

  learn(ms: number, halfLife: number): void {
    const second = clamp(Math.floor(Math.max(0, ms) / 1000), 0, this.counts.bins - 1);
    this.believe(second);
    this.counts.fade(halfLife);
    this.counts.add(second);
    for (let memory = 0; memory < LATELY.length; memory++) this.blur(memory, second);
  }

  private blur(memory: number, second: number): void {
    const { calls, blur } = LATELY[memory] ?? LATELY[0];
    const counts = this.lately[memory];
    if (counts === undefined) return;
    counts.fade(calls);
    for (let distance = 0; distance < blur.length; distance++) {
      const weight = blur[distance] ?? 0;
      counts.add(second + distance, weight);
      if (distance > 0) counts.add(second - distance, weight);
    }
  }

  /** Weighs the memories anew by how likely each thought a stage of this length. */
  private believe(second: number): void {
    const { belief, weights } = this;
    const long = this.long(second);
    let sum = (belief[0] ?? 0) * Math.max(1e-9, long);
    weights[0] = sum;
    let memory = 0;
    for (const counts of this.lately) {
      const weight = (belief[++memory] ?? 0) * Math.max(1e-9, this.late(counts, second, long));
      weights[memory] = weight;
      sum += weight;
    }
    for (let i = 0; i < belief.length; i++) belief[i] = ((weights[i] ?? 0) / sum) * (1 - SHARE) + SHARE / belief.length;
  }

  /** Chance of this length by the long memory. */
  private long(second: number): number {
    const prior = this.priorCalls * (this.believed[second] ?? 0);
    return (this.counts.at(second) + prior) / (this.counts.total + this.priorCalls);
  }

  /** Chance of this length by a short memory, which begins from the long one's. */
  private late(counts: FadingCounts, second: number, long: number): number {
    const any = second < this.longest ? 1 / this.longest : 0;
    return (counts.at(second) + (LATELY_PRIOR * (long + any)) / 2) / (counts.total + LATELY_PRIOR);
  }

  /** Chance by second of length as of old, whatever happens lately. */
  longDensity(): Float64Array {
    return this.believed.map((_, second) => this.long(second));
  }

  /** Chance by second of length. */
  density(): Float64Array {
    const { belief, lately } = this;
    const density = new Float64Array(this.believed.length);
    for (let second = 0; second < density.length; second++) {
      const long = this.long(second);
      let sum = (belief[0] ?? 0) * long;
      let memory = 0;
      for (const counts of lately) sum += (belief[++memory] ?? 0) * this.late(counts, second, long);
      density[second] = sum;
    }
    return density;
  }

  toJSON(): { counts: FadingCounts; lately: FadingCounts[]; belief: number[] } {
    return { counts: this.counts, lately: this.lately, belief: this.belief };
  }

  /** Also takes what was stored before there were short memories: the long one's counts alone. */
  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null || !('counts' in stored)) {
      this.counts.load(stored);
      return;
    }
    this.counts.load(stored.counts);
    this.belief = loadLately(stored, this.lately) ?? this.belief;
  }
}

/** Chance of lasting at least so many whole seconds, by second. */
export function survival(density: Float64Array): Float64Array {
  const alive = new Float64Array(density.length + 1);
  for (let second = density.length - 1; second >= 0; second--)
    alive[second] = (alive[second + 1] ?? 0) + (density[second] ?? 0);
  return alive;
}

/** Distribution of the sum of two independent lengths, written into `sum`. */
export function sumOf(a: Float64Array, b: Float64Array, sum: Float64Array = new Float64Array(a.length)): Float64Array {
  sum.fill(0);
  for (let i = 0; i < a.length; i++) {
    const weight = a[i] ?? 0;
    if (weight < 1e-6) continue;
    for (let j = 0; i + j < sum.length; j++) sum[i + j] = (sum[i + j] ?? 0) + weight * (b[j] ?? 0);
  }
  return sum;
}

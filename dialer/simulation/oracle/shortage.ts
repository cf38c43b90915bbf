import { normalCdf } from '../distribution.ts';

/** Above so many uncertain agents and calls the sum is taken as normal with its skewness. */
const exactLimit = 60;
const width = 64;

/**
 * For several horizons at once, the probability that one more answer finds nobody: P(base + freed − answered ≤ 0),
 * where freed and answered are sums of independent yes-or-no events of different chances (Poisson-binomial). Exact for
 * small teams; for large ones an Edgeworth expansion with the third moment.
 */
export class Shortage {
  readonly horizons: number;
  private readonly freed: Float64Array;
  private readonly answered: Float64Array;
  private readonly base: Float64Array;
  private readonly mean: Float64Array;
  private readonly variance: Float64Array;
  private readonly third: Float64Array;
  private readonly freedTop: Int32Array;
  private readonly answeredTop: Int32Array;
  private isExact = true;

  constructor(horizons: number) {
    this.horizons = horizons;
    this.freed = new Float64Array(horizons * width);
    this.answered = new Float64Array(horizons * width);
    this.base = new Float64Array(horizons);
    this.mean = new Float64Array(horizons);
    this.variance = new Float64Array(horizons);
    this.third = new Float64Array(horizons);
    this.freedTop = new Int32Array(horizons);
    this.answeredTop = new Int32Array(horizons);
  }

  /** Starts anew. `count`: how many uncertain events will be added at most. */
  start(count: number): void {
    this.isExact = count <= exactLimit;
    this.mean.fill(0);
    this.variance.fill(0);
    this.third.fill(0);
    if (!this.isExact) return;
    this.freed.fill(0);
    this.answered.fill(0);
    this.freedTop.fill(0);
    this.answeredTop.fill(0);
    for (let k = 0; k < this.horizons; k++) {
      this.freed[k * width] = 1;
      this.answered[k * width] = 1;
    }
  }

  /** Agents certainly free at horizon `k`, less the answers that wait already. */
  setBase(k: number, base: number): void {
    this.base[k] = base;
  }

  addFreed(k: number, p: number): void {
    if (p <= 0) return;
    if (this.isExact) include(this.freed, k * width, this.grow(this.freedTop, k), p);
    else this.addMoments(k, p, 1);
  }

  addAnswered(k: number, p: number): void {
    if (p <= 0) return;
    if (this.isExact) include(this.answered, k * width, this.grow(this.answeredTop, k), p);
    else this.addMoments(k, p, -1);
  }

  /** The chance that at horizon `k` nobody is there for one more answer. */
  chance(k: number): number {
    return this.isExact ? this.exactChance(k) : this.normalChance(k);
  }

  private grow(tops: Int32Array, k: number): number {
    const top = Math.min(width - 1, (tops[k] ?? 0) + 1);
    tops[k] = top;
    return top;
  }

  private addMoments(k: number, p: number, sign: number): void {
    const v = p * (1 - p);
    this.mean[k] = (this.mean[k] ?? 0) + sign * p;
    this.variance[k] = (this.variance[k] ?? 0) + v;
    this.third[k] = (this.third[k] ?? 0) + sign * v * (1 - 2 * p);
  }

  /** Σ P(freed = x) · P(answered ≥ base + x). */
  private exactChance(k: number): number {
    const { freed, answered } = this;
    const base = this.base[k] ?? 0;
    const start = k * width;
    const top = this.freedTop[k] ?? 0;
    let below = 0;
    for (let y = 0; y < base && y < width; y++) below += answered[start + y] ?? 0;
    let sum = 0;
    for (let x = 0; x <= top; x++) {
      const y = base + x - 1;
      if (x > 0 && y >= 0 && y < width) below += answered[start + y] ?? 0;
      sum += (freed[start + x] ?? 0) * Math.max(0, 1 - (base + x <= 0 ? 0 : below));
    }
    return sum;
  }

  private normalChance(k: number): number {
    const mean = (this.base[k] ?? 0) + (this.mean[k] ?? 0);
    const variance = this.variance[k] ?? 0;
    if (variance < 1e-9) return mean <= 0.5 ? 1 : 0;
    const sd = Math.sqrt(variance);
    const z = (0.5 - mean) / sd;
    const skew = (this.third[k] ?? 0) / (sd * sd * sd);
    const density = 0.3989422804014327 * Math.exp((-z * z) / 2);
    return Math.min(1, Math.max(0, normalCdf(z) + (skew * (1 - z * z) * density) / 6));
  }
}

/** Adds one event to the distribution that starts at `start` and now ends at `top`. */
function include(counts: Float64Array, start: number, top: number, p: number): void {
  const q = 1 - p;
  for (let i = start + top; i > start; i--) counts[i] = (counts[i] ?? 0) * q + (counts[i - 1] ?? 0) * p;
  counts[start] = (counts[start] ?? 0) * q;
}

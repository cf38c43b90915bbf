import { normalCdf } from '../distribution.ts';

/** Above so many uncertain agents and calls the sum is taken as normal with its skewness. */
const exactLimit = 70;
const width = 96;

/**
 * Probability that one more answer finds nobody: P(base + freed − answered ≤ 0), where freed and answered are sums of
 * independent yes-or-no events of different chances (Poisson-binomial). Exact for small teams; for large ones an
 * Edgeworth expansion with the third moment.
 */
export class Shortage {
  private readonly freed = new Float64Array(width);
  private readonly answered = new Float64Array(width);
  private isExact = true;
  private base = 0;
  private mean = 0;
  private variance = 0;
  private third = 0;
  private freedTop = 0;
  private answeredTop = 0;

  /** `count`: how many uncertain events will be added. */
  start(base: number, count: number): void {
    this.isExact = count <= exactLimit;
    this.base = base;
    this.mean = base;
    this.variance = 0;
    this.third = 0;
    this.freedTop = 0;
    this.answeredTop = 0;
    if (!this.isExact) return;
    this.freed.fill(0);
    this.answered.fill(0);
    this.freed[0] = 1;
    this.answered[0] = 1;
  }

  addFreed(p: number): void {
    if (p <= 0) return;
    if (this.isExact) include(this.freed, ++this.freedTop, p);
    else this.addMoments(p, 1);
  }

  addAnswered(p: number): void {
    if (p <= 0) return;
    if (this.isExact) include(this.answered, ++this.answeredTop, p);
    else this.addMoments(p, -1);
  }

  /** The chance that nobody is there for one more answer. */
  chance(): number {
    return this.isExact ? this.exactChance() : this.normalChance();
  }

  private addMoments(p: number, sign: 1 | -1): void {
    const v = p * (1 - p);
    this.mean += sign * p;
    this.variance += v;
    this.third += sign * v * (1 - 2 * p);
  }

  /** Σ P(freed = x) · P(answered ≥ base + x). */
  private exactChance(): number {
    const { freed, answered, base } = this;
    let below = 0;
    for (let y = 0; y < base && y < width; y++) below += answered[y] ?? 0;
    let sum = 0;
    for (let x = 0; x <= this.freedTop && x < width; x++) {
      const y = base + x - 1;
      if (x > 0 && y >= 0 && y < width) below += answered[y] ?? 0;
      sum += (freed[x] ?? 0) * Math.max(0, 1 - (base + x <= 0 ? 0 : below));
    }
    return sum;
  }

  private normalChance(): number {
    if (this.variance < 1e-9) return this.mean <= 0.5 ? 1 : 0;
    const sd = Math.sqrt(this.variance);
    const z = (0.5 - this.mean) / sd;
    const skew = this.third / (sd * sd * sd);
    const density = 0.3989422804014327 * Math.exp((-z * z) / 2);
    return Math.min(1, Math.max(0, normalCdf(z) + (skew * (1 - z * z) * density) / 6));
  }
}

/** Adds one event to a distribution whose counts end below `top`. */
function include(counts: Float64Array, top: number, p: number): void {
  const q = 1 - p;
  for (let k = Math.min(top, counts.length - 1); k > 0; k--)
    counts[k] = (counts[k] ?? 0) * q + (counts[k - 1] ?? 0) * p;
  counts[0] = (counts[0] ?? 0) * q;
}

/**
 * Counts that fade: each new observation weighs a little more than the last, which is the same as letting all
 * old ones shrink, without touching them. After `halfLife` observations an old one counts half.
 */
export class FadingCounts {
  /** Observed weight by bin, in units of the newest observation's weight times `unit`. */
  private readonly weights: Float64Array;
  private unit = 1;
  private sum = 0;
  /** The half-life faded by last, and its step: a power costs more than all the rest, and half-lives seldom change. */
  private halfLife = Number.NaN;
  private step = 1;

  constructor(bins: number) {
    this.weights = new Float64Array(bins);
  }

  get bins(): number {
    return this.weights.length;
  }

  /** Effective number of observations. */
  get total(): number {
    return this.sum / this.unit;
  }

  at(bin: number): number {
    return (this.weights[bin] ?? 0) / this.unit;
  }

  add(bin: number, weight = 1): void {
    const place = Math.max(0, Math.min(this.weights.length - 1, Math.floor(bin)));
    if (!(weight > 0) || Number.isNaN(place)) return;
    this.weights[place] = (this.weights[place] ?? 0) + weight * this.unit;
    this.sum += weight * this.unit;
  }

  /** Forgets all, and begins with these. */
  restart(weights: Float64Array): void {
    this.unit = 1;
    this.weights.set(weights);
    this.sum = weights.reduce((sum, weight) => sum + weight, 0);
  }

  /** Lets everything so far fade by one observation. */
  fade(halfLife: number): void {
    if (halfLife !== this.halfLife) {
      this.halfLife = halfLife;
      this.step = 2 ** (1 / Math.max(1, halfLife));
    }
    this.unit *= this.step;
    if (this.unit > 1e9) this.rescale();
  }

  private rescale(): void {
    for (let bin = 0; bin < this.weights.length; bin++) this.weights[bin] = (this.weights[bin] ?? 0) / this.unit;
    this.sum /= this.unit;
    this.unit = 1;
  }

  toJSON(): number[] {
    this.rescale();
    return Array.from(this.weights, (weight) => Math.round(weight * 1000) / 1000);
  }

  /** Takes over stored counts; anything that is not a list of finite numbers ≥ 0 is left out. */
  load(stored: unknown): void {
    if (!Array.isArray(stored)) return;
    this.weights.fill(0);
    this.unit = 1;
    this.sum = 0;
    for (let bin = 0; bin < this.weights.length; bin++) {
      const value: unknown = stored[bin];
      if (typeof value === 'number' && value > 0 && value < 1e9) {
        this.weights[bin] = value;
        this.sum += value;
      }
    }
  }
}

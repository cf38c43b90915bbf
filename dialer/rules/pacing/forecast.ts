import { COLUMNS } from './horizon.ts';
import { clamp, normalCdf, normalDensity } from './numbers.ts';

/**
 * The forecast of spare agents: at each column, (ready agents) + (busy ones who will be free) − (calls that will have
 * been presented and still need somebody). `nobody()` is the chance that nothing is left for one more caller.
 */
export type SpareForecast = {
  /** One busy agent with the chances of being free at each column. */
  addAgent(table: Float64Array, offset: number): void;
  /** One call with chance `p` of being presented and, if so, `row` of keeping an agent busy at each column. */
  addCall(p: number, row: Float64Array): void;
  /** Chance, for each column, that a caller who comes then finds nobody within the grace, with `reserve` agents held back. */
  nobody(reserve: number): Float64Array;
};

/**
 * Small teams: exact. The spare count is ready + Σ Bernoulli(free) − Σ Bernoulli(busy); counting calls that do *not* need
 * an agent instead of those that do turns it into one sum of independent Bernoullis (Poisson-binomial), built up by
 * convolution. Only the lower tail is ever asked for, so only that is kept.
 *
 * @param ready agents ready for further callers (may be negative: callers already waiting)
 * @param room upper limit of calls added and reserve together; beyond it the tail is cut and chances come out too low
 */
export class ExactForecast implements SpareForecast {
  private readonly width: number;
  private readonly tails: Float64Array;
  private ready: number;
  private calls = 0;
  private terms = 0;
  private readonly result = new Float64Array(COLUMNS);

  constructor(ready: number, room: number) {
    this.ready = ready;
    this.width = Math.max(2, room - ready + 2);
    this.tails = new Float64Array(COLUMNS * this.width);
    for (let column = 0; column < COLUMNS; column++) this.tails[column * this.width] = 1;
  }

  addAgent(table: Float64Array, offset: number): void {
    this.terms++;
    for (let column = 0; column < COLUMNS; column++) {
      const free = table[offset + column] ?? 0;
      this.convolve(column, free);
    }
  }

  addCall(p: number, row: Float64Array): void {
    this.calls++;
    this.terms++;
    for (let column = 0; column < COLUMNS; column++) {
      const busy = p * (row[column] ?? 0);
      this.convolve(column, 1 - busy);
    }
  }

  private convolve(column: number, p: number): void {
    const { tails, width } = this;
    const start = column * width;
    const q = 1 - p;
    for (let i = start + Math.min(width - 1, this.terms); i > start; i--) {
      tails[i] = (tails[i] ?? 0) * q + (tails[i - 1] ?? 0) * p;
    }
    tails[start] = (tails[start] ?? 0) * q;
  }

  nobody(reserve: number): Float64Array {
    const whole = Math.floor(reserve);
    const part = reserve - whole;
    const most = Math.min(this.width - 2, this.calls - this.ready + whole);
    for (let column = 0; column < COLUMNS; column++) {
      let sum = 0;
      const start = column * this.width;
      for (let count = 0; count <= most; count++) sum += this.tails[start + count] ?? 0;
      if (part > 0 && most >= -1) sum += part * (this.tails[start + most + 1] ?? 0);
      this.result[column] = Math.min(1, sum);
    }
    return this.result;
  }
}

/**
 * Large teams: the refined normal approximation of the Poisson-binomial distribution (normal with continuity and
 * skewness correction: Volkova 1996; compared with others by Hong 2013), whose cost does not grow with the tail.
 */
export class SmoothForecast implements SpareForecast {
  private readonly mean = new Float64Array(COLUMNS);
  private readonly variance = new Float64Array(COLUMNS);
  private readonly third = new Float64Array(COLUMNS);
  private readonly demand = new Float64Array(COLUMNS);
  private readonly result = new Float64Array(COLUMNS);
  private readonly doubt: number;

  /** @param doubt relative variance of the answer rate itself: all calls may err together. */
  constructor(ready: number, doubt: number) {
    this.mean.fill(ready);
    this.doubt = doubt;
  }

  addAgent(table: Float64Array, offset: number): void {
    for (let column = 0; column < COLUMNS; column++) this.add(column, table[offset + column] ?? 0, 1);
  }

  addCall(p: number, row: Float64Array): void {
    for (let column = 0; column < COLUMNS; column++) {
      const busy = p * (row[column] ?? 0);
      this.demand[column] = (this.demand[column] ?? 0) + busy;
      this.add(column, busy, -1);
    }
  }

  private add(column: number, p: number, sign: number): void {
    const variance = p * (1 - p);
    this.mean[column] = (this.mean[column] ?? 0) + sign * p;
    this.variance[column] = (this.variance[column] ?? 0) + variance;
    this.third[column] = (this.third[column] ?? 0) + sign * variance * (1 - 2 * p);
  }

  nobody(reserve: number): Float64Array {
    for (let column = 0; column < COLUMNS; column++) {
      const mean = (this.mean[column] ?? 0) - reserve;
      const variance = (this.variance[column] ?? 0) + this.doubt * (this.demand[column] ?? 0) ** 2;
      if (variance < 1e-9) {
        this.result[column] = mean < 0.5 ? 1 : 0;
        continue;
      }
      const sd = Math.sqrt(variance);
      const x = (0.5 - mean) / sd;
      const skew = (this.third[column] ?? 0) / (sd * variance);
      this.result[column] = clamp(normalCdf(x) + (skew * (1 - x * x) * normalDensity(x)) / 6, 0, 1);
    }
    return this.result;
  }
}

/** Mean chance of finding nobody for a call that is presented at the columns with the given chances. */
export function riskOf(arrival: Float64Array, nobody: Float64Array): number {
  let risk = 0;
  for (let column = 0; column < COLUMNS; column++) risk += (arrival[column] ?? 0) * (nobody[column] ?? 0);
  return risk;
}

import { COLUMNS } from '../horizon.ts';
import { clamp, normalCdf, normalDensity } from '../numbers.ts';
import type { PartedRows } from './parted-rows.ts';

/**
 * The forecast of spare agents: at each column, (ready agents) + (busy ones who will be free) − (calls that will have
 * been presented and still need somebody). `nobody()` is the chance that nothing is left for one more caller.
 * Made once and used for every decision: `start` begins a new picture.
 */
export type SpareForecast = {
  /** Busy agents, with the chances of being free at each column. */
  addAgents(free: PartedRows): void;
  /** Calls, with the chances of keeping an agent busy at each column if presented; the shares are the chances of that. */
  addCalls(busy: PartedRows): void;
  /** One more call with chance `p` of being presented, and its row. */
  addCall(p: number, table: Float64Array, offset: number): void;
  /** Chance, for each column, that a caller who comes then finds nobody within the grace, with `reserve` agents held back. */
  nobody(reserve: number): Float64Array;
};

/** The columns that matter, from the first to before the last: those in which a call placed now can be presented. */
export type ColumnRange = { first: number; end: number };

/**
 * Small teams: exact. The spare count is ready + Σ Bernoulli(free) − Σ Bernoulli(busy); counting calls that do *not* need
 * an agent instead of those that do turns it into one sum of independent Bernoullis (Poisson-binomial), built up by
 * convolution. Only the lower tail is ever asked for, so only that is kept.
 */
export class ExactForecast implements SpareForecast {
  private width = 0;
  private tails = new Float64Array(0);
  private ready = 0;
  private calls = 0;
  private terms = 0;
  private first = 0;
  private end = COLUMNS;
  private readonly result = new Float64Array(COLUMNS);

  /**
   * @param ready agents ready for further callers (may be negative: callers already waiting)
   * @param room upper limit of calls added and reserve together; beyond it the tail is cut and chances come out too low
   */
  start(ready: number, room: number, { first, end }: ColumnRange): void {
    this.ready = ready;
    this.calls = 0;
    this.terms = 0;
    this.first = first;
    this.end = end;
    this.width = Math.max(2, room - ready + 2);
    if (this.tails.length < end * this.width) this.tails = new Float64Array(2 * end * this.width);
    for (let column = first; column < end; column++) this.tails[column * this.width] = 1;
    this.result.fill(0);
  }

  addAgents({ table, offsets, shares, count }: PartedRows): void {
    for (let i = 0; i < count; i++) {
      const share = shares[i] ?? 0;
      const offset = offsets[i] ?? 0;
      this.terms++;
      for (let column = this.first; column < this.end; column++)
        this.convolve(column, share * (table[offset + column] ?? 0));
    }
  }

  addCalls({ table, offsets, shares, count }: PartedRows): void {
    for (let i = 0; i < count; i++) this.addCall(shares[i] ?? 0, table, offsets[i] ?? 0);
  }

  addCall(p: number, table: Float64Array, offset: number): void {
    this.calls++;
    this.terms++;
    for (let column = this.first; column < this.end; column++)
      this.convolve(column, 1 - p * (table[offset + column] ?? 0));
  }

  /** One more yes with chance `p`. Cells beyond the number of terms hold leavings of earlier pictures and are never read. */
  private convolve(column: number, p: number): void {
    const { tails, width, terms } = this;
    const start = column * width;
    const q = 1 - p;
    let top = width - 1;
    if (terms <= top) {
      tails[start + terms] = (tails[start + terms - 1] ?? 0) * p;
      top = terms - 1;
    }
    for (let i = start + top; i > start; i--) tails[i] = (tails[i] ?? 0) * q + (tails[i - 1] ?? 0) * p;
    tails[start] = (tails[start] ?? 0) * q;
  }

  nobody(reserve: number): Float64Array {
    const whole = Math.floor(reserve);
    const part = reserve - whole;
    const most = Math.min(this.width - 2, this.calls - this.ready + whole);
    const known = Math.min(most, this.terms);
    for (let column = this.first; column < this.end; column++) {
      let sum = 0;
      const start = column * this.width;
      for (let count = 0; count <= known; count++) sum += this.tails[start + count] ?? 0;
      if (part > 0 && most >= -1 && most + 1 <= this.terms) sum += part * (this.tails[start + most + 1] ?? 0);
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
  private doubt = 0;
  private supplyDoubt = 0;
  private first = 0;
  private end = COLUMNS;

  /** @param doubt relative variances of the answer rate, and of how likely talks end: all calls, or all agents, may err together. */
  start(ready: number, doubt: { answers: number; talks: number }, { first, end }: ColumnRange): void {
    this.mean.fill(ready);
    this.variance.fill(0);
    this.third.fill(0);
    this.demand.fill(0);
    this.result.fill(0);
    this.doubt = doubt.answers;
    this.supplyDoubt = doubt.talks;
    this.first = first;
    this.end = end;
  }

  addAgents(free: PartedRows): void {
    this.add(free, 1);
    if (this.supplyDoubt === 0) return;
    // Where all hazards are a little higher, each chance p of being free grows by about p(1 − p): by as much as its own variance.
    const { variance, first, end, supplyDoubt } = this;
    for (let column = first; column < end; column++) {
      const own = variance[column] ?? 0;
      variance[column] = own + supplyDoubt * own * own;
    }
  }

  addCalls(busy: PartedRows): void {
    this.add(busy, -1);
  }

  /** Column by column, so that the sums over a hundred rows stay in the processor's registers. @param sign of what each adds to the spare agents */
  private add({ table, offsets, shares, count }: PartedRows, sign: 1 | -1): void {
    const { mean, variance, third, demand, first, end } = this;
    const drawn = sign < 0 ? 1 : 0;
    for (let column = first; column < end; column++) {
      let sum = mean[column] ?? 0;
      let square = variance[column] ?? 0;
      let cube = third[column] ?? 0;
      let needed = demand[column] ?? 0;
      for (let i = 0; i < count; i++) {
        const p = (shares[i] ?? 0) * (table[(offsets[i] ?? 0) + column] ?? 0);
        const v = p * (1 - p);
        needed += drawn * p;
        sum += sign * p;
        square += v;
        cube += sign * v * (1 - 2 * p);
      }
      mean[column] = sum;
      variance[column] = square;
      third[column] = cube;
      demand[column] = needed;
    }
  }

  addCall(p: number, table: Float64Array, offset: number): void {
    const { mean, variance, third, demand, first, end } = this;
    for (let column = first; column < end; column++) {
      const busy = p * (table[offset + column] ?? 0);
      const v = busy * (1 - busy);
      demand[column] = (demand[column] ?? 0) + busy;
      mean[column] = (mean[column] ?? 0) - busy;
      variance[column] = (variance[column] ?? 0) + v;
      third[column] = (third[column] ?? 0) - v * (1 - 2 * busy);
    }
  }

  nobody(reserve: number): Float64Array {
    for (let column = this.first; column < this.end; column++) {
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

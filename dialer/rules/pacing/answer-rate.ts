import { openChance } from './numbers.ts';

const HALF_LIVES = [40, 160, 640, 2_560, 10_240];
/** Belief moves to another memory length at this rate per call, so that a change can always be followed. */
const SHARE = 0.002;
const PRIOR_CALLS = 6;

/**
 * Share of placed calls that are presented (answered by a person), followed through changes.
 *
 * Several memories of different length run side by side; each is weighted by how well it foretold the calls so far, a
 * little weight being shared out again with every call (fixed-share mixing of forecasters, Herbster and Warmuth 1998). While
 * the list is steady the long memories win and the estimate is quiet; after a shock the short ones win within a few
 * dozen calls. Each memory is a Beta posterior with fading counts.
 */
export class AnswerRate {
  private live = HALF_LIVES.map(() => 0);
  private all = HALF_LIVES.map(() => 0);
  private belief = HALF_LIVES.map(() => 1 / HALF_LIVES.length);
  private readonly prior: number;

  constructor(prior: number) {
    this.prior = prior;
  }

  /** Finished calls that the longest memory holds. */
  get known(): number {
    return this.all[this.all.length - 1] ?? 0;
  }

  learn(presented: boolean): void {
    let sum = 0;
    for (let i = 0; i < HALF_LIVES.length; i++) {
      const p = this.estimate(i);
      const kept = (this.belief[i] ?? 0) * (presented ? p : 1 - p);
      this.belief[i] = kept;
      sum += kept;
      const fade = 2 ** (-1 / (HALF_LIVES[i] ?? 1));
      this.live[i] = (this.live[i] ?? 0) * fade + (presented ? 1 : 0);
      this.all[i] = (this.all[i] ?? 0) * fade + 1;
    }
    for (let i = 0; i < HALF_LIVES.length; i++) {
      this.belief[i] = ((this.belief[i] ?? 0) / sum) * (1 - SHARE) + SHARE / HALF_LIVES.length;
    }
  }

  private estimate(i: number): number {
    return openChance(((this.live[i] ?? 0) + PRIOR_CALLS * this.prior) / ((this.all[i] ?? 0) + PRIOR_CALLS));
  }

  /** Mean and variance of the rate as believed now (mixture of Beta posteriors). */
  now(): { mean: number; variance: number } {
    let mean = 0;
    let square = 0;
    for (let i = 0; i < HALF_LIVES.length; i++) {
      const p = this.estimate(i);
      const weight = this.belief[i] ?? 0;
      mean += weight * p;
      square += weight * (p * p + (p * (1 - p)) / ((this.all[i] ?? 0) + PRIOR_CALLS + 1));
    }
    return { mean, variance: Math.max(0, square - mean * mean) };
  }

  toJSON(): unknown {
    return { live: this.live, all: this.all, belief: this.belief };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if (!('live' in stored) || !('all' in stored) || !('belief' in stored)) return;
    const live = positives(stored.live);
    const all = positives(stored.all);
    const belief = positives(stored.belief);
    if (!live || !all || !belief || live.some((count, i) => count > (all[i] ?? 0))) return;
    const sum = belief.reduce((a, b) => a + b, 0);
    if (!(sum > 0)) return;
    this.live = live;
    this.all = all;
    this.belief = belief.map((weight) => weight / sum);
  }
}

function positives(stored: unknown): number[] | undefined {
  if (!Array.isArray(stored) || stored.length !== HALF_LIVES.length) return undefined;
  const list: unknown[] = stored;
  const good = list.filter((value): value is number => typeof value === 'number' && value >= 0 && value < 1e12);
  return good.length === HALF_LIVES.length ? good : undefined;
}

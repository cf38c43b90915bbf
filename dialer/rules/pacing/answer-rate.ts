import { openChance } from './numbers.ts';

const HALF_LIVES = [40, 160, 640, 2_560, 10_240];
/** Belief moves to another memory length at this rate per call, so that a change can always be followed. */
const SHARE = 0.002;
const PRIOR_CALLS = 6;

/**
 * Share of placed calls that are presented (answered by a person), followed through changes.
 *
 * It is fed with *exposure*: how many of the calls placed so far would have been presented by now if all ever were.
 * Answered calls are known within seconds and unanswered ones only after they rang out, so counting finished calls would
 * rate every burst of dialling too high at first and too low after; answers ÷ exposure is right at any time.
 *
 * Several memories of different length run side by side; each is weighted by how well it foretold the answers so far, a
 * little weight being shared out again as calls go by (fixed-share mixing of forecasters, Herbster and Warmuth 1998). While
 * the list is steady the long memories win and the estimate is quiet; after a shock the short ones win within a few
 * dozen calls. Each memory is a Gamma posterior (conjugate to Poisson answers) with fading counts.
 */
export class AnswerRate {
  private live = HALF_LIVES.map(() => 0);
  private all = HALF_LIVES.map(() => 0);
  private belief = HALF_LIVES.map(() => 1 / HALF_LIVES.length);
  private readonly prior: number;
  /** As it was worked out last: it is asked for several times at every decision and changes once a second. */
  private mixed: { mean: number; variance: number } | undefined;

  constructor(prior: number) {
    this.prior = prior;
  }

  /** Exposure that the longest memory holds, calls. */
  get known(): number {
    return this.all[this.all.length - 1] ?? 0;
  }

  /**
   * @param exposure calls that would have been presented since the last time if all ever were
   * @param answers calls that were presented since then
   * @param stretch factor on the half-lives: large teams have more calls in the same minutes
   */
  learn(exposure: number, answers: number, stretch = 1): void {
    if (!(exposure > 0 || answers > 0)) return;
    this.mixed = undefined;
    const weights = HALF_LIVES.map((_, i) => {
      const p = this.estimate(i);
      return Math.log(this.belief[i] ?? 1e-12) + answers * Math.log(p) - exposure * p;
    });
    const best = Math.max(...weights);
    const sum = weights.reduce((total, weight) => total + Math.exp(weight - best), 0);
    const share = 1 - (1 - SHARE / stretch) ** exposure;
    for (let i = 0; i < HALF_LIVES.length; i++) {
      this.belief[i] = (Math.exp((weights[i] ?? 0) - best) / sum) * (1 - share) + share / HALF_LIVES.length;
      const fade = 2 ** (-exposure / ((HALF_LIVES[i] ?? 1) * stretch));
      this.live[i] = (this.live[i] ?? 0) * fade + answers;
      this.all[i] = (this.all[i] ?? 0) * fade + exposure;
    }
  }

  private estimate(i: number): number {
    return openChance(((this.live[i] ?? 0) + PRIOR_CALLS * this.prior) / ((this.all[i] ?? 0) + PRIOR_CALLS));
  }

  /** Mean and variance of the rate as believed now (mixture of Gamma posteriors). */
  now(): { mean: number; variance: number } {
    this.mixed ??= this.mixture();
    return this.mixed;
  }

  private mixture(): { mean: number; variance: number } {
    let mean = 0;
    let square = 0;
    for (let i = 0; i < HALF_LIVES.length; i++) {
      const p = this.estimate(i);
      const weight = this.belief[i] ?? 0;
      mean += weight * p;
      square += weight * (p * p + p / ((this.all[i] ?? 0) + PRIOR_CALLS));
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
    if (!live || !all || !belief) return;
    const sum = belief.reduce((a, b) => a + b, 0);
    if (!(sum > 0)) return;
    this.mixed = undefined;
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

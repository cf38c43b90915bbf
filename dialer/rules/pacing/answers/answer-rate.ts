import { clamp, openChance } from '../numbers.ts';
import { AnswerBunches } from './answer-bunches.ts';
import type { Calls, KnownLevels, Level } from './answer-spells.ts';

const HALF_LIVES = [40, 160, 640, 2_560, 10_240];
/**
 * Belief moves to another memory length at this rate per call, so that a change can always be followed; as calls go by without one
 * at as many a call as were seen, and no slower than that.
 */
const SHARE = 0.002;
const LEAST_SHARE = 0.0004;
const PRIOR_CALLS = 6;
/** Belief in each level that comes to be known. */
const RECALLED = 0.02;
/** Belief that moves to one level within a second, at most. */
const MOST_SHARE = 0.1;
const NO_CALLS: Calls = { exposure: 0, answers: 0 };
const NO_LEVELS: KnownLevels = { levels: [], perCall: SHARE, changes: 0, since: undefined };
/** Place of what came since the last change among what is believed: behind the memories, before the levels. */
const SINCE = HALF_LIVES.length;

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
  private belief = onlyMemories(HALF_LIVES.map(() => 1 / HALF_LIVES.length));
  /** Levels that the list had before; their belief stands behind that of the memories. */
  private levels: readonly Level[] = NO_LEVELS.levels;
  /** What came since the last change: long memories still hold what was before it, and short ones little of what came after. */
  private since: Calls | undefined;
  /** What no memory can follow: calls that are answered together, or not at all. */
  private readonly bunches = new AnswerBunches();
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
   * @param known rates that lasted earlier: they are recognised within a few calls, where a memory has yet to forget
   */
  learn(exposure: number, answers: number, stretch = 1, known = NO_LEVELS): void {
    if (!(exposure > 0 || answers > 0)) return;
    this.bunches.learn(exposure, answers, this.mixture(), stretch);
    this.mixed = undefined;
    if (known.levels !== this.levels) this.recall(known);
    const weights = this.belief.map((_, i) => {
      const p = this.estimate(i);
      return Math.log(this.belief[i] ?? 1e-12) + answers * Math.log(p) - exposure * p;
    });
    const best = Math.max(...weights);
    const sum = weights.reduce((total, weight) => total + Math.exp(weight - best), 0);
    const share = clamp((known.changes + 1) * known.perCall, LEAST_SHARE, SHARE);
    const shared = (1 - (1 - share / stretch) ** exposure) / HALF_LIVES.length;
    const shares = this.belief.map((_, i) => {
      if (i === SINCE && this.since === undefined) return 0;
      return this.beginsWithin(i, exposure * known.perCall) ?? shared;
    });
    const kept = 1 - shares.reduce((total, share) => total + share, 0);
    this.belief = weights.map((weight, i) => (Math.exp(weight - best) / sum) * kept + (shares[i] ?? 0));
    for (let i = 0; i < HALF_LIVES.length; i++) {
      const fade = 2 ** (-exposure / ((HALF_LIVES[i] ?? 1) * stretch));
      this.live[i] = (this.live[i] ?? 0) * fade + answers;
      this.all[i] = (this.all[i] ?? 0) * fade + exposure;
    }
    this.since = known.since && { ...known.since };
  }

  /** A change was seen: what came since, and each new level, begins with a little of the belief. */
  private recall({ levels, since }: KnownLevels): void {
    this.levels = levels;
    this.since = since && { ...since };
    const memories = this.belief.slice(0, HALF_LIVES.length);
    const sum = memories.reduce((a, b) => a + b, 0);
    const begun = [since ? RECALLED : 0, ...levels.map(() => RECALLED)];
    const rest = 1 - begun.reduce((a, b) => a + b, 0);
    this.belief = [...memories.map((weight) => (weight * rest) / sum), ...begun];
  }

  private levelOf(i: number): Level | undefined {
    return this.levels[i - SINCE - 1];
  }

  /** Chance that a spell of the i-th level begins, where any one does with chance `each`; undefined for a memory. */
  private beginsWithin(i: number, each: number): number | undefined {
    const level = this.levelOf(i);
    return level && Math.min(MOST_SHARE, level.spells * each);
  }

  private estimate(i: number): number {
    const level = this.levelOf(i);
    if (level) return openChance(level.rate);
    const { answers, exposure } = this.callsOf(i);
    return openChance((answers + PRIOR_CALLS * this.prior) / (exposure + PRIOR_CALLS));
  }

  /** What the i-th memory holds, or what came since the last change. */
  private callsOf(i: number): Calls {
    if (i === SINCE) return this.since ?? NO_CALLS;
    return { answers: this.live[i] ?? 0, exposure: this.all[i] ?? 0 };
  }

  /** Mean and variance of the rate of the next few calls, as believed now. */
  now(): { mean: number; variance: number } {
    if (this.mixed === undefined) {
      const { mean, variance } = this.mixture();
      this.mixed = { mean, variance: variance + this.bunches.variance };
    }
    return this.mixed;
  }

  /** A mixture of Gamma posteriors. */
  private mixture(): { mean: number; variance: number } {
    let mean = 0;
    let square = 0;
    for (const [i, weight] of this.belief.entries()) {
      const p = this.estimate(i);
      const seen = this.levelOf(i)?.exposure ?? this.callsOf(i).exposure;
      mean += weight * p;
      square += weight * (p * p + p / (seen + PRIOR_CALLS));
    }
    return { mean, variance: Math.max(0, square - mean * mean) };
  }

  toJSON(): unknown {
    return { live: this.live, all: this.all, belief: this.belief.slice(0, HALF_LIVES.length), bunches: this.bunches };
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
    if ('bunches' in stored) this.bunches.load(stored.bunches);
    this.mixed = undefined;
    this.live = live;
    this.all = all;
    this.belief = onlyMemories(belief.map((weight) => weight / sum));
    this.since = undefined;
    this.levels = NO_LEVELS.levels;
  }
}

/** Nothing came since a change that was not seen. */
const onlyMemories = (belief: readonly number[]): number[] => [...belief, 0];

function positives(stored: unknown): number[] | undefined {
  if (!Array.isArray(stored) || stored.length !== HALF_LIVES.length) return undefined;
  const list: unknown[] = stored;
  const good = list.filter((value): value is number => typeof value === 'number' && value >= 0 && value < 1e12);
  return good.length === HALF_LIVES.length ? good : undefined;
}

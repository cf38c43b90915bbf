import { clamp } from './numbers.ts';

type Tally = { answered: number; abandoned: number };

/**
 * Where the shift is steered: under the cap by a margin for the last calls' luck, which small teams have more of
 * (3 agents: 3.5 % of the cap, 9 and more: 2 %).
 */
const steer = (agents: number): number => 1 - Math.max(0.02, 0.06 / Math.sqrt(Math.max(1, agents)));
/** Believed before anything was seen: presented calls' mean risk as a share of the threshold, and counted ÷ foretold. */
const PRIOR_SHARE = 0.7;
const PRIOR_TRUTH = 1.2;
/** How many presented calls the first belief is worth, and how many abandonments the second. */
const SHARE_CALLS = 40;
const TRUTH_ABANDONED = 30;
/** An old presented call counts half after so many. */
const HALF_LIFE = 3000;
/** A risk below this is none: what a cap of 0 still allows. */
const CERTAIN = 1e-9;

/**
 * The outer loop: which risk of finding nobody is accepted for one more call, so that the realised abandonment rate
 * settles just under the cap.
 *
 * The rate that a threshold brings is nearly proportional to it, so the threshold is the aim ÷ that proportion. The
 * proportion is learnt as a product: mean foretold risk of presented calls ÷ threshold (quiet, because it averages
 * chances) times counted ÷ foretold abandonments (a Gamma posterior, slow, because small teams have one
 * abandonment an hour). The balance of the shift against the cap moves the aim: what was saved so far is spent over the
 * calls to come, what was overspent is saved.
 */
export class RiskThreshold {
  private readonly cap: number;
  private thresholds = 0;
  private accepted = 0;
  private foretold = 0;
  private counted = 0;

  constructor(cap: number) {
    this.cap = cap;
  }

  /** A call is placed as long as its risk is under this, to reach the rate `aim`. */
  value(aim: number): number {
    if (this.cap <= 0) return CERTAIN;
    const share = (this.accepted + PRIOR_SHARE * SHARE_CALLS * this.cap) / (this.thresholds + SHARE_CALLS * this.cap);
    return clamp(aim / (share * this.truth), 0.02 * this.cap, Math.min(0.9, 12 * this.cap));
  }

  /** Counted ÷ foretold abandonments. */
  get truth(): number {
    return (this.counted + TRUTH_ABANDONED) / (this.foretold + TRUTH_ABANDONED / PRIOR_TRUTH);
  }

  /**
   * Rate to aim at now, from the balance of the shift's calls so far, and of the campaign's rolling window where that
   * is the worse of the two. Where a slow carrier makes most risks small, much is saved, and only a far higher aim spends it.
   */
  aim(shift: Tally, window: Tally, agents: number): number {
    const target = this.cap * steer(agents);
    const ahead = clamp(4 * agents ** 2, 180, 400);
    const saved = (tally: Tally): number => target * tally.answered - tally.abandoned;
    const balance = Math.min(saved(shift), saved(window));
    return clamp(target + balance / ahead, 0.2 * target, 2.5 * target);
  }

  /**
   * One call was presented: the risk it was foretold, what became of it, and the threshold under which it was placed
   * (undefined when something else than the threshold kept further calls back: then it says nothing about thresholds).
   */
  count(risk: number, threshold: number | undefined, abandoned: boolean): void {
    const fade = 2 ** (-1 / HALF_LIFE);
    if (threshold !== undefined) {
      this.thresholds = this.thresholds * fade + threshold;
      this.accepted = this.accepted * fade + risk;
    }
    this.foretold = this.foretold * fade + risk;
    this.counted = this.counted * fade + (abandoned ? 1 : 0);
  }

  toJSON(): unknown {
    return { thresholds: this.thresholds, accepted: this.accepted, foretold: this.foretold, counted: this.counted };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if (!('thresholds' in stored) || !('accepted' in stored) || !('foretold' in stored) || !('counted' in stored))
      return;
    const { thresholds, accepted, foretold, counted } = stored;
    const good = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 1e6;
    if (!good(thresholds) || !good(accepted) || !good(foretold) || !good(counted)) return;
    this.thresholds = thresholds;
    this.accepted = accepted;
    this.foretold = foretold;
    this.counted = counted;
  }
}

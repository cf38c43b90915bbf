import { clamp } from './numbers.ts';

/** Where the shift is steered: a little under the cap, so that the last calls' luck does not carry it over. */
const AIM = 0.98;
/** Believed before anything was seen: presented calls' mean risk as a share of the threshold, and counted ÷ foretold. */
const PRIOR_SHARE = 0.72;
const PRIOR_TRUTH = 1.05;
/** How many presented calls the first belief is worth, and how many abandonments the second. */
const SHARE_CALLS = 40;
const TRUTH_ABANDONED = 12;
/** An old presented call counts half after so many. */
const HALF_LIFE = 1500;

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
  private foretold = 0;
  private counted = 0;

  constructor(cap: number) {
    this.cap = cap;
  }

  /** A call is placed as long as its risk is under this, to reach the rate `aim`. */
  value(aim: number): number {
    if (this.cap <= 0) return 0;
    const share = (this.foretold + PRIOR_SHARE * SHARE_CALLS * this.cap) / (this.thresholds + SHARE_CALLS * this.cap);
    return clamp(aim / (share * this.truth), 0.02 * this.cap, Math.min(0.9, 5 * this.cap));
  }

  /** Counted ÷ foretold abandonments. */
  get truth(): number {
    return (this.counted + TRUTH_ABANDONED) / (this.foretold + TRUTH_ABANDONED / PRIOR_TRUTH);
  }

  /** Rate to aim at now, from the balance of the calls counted so far. */
  aim(balance: { answered: number; abandoned: number }, agents: number): number {
    const target = this.cap * AIM;
    const ahead = clamp(20 * agents, 100, 1500);
    const owed = target * balance.answered - balance.abandoned;
    return clamp(target + owed / ahead, 0.2 * target, 1.5 * target);
  }

  /** One call was presented; what risk it was foretold, under which threshold, and what became of it. */
  count(risk: number, threshold: number, abandoned: boolean): void {
    const fade = 2 ** (-1 / HALF_LIFE);
    this.thresholds = this.thresholds * fade + threshold;
    this.foretold = this.foretold * fade + risk;
    this.counted = this.counted * fade + (abandoned ? 1 : 0);
  }

  toJSON(): unknown {
    return { thresholds: this.thresholds, foretold: this.foretold, counted: this.counted };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if (!('thresholds' in stored) || !('foretold' in stored) || !('counted' in stored)) return;
    const { thresholds, foretold, counted } = stored;
    const good = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 1e6;
    if (!good(thresholds) || !good(foretold) || !good(counted)) return;
    this.thresholds = thresholds;
    this.foretold = foretold;
    this.counted = counted;
  }
}

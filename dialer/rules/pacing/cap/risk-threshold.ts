import { clamp, lnGamma } from '../numbers.ts';

type Tally = { answered: number; abandoned: number };

/**
 * Where the shift is steered: under the cap by a margin for the last calls' luck, which small teams have more of
 * (3 agents: 3.5 % of the cap, 9 and more: 2 %).
 */
const steer = (agents: number): number => 1 - Math.max(0.02, 0.06 / Math.sqrt(Math.max(1, agents)));
/** Believed before anything was seen: presented calls' mean risk as a share of the threshold. */
const PRIOR_SHARE = 0.7;
/** How many presented calls the first belief is worth. */
const SHARE_CALLS = 40;
/**
 * Counted ÷ foretold abandonments is believed to be near 1.2, a belief worth thirty of them; or, in one case of five, the forecast is off and it may
 * be nearly anything: a belief worth half of one. Which of them foretold better what was counted is believed the more, but the greatest wave
 * of lost calls counts as the second greatest: a forecast that is off is so without its worst moment.
 */
const TRUTHS = [
  { belief: 0.8, worth: 30, truth: 1.2, isNear: true },
  { belief: 0.2, worth: 0.5, truth: 1.2, isNear: false },
] as const;
/** An old presented call counts half after so many. */
const HALF_LIFE = 3000;
/** Calls lost within so long of the first of them were lost to one and the same thing, ms: about as long as calls are under way together. */
const WAVE_MS = 30_000;
/** A risk below this is none: what a cap of 0 still allows. */
const CERTAIN = 1e-9;

/**
 * The outer loop: which risk of finding nobody is accepted for one more call, so that the realised abandonment rate
 * settles just under the cap.
 *
 * The rate that a threshold brings is nearly proportional to it, so the threshold is the aim ÷ that proportion. The
 * proportion is learnt as a product: mean foretold risk of presented calls ÷ threshold (quiet, because it averages
 * chances) times counted ÷ foretold abandonments (a mixture of two Gamma posteriors: slow, because small teams have one
 * abandonment an hour, but no slower than that where the forecast is plainly off). The balance of the shift against the cap moves the aim: what was saved so far is spent over the
 * calls to come, what was overspent is saved.
 */
export class RiskThreshold {
  private readonly cap: number;
  private thresholds = 0;
  private accepted = 0;
  private foretold = 0;
  private counted = 0;
  /** The wave of lost calls that the last one belongs to, and the sizes of the two greatest, fading as the counts do. */
  private wave = { at: Number.NEGATIVE_INFINITY, lost: 0, isGreatest: false };
  private greatest = 0;
  private second = 0;
  /** `truth` as it was worked out last: it is asked for at every decision and changes with presented calls alone. */
  private believed: number | undefined;

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
    this.believed ??= this.believedTruth();
    return this.believed;
  }

  private believedTruth(): number {
    const { counted, foretold, greatest, second } = this;
    // Without it a forecast may look right, never too careful.
    const signs = Math.max(counted - Math.max(0, greatest - Math.max(1, second)), Math.min(counted, foretold));
    const posteriors = TRUTHS.map(({ belief, worth, truth, isNear }) => {
      const [shape, rate] = [worth + signs, worth / truth + foretold];
      // Likelihood of the count where the truth is drawn from that belief (negative binomial).
      const fit = lnGamma(shape) - lnGamma(worth) + worth * Math.log(worth / truth) - shape * Math.log(rate);
      return { log: Math.log(belief) + fit, truth: (worth + (isNear ? counted : signs)) / rate };
    });
    const best = Math.max(...posteriors.map(({ log }) => log));
    const weights = posteriors.map(({ log }) => Math.exp(log - best));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return posteriors.reduce((mean, { truth }, i) => mean + (truth * (weights[i] ?? 0)) / sum, 0);
  }

  /** Rate to aim at where nothing was saved and nothing is owed. */
  target(agents: number): number {
    return this.cap * steer(agents);
  }

  /**
   * Rate to aim at now, from the balance of the shift's calls so far, and of the campaign's rolling window where that
   * is the worse of the two. Where a slow carrier makes most risks small, much is saved, and only a far higher aim spends it.
   */
  aim(shift: Tally, window: Tally, agents: number): number {
    const target = this.target(agents);
    const ahead = clamp(4 * agents ** 2, 180, 400);
    const saved = (tally: Tally): number => target * tally.answered - tally.abandoned;
    const balance = Math.min(saved(shift), saved(window));
    return clamp(target + balance / ahead, 0.2 * target, 2.5 * target);
  }

  /**
   * One call was presented: the risk it was foretold, what became of it, and the threshold under which it was placed
   * (undefined when something else than the threshold kept further calls back: then it says nothing about thresholds).
   */
  count(now: number, risk: number, threshold: number | undefined, abandoned: boolean): void {
    const fade = 2 ** (-1 / HALF_LIFE);
    this.greatest *= fade;
    this.second *= fade;
    if (abandoned) this.join(now);
    if (threshold !== undefined) {
      this.thresholds = this.thresholds * fade + threshold;
      this.accepted = this.accepted * fade + risk;
    }
    this.foretold = this.foretold * fade + risk;
    this.counted = this.counted * fade + (abandoned ? 1 : 0);
    this.believed = undefined;
  }

  /** One more lost call of the wave that goes on, or the first of a new one. */
  private join(now: number): void {
    if (now - this.wave.at > WAVE_MS) this.wave = { at: now, lost: 0, isGreatest: false };
    const { wave } = this;
    wave.lost++;
    if (wave.lost <= this.greatest) {
      if (!wave.isGreatest) this.second = Math.max(this.second, wave.lost);
      return;
    }
    if (!wave.isGreatest) this.second = this.greatest;
    wave.isGreatest = true;
    this.greatest = wave.lost;
  }

  toJSON(): unknown {
    const { thresholds, accepted, foretold, counted, greatest, second } = this;
    return { thresholds, accepted, foretold, counted, greatest, second };
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
    this.greatest = 'greatest' in stored && good(stored.greatest) ? Math.min(counted, stored.greatest) : 0;
    this.second = 'second' in stored && good(stored.second) ? Math.min(this.greatest, stored.second) : 0;
    this.believed = undefined;
  }
}

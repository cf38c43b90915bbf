import { clamp } from './numbers.ts';

/** Where the shift is steered: a little under the cap, so that the last calls' luck does not carry it over. */
const AIM = 0.97;
const START_RISK = 0.08;

/**
 * The outer loop: which risk of finding nobody is accepted for one more call, so that the realised abandonment rate
 * settles just under the cap.
 *
 * Chances say more than counted abandonments, of which small teams have one an hour. So the threshold follows the
 * *foretold* risks of presented calls (a stochastic approximation on its logarithm), while the ratio of
 * counted to foretold abandonments, learnt slowly, keeps the foretelling honest, and the shift's balance against the cap
 * moves the aim: calls saved so far are spent over the calls to come, calls overspent are saved.
 */
export class RiskThreshold {
  private readonly cap: number;
  private log: number;
  private foretold = 0;
  private counted = 0;

  constructor(cap: number) {
    this.cap = cap;
    this.log = Math.log(clamp(START_RISK * (cap / 0.03), 1e-4, 0.9));
  }

  /** Present threshold: a call is placed as long as its risk is under it. */
  get value(): number {
    return this.cap <= 0 ? 0 : Math.exp(this.log);
  }

  /** Counted ÷ foretold abandonments. */
  get truth(): number {
    return (this.counted + 6 * 1.2) / (this.foretold + 6);
  }

  /** Rate to aim at now, from the balance of the calls counted so far. */
  aim(balance: { answered: number; abandoned: number }, agents: number): number {
    const target = this.cap * AIM;
    const ahead = clamp(20 * agents, 100, 1500);
    const owed = target * balance.answered - balance.abandoned;
    return clamp(target + owed / ahead, 0.25 * target, 1.5 * target);
  }

  /** One call was presented whose risk had been foretold; `aim` as above. */
  presented(risk: number, aim: number): void {
    if (this.cap <= 0) return;
    this.foretold += risk;
    const step = 0.03;
    this.log = clamp(this.log - step * clamp((risk * this.truth) / aim - 1, -1, 4), Math.log(1e-4), Math.log(0.9));
  }

  /** What became of a presented call. */
  came(abandoned: boolean): void {
    const fade = 0.998;
    this.counted = this.counted * fade + (abandoned ? 1 : 0);
    this.foretold *= fade;
  }

  toJSON(): unknown {
    return { log: this.log, foretold: this.foretold, counted: this.counted };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if (!('log' in stored) || !('foretold' in stored) || !('counted' in stored)) return;
    const { log, foretold, counted } = stored;
    if (typeof log !== 'number' || typeof foretold !== 'number' || typeof counted !== 'number') return;
    if (!Number.isFinite(log) || !(foretold >= 0 && foretold < 1e6 && counted >= 0 && counted < 1e6)) return;
    this.log = clamp(log, Math.log(1e-4), Math.log(0.9));
    this.foretold = foretold;
    this.counted = counted;
  }
}

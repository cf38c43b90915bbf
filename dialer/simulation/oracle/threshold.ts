import type { PacingConfig } from '../../rules/pacing/policy.ts';

const controlEveryMs = 15_000;
/** Aims a little under the cap, so that a shift's chance does not end above it. */
const aim = 0.98;
/** Logarithms of thresholds: below the first, caution alone hardly lowers utilization and agents begin to rest as well. */
const restBelow = -7;
const floor = -9;
const proportional = 60;
const integral = 2.4;

/**
 * How much risk a new call may run. Towards the cap: a slow integral of presented against abandoned calls and a
 * proportional part on the shift's account. Inside a band: a PI controller on talk utilization takes risk away, and when
 * there is none left makes free agents rest before they count as free.
 */
export class Threshold {
  /** Calls are placed while their chance to find nobody is at most this. */
  risk: number;
  /** A free agent counts as free after so long. */
  restMs = 0;
  private readonly config: PacingConfig;
  private level: number;
  private presented = 0;
  private abandoned = 0;
  private caution: number;
  private cautionSum: number;
  private recentTalk = 0;
  private recentPresence = 0;
  private nextControl = 0;
  private readonly restUnitMs: number;

  /** `serviceMs`: mean time that a call takes an agent. */
  constructor(config: PacingConfig, serviceMs: number) {
    this.config = config;
    this.restUnitMs = 0.03 * serviceMs;
    this.level = Math.log(Math.max(1e-6, config.maxAbandonRate));
    this.cautionSum = config.targetUtilization === undefined ? 0 : -3;
    this.caution = this.cautionSum;
    this.risk = 0;
    this.settle();
  }

  onPresented(isAbandoned: boolean): void {
    const cap = aim * this.config.maxAbandonRate;
    this.presented++;
    this.abandoned += Number(isAbandoned);
    const step = Math.max(0.02, 0.3 / (1 + Math.sqrt(cap * this.presented)));
    this.level = Math.min(0, Math.max(-12, this.level + step * (cap - Number(isAbandoned))));
    this.settle();
  }

  /** Called often; `talking` of `signedIn` agents are in a call now. */
  onTime(now: number, talking: number, signedIn: number): void {
    const band = this.config.targetUtilization;
    if (band === undefined || now < this.nextControl) return;
    this.nextControl = now + controlEveryMs;
    const keep = Math.exp(-controlEveryMs / 600_000);
    this.recentTalk = keep * this.recentTalk + (1 - keep) * talking;
    this.recentPresence = keep * this.recentPresence + (1 - keep) * signedIn;
    if (this.recentPresence <= 0) return;
    const error = (band.min + band.max) / 2 - this.recentTalk / this.recentPresence;
    this.cautionSum = Math.min(0, Math.max(-60, this.cautionSum + integral * error));
    this.caution = Math.min(0, Math.max(-60, this.cautionSum + proportional * error));
    this.settle();
  }

  private settle(): void {
    const cap = aim * this.config.maxAbandonRate;
    const spare = (cap * this.presented - this.abandoned) / (2 + Math.sqrt(cap * this.presented));
    const allowed = this.level + Math.min(0.3, Math.max(-1, 0.3 * spare));
    const wanted = Math.min(0, allowed) + this.caution;
    this.risk = cap <= 0 ? 0 : Math.exp(Math.max(floor, wanted));
    this.restMs = this.restUnitMs * Math.max(0, restBelow - wanted);
  }
}

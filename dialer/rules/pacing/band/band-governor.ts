import { signedInMs } from '../../utilization.ts';
import type { UtilizationMeter } from '../floor/utilization-meter.ts';
import { clamp } from '../numbers.ts';

/** What the governor takes back: a factor (≤ 1) on the accepted risk, and agents held in reserve. */
export type Restraint = { factor: number; reserve: number };

const FREE: Restraint = { factor: 1, reserve: 0 };
const CONTROL_MS = 5_000;
/** Proportional and integral gain: units of caution per point of utilization (1 = 100 %), per second for the integral. */
const PROPORTIONAL = 24;
const INTEGRAL = 0.05;
/** Caution for each point by which the rolling hour is in the band's upper quarter. */
const BRAKE = 150;
/** Too little talk counts only so far: what an outage or a break took is not made up for above the band. */
const MOST_PULL = 0.05;
const MOST_PULL_KEPT = 0.08;
/** Where caution itself is what keeps talk low, it may be let go by more. */
const CAUSE_PULL = 0.1;
const IDLE_MINUTES = 3;
const LACK_MINUTES = 30;
const START_MINUTES = 15;
/** Single decisions stop for this or that; what talk lacks for shows over such a time. */
const CAUSE_MS = 30_000;
/** After an outage the mean is of what came since; it holds little yet and is believed so much more than it weighs. */
const FRESH = 0.7;
/** Caution below which less risk cannot be measured any more and agents are held back instead. */
const RISK_ONLY = -3;
/** What a stored integral may be at most; the team's size limits it further. */
const MOST_STORED = 10_000;
/**
 * Luck grows with the root of the team, what talk is over the band with the team itself: where one unit is less than this share of
 * the agents, the gains grow by so much, or a team of hundreds would need hours to hold back as many as it should.
 */
const LEAST_STEP = 0.02;
/** Idle agents that the least risk leaves beyond the first one, in units. */
const IDLE_UNITS = 5.5;

/** What calls take of agents, as learnt: talk and wrap-up, s, and wrap-up ÷ talk. */
export type Service = { serviceTime: number; wrapupPerTalk: number };

/**
 * One agent's step in units of caution, a third of the forecast's standard deviation: by how many agents the spare ones
 * differ from what was foretold while a call is under way grows with the root of how many come free in that time.
 */
const unitOf = (agents: number, serviceTime: number): number => 1.42 * Math.sqrt(agents / clamp(serviceTime, 30, 1200));

/**
 * What a fading mean of talk (`memory`, s) lacks, as a share, so long after everybody came in idle, while talk comes up with the calls'
 * own slowness (`serviceTime`, s): two first-order lags in a row.
 */
function startShortfall(minutes: number, serviceTime: number, memory: number): number {
  const slow = clamp(serviceTime, 30, 1200);
  const apart = slow - memory;
  const [t, near] = [60 * minutes, Math.abs(apart) < 1];
  return near ? (t / slow) * Math.exp(-t / slow) : (slow * (Math.exp(-t / slow) - Math.exp(-t / memory))) / apart;
}

/**
 * Keeps talk utilization inside the band: at its middle where that can be reached, and never above.
 *
 * Inside the band the cap is not spent: among all ways to reach one utilization, one common threshold of risk loses
 * the fewest calls, so the governor lowers that threshold, and where even the least risk gives too much talk, holds ready
 * agents in reserve. A first guess comes from the balance of an agent's time (idle share = 1 − talk − wrap-up) and from how
 * many idle agents the least risk leaves, so that a cold start comes up to the band from below; a proportional-integral controller on the fading mean of utilization takes out the rest. Its integral stops at either
 * end of its range (anti-windup), and a rolling hour near the upper edge adds caution of its own. Talk that lacked while answers lacked is
 * taken out of that mean, or an hour after the outage would still be made up for it.
 */
export class BandGovernor {
  private readonly band: { min: number; max: number } | undefined;
  private integral = 0;
  private at = Number.NaN;
  private present: Restraint = FREE;
  /** Talk of the last half hour is under the band. */
  isLacking = false;
  private caution = 0;
  /** Share of the last decisions that stopped for the band. */
  private cause = 1;
  /** The talk that lacked, as the fading mean had it, when it last was answers that lacked. */
  private lost = { at: Number.NaN, error: 0 };

  constructor(band: { min: number; max: number } | undefined) {
    this.band = band;
  }

  /** The utilization aimed at; undefined without a band. */
  get aim(): number | undefined {
    return this.band === undefined ? undefined : (this.band.min + this.band.max) / 2;
  }

  /** Whether the band, not the cap, is what limits the calls now. */
  get isHolding(): boolean {
    return this.caution < -0.05;
  }

  /** Agents held in reserve now. */
  get resting(): number {
    return this.present.reserve;
  }

  /**
   * @param agents signed in.
   * @param isCause whether the last decision stopped for the band: then it is caution that talk lacks, whatever talk is.
   */
  restrain(now: number, agents: number, service: Service, meter: UtilizationMeter, isCause = false): Restraint {
    const { band, aim } = this;
    if (band === undefined || aim === undefined || agents <= 0) return FREE;
    const passed = Number.isNaN(this.at) ? CONTROL_MS : now - this.at;
    if (passed < CONTROL_MS) return this.present;
    this.at = now;
    const unit = unitOf(agents, service.serviceTime);
    const idle = agents * (1 - aim * (1 + service.wrapupPerTalk));
    const guess = Math.min(0, RISK_ONLY - (idle - 1 - IDLE_UNITS * unit) / unit);
    const hour = meter.utilization(60) ?? aim;
    const brake = Math.max(0, hour - (aim + band.max) / 2) * BRAKE;
    const strength = Math.max(1, (LEAST_STEP * agents) / unit);
    // All agents at rest: more cannot be held back.
    const all = agents / unit - RISK_ONLY;
    const seconds = Math.min(passed, 60_000) / 1000;
    const idleIn = (minutes: number): boolean => {
      const lately = meter.last(minutes);
      return lately.readyMs * agents > (2 * Math.max(0, idle) + 1) * signedInMs(lately);
    };
    const isIdle = idleIn(IDLE_MINUTES);
    const shortfall = aim - meter.recent(aim, agents);
    this.cause += (1 - Math.exp(-passed / CAUSE_MS)) * ((isCause ? 1 : 0) - this.cause);
    const isOwn = this.cause > 0.5;
    // With so many idle, and no decision that stops for the band, answers lack: nobody picks up, or nobody is left to call.
    if (isIdle && idleIn(1) && !isOwn) this.lost = { at: now, error: Math.max(0, shortfall) };
    const age = now - this.lost.at;
    const faded = age > 0 ? Math.exp(-age / meter.memoryMs) : 0;
    const error = (shortfall - faded * this.lost.error) / (1 - FRESH * faded);
    // What lacks for another reason is not made up for, nor that a shift begins with everybody idle: the integral stands still.
    const most = isIdle && meter.minutesSeen < START_MINUTES ? 0 : MOST_PULL_KEPT * this.cause;
    const lasting = error - aim * startShortfall(meter.minutesSeen, service.serviceTime, meter.memoryMs / 1000);
    const kept = error > 0 ? clamp(lasting, 0, most) : error;
    this.integral = clamp(this.integral + strength * INTEGRAL * kept * seconds, -all - guess, -guess);
    const proportional = PROPORTIONAL * Math.min(isOwn ? CAUSE_PULL : MOST_PULL, error);
    this.caution = clamp(guess + this.integral + strength * (proportional - brake), -all, 0);
    this.isLacking = (meter.utilization(LACK_MINUTES) ?? aim) < band.min;
    this.present = {
      factor: Math.exp(Math.max(RISK_ONLY, this.caution)),
      reserve: Math.max(0, RISK_ONLY - this.caution) * unit,
    };
    return this.present;
  }

  toJSON(): unknown {
    return { integral: this.integral };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null || !('integral' in stored)) return;
    if (typeof stored.integral === 'number' && Number.isFinite(stored.integral)) {
      this.integral = clamp(stored.integral, -MOST_STORED, MOST_STORED);
    }
  }
}

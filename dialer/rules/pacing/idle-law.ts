import { clamp } from './numbers.ts';

/**
 * How many agents sit idle at the cap: factor × (√flux − BEND × flux), where flux is how many conversations begin in a second.
 *
 * The spare agents' spread while a call is under way grows with the root of the flux (square-root staffing, Halfin and
 * Whitt); who comes free within the grace is worth more to a quick flux than to a slow one, hence the bend. In simulated
 * teams of 3 to 80 with talks of 30 to 220 s one factor fits within a tenth, so a small team's idle time foretells a larger one's.
 */
const BEND = 0.406;
/** Beyond this flux more of it needs no more idle agents. */
const FLAT = 1 / (2 * BEND) ** 2;
/**
 * The factor believed before anything was seen: simulated at an answer rate of 25 % and a cap of 3 %; it falls slowly with either. Sixteen
 * teams of 15 (6 to 50 % answers, talks of 15 to 130 s) have 8.7, 8.4, 7.7 and 6.7 at 6, 12, 25 and 50 %; teams of six a tenth more.
 */
const BELIEVED = { factor: 7.6, rate: 0.25, ofRate: -0.11, cap: 0.03, ofCap: -0.28 };
/** How many conversations the belief is worth: the idle time of a small team is mostly luck for hours. */
const BELIEF_CALLS = 200;
const MEMORY_CALLS = 3000;
const MOST_AGENTS_NAMED = 10_000;

const shape = (flux: number): number => Math.sqrt(Math.min(flux, FLAT)) - BEND * Math.min(flux, FLAT);

/** Learns a team's idle factor from the time in which the cap alone kept it from more talk. */
export class IdleLaw {
  private readonly cap: number;
  private seconds = 0;
  private idle = 0;
  private busy = 0;
  private calls = 0;

  constructor(cap: number) {
    this.cap = cap;
  }

  /** So many seconds passed with so many agents idle and busy; a call takes an agent `serviceTime` seconds. */
  spend(seconds: number, idle: number, busy: number, serviceTime: number): void {
    const calls = (seconds * busy) / serviceTime;
    const keep = Math.exp(-calls / MEMORY_CALLS);
    this.seconds = this.seconds * keep + seconds;
    this.idle = this.idle * keep + seconds * idle;
    this.busy = this.busy * keep + seconds * busy;
    this.calls = this.calls * keep + calls;
  }

  /** Idle agents ÷ shape of the flux. */
  factor(answerRate: number, serviceTime: number): number {
    const { factor, rate, ofRate, cap, ofCap } = BELIEVED;
    const believed =
      factor * (clamp(answerRate, 0.01, 1) / rate) ** ofRate * (clamp(this.cap, 0.001, 1) / cap) ** ofCap;
    if (this.seconds <= 0 || this.busy <= 0) return believed;
    const seen = this.idle / this.seconds / shape(this.busy / this.seconds / serviceTime);
    return (believed * BELIEF_CALLS + seen * this.calls) / (BELIEF_CALLS + this.calls);
  }

  /**
   * The smallest team whose talk utilization comes up to `least` under the cap: at that level `busy` of each agent is busy and the rest
   * must be what the law asks for, (1 − busy) × N = factor × shape(N × busy ÷ service time). Undefined where wrap-up leaves no room.
   */
  agentsFor(
    least: number,
    answerRate: number,
    { serviceTime, wrapupPerTalk }: { serviceTime: number; wrapupPerTalk: number },
  ): number | undefined {
    const busy = least * (1 + wrapupPerTalk);
    const idle = 1 - busy;
    if (!(busy > 0) || idle <= 0.005) return undefined;
    const factor = this.factor(answerRate, serviceTime);
    const flux = busy / serviceTime;
    const root = (factor * Math.sqrt(flux)) / (idle + factor * BEND * flux);
    const needed = Math.ceil(root ** 2 * flux <= FLAT ? root ** 2 : (factor * shape(FLAT)) / idle);
    return needed <= MOST_AGENTS_NAMED ? needed : undefined;
  }
}

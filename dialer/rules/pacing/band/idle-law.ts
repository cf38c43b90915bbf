import { clamp } from '../numbers.ts';

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
/** The factor believed of a team of fifteen before anything was seen: simulated at an answer rate of 25 % and a cap of 3 %; it falls slowly with either. */
const BELIEVED = { factor: 7.6, size: 15, rate: 0.25, ofRate: -0.11, cap: 0.03, ofCap: -0.28 };
/**
 * Where few answer a small team leaves more agents idle than the law makes of a large one's idle time, where many answer fewer: the rate's exponent
 * moves by so much for each e-fold of size (simulated: 9.5 and 6.0 with 6 agents at 6 and 50 % answers, 8.7 and 6.7 with 15).
 */
const OF_SIZE = 0.1;
/** From fifteen agents on it moves no more (36 have 8.9 at 6 %). */
const SIZES = { least: 3, most: 15 } as const;
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

  /** Idle agents ÷ shape of the flux, of a team of that size. */
  factor(answerRate: number, serviceTime: number, size: number): number {
    const { factor, rate, ofRate, cap, ofCap } = BELIEVED;
    const level = clamp(answerRate, 0.01, 1) / rate;
    const fromSize = (from: number): number =>
      level ** (OF_SIZE * Math.log(clamp(size, SIZES.least, SIZES.most) / clamp(from, SIZES.least, SIZES.most)));
    const believed = factor * level ** ofRate * fromSize(BELIEVED.size) * (clamp(this.cap, 0.001, 1) / cap) ** ofCap;
    if (this.seconds <= 0 || this.busy <= 0) return believed;
    const own = fromSize((this.idle + this.busy) / this.seconds);
    const seen = (own * this.idle) / this.seconds / shape(this.busy / this.seconds / serviceTime);
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
    const flux = busy / serviceTime;
    let needed: number = BELIEVED.size;
    // The factor hangs a little on the size that it is to tell: two rounds settle it.
    for (let round = 0; round < 3; round++) {
      const factor = this.factor(answerRate, serviceTime, needed);
      const root = (factor * Math.sqrt(flux)) / (idle + factor * BEND * flux);
      needed = Math.ceil(root ** 2 * flux <= FLAT ? root ** 2 : (factor * shape(FLAT)) / idle);
    }
    return needed <= MOST_AGENTS_NAMED ? needed : undefined;
  }
}

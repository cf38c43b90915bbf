import type { PacingLimit } from '../policy.ts';

/**
 * What ended a decision's placing: nothing more was wanted at this risk, or at what it would be if the list came back (`return`), for
 * the band's sake, because too little of the list is known (`cold`), because the guard wants only calls that surely find an agent
 * (`sure`), or because there are no more lines or calls per second.
 */
export type Stop = 'risk' | 'return' | 'band' | 'cold' | 'sure' | 'lines' | 'speed';

/** The limit that each of them counts for. */
const COUNTS_AS = {
  risk: 'risk',
  return: 'risk',
  cold: 'risk',
  sure: 'risk',
  band: 'band',
  lines: 'lines',
  speed: 'speed',
} as const satisfies Record<Stop, 'risk' | 'band' | 'lines' | 'speed'>;

const MEMORY_MS = 5 * 60_000;
/** Below this share of answered calls the list, not the carrier, is what lines and call rate fail at. */
const FEW_ANSWERS = 0.1;
/** Where lines or calls per second say stop in so much of the time, more agents would not bring more talk. */
const SCARCE = 0.25;
const MOST_AGENTS_NAMED = 10_000;
/** Of less than half an agent nothing is said. */
export const LEAST_RESTING = 0.5;

/** Watches over minutes which limit keeps the team from more talk time. */
export class LimitWatch {
  private readonly time = { risk: 0, band: 0, lines: 0, speed: 0 };
  private asked = 0;
  private placed = 0;
  private at = Number.NaN;
  private last: Stop = 'risk';

  /** A decision at `now` ended by `stop` after asking for so many calls. */
  decided(now: number, stop: Stop, asked: number): void {
    const passed = Number.isNaN(this.at) ? 0 : Math.max(0, Math.min(60_000, now - this.at));
    this.at = now;
    if (passed > 0) {
      const keep = Math.exp(-passed / MEMORY_MS);
      this.time.risk *= keep;
      this.time.band *= keep;
      this.time.lines *= keep;
      this.time.speed *= keep;
      this.asked *= keep;
      this.placed *= keep;
      this.time[COUNTS_AS[this.last]] += passed;
    }
    this.last = stop;
    this.asked += asked;
  }

  /** The engine placed a call. */
  sawPlaced(): void {
    this.placed += 1;
  }

  /** The limit that mostly bound over the last minutes; undefined before anything is known. */
  binding(answerRate: number): PacingLimit | undefined {
    const { risk, band, lines, speed } = this.time;
    if (risk + band + lines + speed < 30_000) return undefined;
    if (this.asked >= 10 && this.placed < 0.7 * this.asked) return 'contacts';
    if (lines + speed > SCARCE * (risk + band + lines + speed)) return answerRate < FEW_ANSWERS ? 'answers' : 'lines';
    return band > risk ? 'band' : 'cap';
  }
}

/**
 * About how many agents could share the conversations of a team that is over its band even at one call for each agent, so
 * that it comes down to the top: those whom the resting agents' part of the talk would need too.
 */
export function agentsToShare(
  agents: number,
  utilization: number,
  resting: number,
  top: number,
  wrapupPerTalk: number,
): number | undefined {
  if (agents <= 0 || resting < LEAST_RESTING || !(top > 0)) return undefined;
  const unheld = Math.min(1, utilization + resting / agents / (1 + wrapupPerTalk));
  const needed = Math.ceil((agents * unheld) / top);
  return needed > agents ? Math.min(needed, MOST_AGENTS_NAMED) : undefined;
}

/**
 * About how many agents would bring a team up to `level` where answers, lines or contacts are short: there is work for only so many talks at
 * once, so fewer agents share it. Undefined where the team is there already, and where so few agents would be below the level for the
 * cap's sake: `least` is the smallest team that the cap lets come up to it, undefined if none does. Then no size would do.
 */
export function agentsToFeed(
  agents: number,
  utilization: number,
  level: number,
  least: number | undefined,
): number | undefined {
  if (agents <= 0 || utilization <= 0 || utilization >= level) return undefined;
  const fed = Math.max(1, Math.floor((agents * utilization) / level));
  return least !== undefined && fed >= least ? fed : undefined;
}

/**
 * With how many agents the band would be reached, or kept; undefined where it is, or where no number would do it.
 * @param smallest the smallest team that the cap lets come up to a level, undefined if none does
 */
export function agentsForBand(
  binding: PacingLimit,
  band: { min: number; max: number },
  team: { agents: number; utilization: number; resting: number; wrapupPerTalk: number },
  smallest: (level: number) => number | undefined,
): number | undefined {
  const { agents, utilization, resting, wrapupPerTalk } = team;
  if (binding === 'band') return agentsToShare(agents, utilization, resting, band.max, wrapupPerTalk);
  if (utilization >= band.min) return undefined;
  const needed = smallest(band.min);
  // With fewer agents some of what lines and list allow is no longer used: reckoned to the band's middle.
  if (binding !== 'cap') return agentsToFeed(agents, utilization, (band.min + band.max) / 2, needed);
  return needed !== undefined && needed > agents ? needed : undefined;
}

import type { Floor } from '../floor/floor.ts';
import { UtilizationMeter } from '../floor/utilization-meter.ts';
import { clamp } from '../numbers.ts';

const MEMORY_MS = 8 * 60_000;
const LEAST_STEP_MS = 5_000;

/**
 * Keeps a rule without a forecast under the top of the band: where even one call for each agent brings too much talk, ready
 * agents rest in turn.
 *
 * Of the agents the fading means of talk and of those at rest are known; so many more must rest as talk was over the aim.
 * At the fixed point the two means stand still and talk is at the aim, whatever list it is. Aims at the band's upper quarter:
 * such a rule is to stay inside, and has nothing to gain from its middle.
 */
export class BandRest {
  private readonly band: { min: number; max: number } | undefined;
  private readonly meter = new UtilizationMeter(MEMORY_MS);
  private meanResting = 0;
  private wanted = 0;
  private at = Number.NaN;

  constructor(band: { min: number; max: number } | undefined) {
    this.band = band;
  }

  /** Talk utilization as it lately was, and the top it is held under; undefined without a band. */
  figures(agents: number): { utilization: number; top: number } | undefined {
    return this.band && { utilization: this.meter.recent(this.aim(this.band), agents), top: this.band.max };
  }

  /** Accounts the time up to `now` to what the floor has been like since the last call: before an event changes it. */
  advance(now: number, floor: Floor): void {
    this.meter.advance(now, floor);
  }

  /** How many ready agents rest now. */
  resting(now: number, floor: Floor): number {
    const { band, meter } = this;
    const passed = Number.isNaN(this.at) ? LEAST_STEP_MS : now - this.at;
    if (band === undefined || floor.signedIn === 0 || passed < LEAST_STEP_MS) return Math.round(this.wanted);
    this.at = now;
    const keep = Math.exp(-Math.min(passed, MEMORY_MS) / MEMORY_MS);
    this.meanResting = keep * this.meanResting + (1 - keep) * Math.round(this.wanted);
    const { talkMs, wrapupMs } = meter.last(60);
    const wrapupPerTalk = talkMs > 0 ? wrapupMs / talkMs : 0;
    const excess = meter.recent(this.aim(band), floor.signedIn) - this.aim(band);
    const more = floor.signedIn * excess * (1 + wrapupPerTalk);
    this.wanted = clamp(this.meanResting + more, 0, floor.signedIn);
    return Math.round(this.wanted);
  }

  private aim({ min, max }: { min: number; max: number }): number {
    return max - (max - min) / 4;
  }
}

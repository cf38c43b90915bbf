import type { Floor } from './floor.ts';
import { ExactForecast, riskOf, SmoothForecast, type SpareForecast } from './forecast.ts';
import { openChance } from './numbers.ts';
import type { Learning } from './predictive-learning.ts';

/** Up to so many busy agents and calls the forecast is exact; above, the smooth approximation is as good and cheaper. */
const EXACT_UP_TO = 60;

/**
 * The picture of one instant: what the floor will look like when a call placed now is answered, and how that changes
 * with every further call.
 */
export class Outlook {
  private readonly forecast: SpareForecast;
  private readonly arrival: Float64Array;
  private readonly row: Float64Array;
  private readonly mean: number;
  /** Most calls that this picture can take in; more need a new one. */
  readonly room: number;

  constructor(floor: Floor, learning: Learning, reserve: number) {
    const { flight, release, answer, chance } = learning;
    this.arrival = flight.arrival();
    this.row = flight.newRow();
    const belief = answer.now();
    this.mean = openChance(chance.expected(belief.mean));
    let ready = floor.ready;
    for (const call of floor.calls.values()) if (call.stage === 'waiting') ready--;
    const uncertain = floor.talking + floor.wrapup + floor.calls.size;
    const isSmall = uncertain <= EXACT_UP_TO;
    this.room = isSmall ? 12 + 4 * Math.max(0, ready) : Number.POSITIVE_INFINITY;
    this.forecast = isSmall
      ? new ExactForecast(ready, floor.calls.size + this.room + Math.ceil(reserve))
      : new SmoothForecast(ready, belief.variance / (belief.mean * belief.mean));
    for (const agent of floor.agents.values()) {
      if (agent.leaving || agent.state === 'ready' || agent.state === 'away') continue;
      const { table, offset } = release.row(agent, floor.now);
      this.forecast.addAgent(table, offset);
    }
    for (const call of floor.calls.values()) {
      if (call.stage !== 'waiting') this.forecast.addCall(flight.chance(call, floor.now), flight.row(call, floor.now));
    }
  }

  /** Chance that one more call, if answered, finds nobody within the grace, with so many agents held back. */
  risk(reserve: number): number {
    return riskOf(this.arrival, this.forecast.nobody(reserve));
  }

  /** Takes one more call into the picture. */
  place(): void {
    this.forecast.addCall(this.mean, this.row);
  }
}

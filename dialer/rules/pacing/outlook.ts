import type { Floor } from './floor.ts';
import { ExactForecast, riskOf, SmoothForecast, type SpareForecast } from './forecast.ts';
import { openChance } from './numbers.ts';
import type { Learning } from './predictive-learning.ts';

/** Up to so many busy agents and calls the forecast is exact; above, the smooth approximation is as good and cheaper. */
const EXACT_UP_TO = 60;

/**
 * The picture of one instant: what the floor will look like when a call placed now is answered, and how that changes
 * with every further call. One object serves all decisions: `look` takes a new picture.
 */
export class Outlook {
  private readonly exact = new ExactForecast();
  private readonly smooth = new SmoothForecast();
  private forecast: SpareForecast = this.exact;
  private arrival: Float64Array = new Float64Array(0);
  private row: Float64Array = new Float64Array(0);
  private mean = 0;
  /** Most calls that this picture can take in; more need a new one. */
  room = 0;

  look(floor: Floor, learning: Learning, reserve: number): void {
    const { flight, release, answer, chance } = learning;
    const { now } = floor;
    this.arrival = flight.arrival;
    this.row = flight.newRow();
    const belief = answer.now();
    this.mean = openChance(chance.expected(belief.mean));
    let ready = floor.ready;
    for (const call of floor.calls.values()) if (call.stage === 'waiting') ready--;
    if (floor.talking + floor.wrapup + floor.calls.size <= EXACT_UP_TO) {
      this.room = 12 + 4 * Math.max(0, ready);
      this.exact.start(ready, floor.calls.size + this.room + Math.ceil(reserve), flight.range);
      this.forecast = this.exact;
    } else {
      this.room = Number.POSITIVE_INFINITY;
      this.smooth.start(ready, belief.variance / (belief.mean * belief.mean), flight.range);
      this.forecast = this.smooth;
    }
    for (const agent of floor.agents.values()) {
      if (agent.leaving || agent.state === 'ready' || agent.state === 'away') continue;
      this.forecast.addAgent(release.table(agent), release.offset(agent, now));
    }
    for (const call of floor.calls.values()) {
      if (call.stage !== 'waiting') this.forecast.addCall(flight.chance(call, now), flight.row(call, now));
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

import type { Floor } from './floor.ts';
import { ExactForecast, riskOf, SmoothForecast, type SpareForecast } from './forecast.ts';
import { clamp, openChance } from './numbers.ts';
import type { Learning } from './predictive-learning.ts';

/** Up to so many busy agents and calls the forecast is exact; above, the smooth approximation is as good and cheaper. */
const EXACT_UP_TO = 60;
/**
 * Doubt about the answer rate (standard deviation ÷ mean) from which the exact forecast is made for a higher rate too,
 * and at which that one has its full weight: the outer points of a three-point Gauss-Hermite rule lie √3 deviations
 * from the mean and weigh a sixth each; the lower one never does harm and is left to the mean.
 */
const DOUBT = { from: 0.2, full: 0.4, deviations: Math.sqrt(3), weight: 1 / 6 } as const;

/** Less weight than this of the returned list is not worth a picture. */
const LEAST_RETURN = 0.004;

const oddsOf = (p: number): number => p / (1 - p);

const flying = ({ calls, now }: Floor, { returned }: Learning['flight']): { placedAt: number; likelihood: number }[] =>
  Array.from(calls.values())
    .filter(({ stage }) => stage !== 'waiting')
    .map((call) => ({ placedAt: call.placedAt, likelihood: returned.likelihood(call, now) }));

/**
 * The picture of one instant: what the floor will look like when a call placed now is answered, and how that changes
 * with every further call. One object serves all decisions: `look` takes a new picture.
 */
export class Outlook {
  private readonly exact = new ExactForecast();
  private readonly wary = new ExactForecast();
  private readonly smooth = new SmoothForecast();
  private readonly returnedExact = new ExactForecast();
  private readonly returnedSmooth = new SmoothForecast();
  private returned: SpareForecast = this.returnedExact;
  private forecast: SpareForecast = this.exact;
  private arrival: Float64Array = new Float64Array(0);
  private row: Float64Array = new Float64Array(0);
  private returnedRow: Float64Array = new Float64Array(0);
  private mean = 0;
  private high = 0;
  /** Weight of the picture with the higher answer rate; 0: it is not made. */
  private wariness = 0;
  /** Rate of the list come back, and that picture's weight for a call that is answered; 0: it is not made. */
  private back = 0;
  private backWeight = 0;
  /** Most calls that this picture can take in; more need a new one. */
  room = 0;

  look(floor: Floor, learning: Learning, reserve: number): void {
    const { flight, answer, back, chance } = learning;
    this.arrival = flight.arrival;
    this.row = flight.present.newRow();
    const belief = answer.now();
    this.mean = openChance(chance.expected(belief.mean));
    const doubt = chance.inUse ? chance.doubt(this.mean) : Math.sqrt(belief.variance) / belief.mean;
    this.high = Math.min(0.95, this.mean * (1 + DOUBT.deviations * doubt));
    this.wariness = 0;
    // An answer to a list that hardly answers any more is a sign that it has come back (Bayes' rule).
    const returned = back.outlook(floor.now, belief.mean, flying(floor, flight), learning.release.worth);
    this.back = returned.rate;
    const weight =
      (returned.chance * this.back) / (returned.chance * this.back + (1 - returned.chance) * returned.usual);
    this.backWeight = weight < LEAST_RETURN ? 0 : weight;
    let ready = floor.ready;
    for (const call of floor.calls.values()) if (call.stage === 'waiting') ready--;
    if (floor.talking + floor.wrapup + floor.calls.size <= EXACT_UP_TO) {
      this.wariness = DOUBT.weight * clamp((doubt - DOUBT.from) / (DOUBT.full - DOUBT.from), 0, 1);
      this.room = 12 + 4 * Math.max(0, ready);
      const room = floor.calls.size + this.room + Math.ceil(reserve);
      this.exact.start(ready, room, flight.range);
      this.forecast = this.exact;
      if (this.wariness > 0) {
        this.wary.start(ready, room, flight.range);
        this.fill(this.wary, floor, learning, openChance(belief.mean), oddsOf(this.high) / oddsOf(this.mean));
      }
    } else {
      this.room = Number.POSITIVE_INFINITY;
      this.smooth.start(ready, doubt * doubt, flight.range);
      this.forecast = this.smooth;
    }
    this.fill(this.forecast, floor, learning, openChance(belief.mean), 1);
    if (this.backWeight > 0) this.lookBack(floor, learning, ready, reserve);
  }

  /** The picture if the list has come back: the calls under way may be answered like those of before. */
  private lookBack(floor: Floor, learning: Learning, ready: number, reserve: number): void {
    const { range } = learning.flight;
    if (this.forecast === this.exact) {
      this.returnedExact.start(ready, floor.calls.size + this.room + Math.ceil(reserve), range);
      this.returned = this.returnedExact;
    } else {
      this.returnedSmooth.start(ready, 0, range);
      this.returned = this.returnedSmooth;
    }
    const rate = openChance(learning.answer.now().mean);
    this.fill(this.returned, floor, learning, rate, oddsOf(openChance(this.back)) / oddsOf(this.mean), true);
    this.returnedRow = learning.flight.returned.newRow();
  }

  /** Adds everyone busy and every call under way; calls without a chance of their own have the list's present `rate`. */
  private fill(
    into: SpareForecast,
    floor: Floor,
    learning: Learning,
    rate: number,
    factor: number,
    returned = false,
  ): void {
    const { flight, release } = learning;
    const { now } = floor;
    const picture = returned ? flight.returned : flight.present;
    // Whoever talks as the list comes back talks with a person.
    const share = returned ? release.worth : 1;
    for (const agent of floor.agents.values()) {
      if (agent.leaving || agent.state === 'ready' || agent.state === 'away') continue;
      into.addAgent(release.table(agent), release.offset(agent, now), agent.state === 'talking' ? share : 1);
    }
    const listOdds = oddsOf(rate) * factor;
    for (const call of floor.calls.values()) {
      if (call.stage === 'waiting') continue;
      const odds = call.chance === undefined ? listOdds : oddsOf(call.prior) * factor;
      into.addCall(picture.chance(call, now, odds), picture.row(call, now));
    }
  }

  /**
   * Chance that one more call, if answered, finds nobody within the grace, with so many agents held back: as long as the list stays
   * as it is, and reckoning with its coming back.
   */
  risks(reserve: number): [usual: number, all: number] {
    const usual = this.usualRisk(reserve);
    if (this.backWeight === 0) return [usual, usual];
    return [usual, usual + this.backWeight * (riskOf(this.arrival, this.returned.nobody(reserve)) - usual)];
  }

  private usualRisk(reserve: number): number {
    const risk = riskOf(this.arrival, this.forecast.nobody(reserve));
    if (this.wariness === 0) return risk;
    return risk + this.wariness * (riskOf(this.arrival, this.wary.nobody(reserve)) - risk);
  }

  /** Takes one more call into the picture. */
  place(): void {
    this.forecast.addCall(this.mean, this.row);
    if (this.wariness > 0) this.wary.addCall(this.high, this.row);
    if (this.backWeight > 0) this.returned.addCall(this.back, this.returnedRow);
  }
}

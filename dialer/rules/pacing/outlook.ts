import { type FlightPicture, presentChance } from './flight/flight-picture.ts';
import type { Floor } from './floor/floor.ts';
import type { CallRow } from './floor/floor-rows.ts';
import { ExactForecast, riskOf, SmoothForecast, type SpareForecast } from './forecast/forecast.ts';
import { PartedRows } from './forecast/parted-rows.ts';
import type { Learning } from './learning.ts';
import { clamp, openChance } from './numbers.ts';

/** Up to so many busy agents and calls the forecast is exact; above, the smooth approximation is as good and cheaper. */
const EXACT_UP_TO = 60;
/**
 * Doubt about the answer rate or the length of talks (standard deviation ÷ mean) from which the exact forecast is made for a higher rate and longer talks too,
 * and at which that one has its full weight: the outer points of a three-point Gauss-Hermite rule lie √3 deviations
 * from the mean and weigh a sixth each; the lower one never does harm and is left to the mean. A call that is answered is a
 * sign of the higher rate, as far as that brings more answers (Bayes' rule).
 */
const DOUBT = { from: 0.2, full: 0.4, deviations: Math.sqrt(3), centre: 4 } as const;

/** Less weight than this of the returned list is not worth a picture. */
const LEAST_RETURN = 0.004;

/** A list that comes back costs hardly more callers than some number where that is less likely than this. */
const LIKELY = 0.5;

const oddsOf = (p: number): number => p / (1 - p);

/** A call under way, and how much likelier it is to look as it does if it will be presented: on this list, and on the list come back. */
type Aloft = { call: CallRow; placedAt: number; present: number; likelihood: number };

type NewRow = { table: Float64Array; offset: number };

/** Calls less likely than this to need an agent are left out. */
const NEGLIGIBLE = 1e-5;

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
  /** The calls under way and the busy agents, worked out once for all pictures of a look. */
  private readonly aloft: Aloft[] = [];
  /** Their records, used again at every look. */
  private readonly records: Aloft[] = [];
  private readonly busy = new PartedRows();
  private readonly calls = new PartedRows();
  /** The row of a call placed now: on this list, and on the list come back. */
  private row: NewRow = { table: new Float64Array(0), offset: 0 };
  private returnedRow = this.row;
  private mean = 0;
  private high = 0;
  /** Weight of the picture with the higher answer rate; 0: it is not made. */
  private wariness = 0;
  /** Rate of the list come back, and that picture's weight for a call that is answered; 0: it is not made. */
  private back = 0;
  private backWeight = 0;
  /** Share of that risk that was seen to come true: such returns have been before. */
  private recurring = 0;
  private sharesAfter: Float64Array | undefined;
  /** Of an answer now, 0 to 1: whether talk comes of it. */
  private worth = 1;
  /** Most calls that this picture can take in; more need a new one. */
  room = 0;

  look(floor: Floor, learning: Learning, reserve: number): void {
    const { flight, answer, back, spells, chance } = learning;
    this.arrival = flight.arrival;
    this.row = newRow(flight.present);
    const belief = answer.now();
    this.mean = openChance(chance.expected(belief.mean));
    const doubt = chance.inUse ? chance.doubt(this.mean) : Math.sqrt(belief.variance) / belief.mean;
    this.wariness = 0;
    // An answer to a list that hardly answers any more is a sign that it has come back (Bayes' rule).
    const waiting = this.gather(floor, learning);
    const again = spells.recurrence(belief.mean);
    const returned = back.outlook(floor.now, belief.mean, this.aloft, learning.release.worth, again);
    this.recurring = returned.recurring;
    this.sharesAfter = returned.sharesAfter;
    this.worth = learning.release.worth * back.people;
    this.back = returned.rate;
    const weight =
      (returned.chance * this.back) / (returned.chance * this.back + (1 - returned.chance) * returned.usual);
    this.backWeight = weight < LEAST_RETURN ? 0 : weight;
    const ready = floor.ready - waiting;
    const talksDoubt = learning.release.talk.doubt;
    if (floor.talking + floor.wrapup + floor.calls.size <= EXACT_UP_TO) {
      // The direction in which both together are likeliest to err so far.
      const both = Math.hypot(doubt, Math.sqrt(talksDoubt));
      const far = both > 0 ? DOUBT.deviations / both : 0;
      this.high = Math.min(0.95, this.mean * (1 + far * doubt * doubt));
      const low = Math.max(0, this.mean * (1 - far * doubt * doubt));
      const share = this.high / (low + DOUBT.centre * this.mean + this.high);
      this.wariness = share * clamp((both - DOUBT.from) / (DOUBT.full - DOUBT.from), 0, 1);
      this.room = 12 + 4 * Math.max(0, ready);
      const room = floor.calls.size + this.room + Math.ceil(reserve);
      this.exact.start(ready, room, flight.range);
      this.forecast = this.exact;
      if (this.wariness > 0) {
        this.wary.start(ready, room, flight.range);
        this.gatherBusy(floor, learning, Math.exp(-far * talksDoubt));
        this.fill(this.wary, floor.now, flight.present, openChance(belief.mean), oddsOf(this.high) / oddsOf(this.mean));
      }
    } else {
      this.room = Number.POSITIVE_INFINITY;
      this.smooth.start(ready, { answers: doubt * doubt, talks: talksDoubt }, flight.range);
      this.forecast = this.smooth;
    }
    this.gatherBusy(floor, learning, 1);
    this.fill(this.forecast, floor.now, flight.present, openChance(belief.mean), 1);
    if (this.backWeight > 0) this.lookBack(floor, learning, ready, reserve);
  }

  /** The picture if the list has come back: the calls under way may be answered like those of before. */
  private lookBack(floor: Floor, learning: Learning, ready: number, reserve: number): void {
    const { range } = learning.flight;
    if (this.forecast === this.exact) {
      this.returnedExact.start(ready, floor.calls.size + this.room + Math.ceil(reserve), range);
      this.returned = this.returnedExact;
    } else {
      this.returnedSmooth.start(ready, { answers: 0, talks: 0 }, range);
      this.returned = this.returnedSmooth;
    }
    // Whoever talks as the list comes back talks with a person.
    this.gatherBusy(floor, learning, learning.release.worth);
    const { returned } = learning.flight;
    const rate = openChance(learning.answer.now().mean);
    this.fill(this.returned, floor.now, returned, rate, oddsOf(openChance(this.back)) / oddsOf(this.mean));
    this.returnedRow = newRow(returned);
  }

  /** Takes in the calls under way; returns how many wait for an agent already. */
  private gather({ calls, now }: Floor, { flight: { present, returned } }: Learning): number {
    const { aloft, records } = this;
    let count = 0;
    for (const call of calls.values()) {
      if (call.stage === 'waiting') continue;
      const record = records[count] ?? { call, placedAt: 0, present: 1, likelihood: 1 };
      record.call = call;
      record.placedAt = call.placedAt;
      record.likelihood = returned.likelihood(call, now);
      record.present = present === returned ? record.likelihood : present.likelihood(call, now);
      records[count] = aloft[count] = record;
      count++;
    }
    aloft.length = count;
    return calls.size - count;
  }

  /** Takes in the busy agents. @param share of the chances of talks that is believed */
  private gatherBusy({ agents, now }: Floor, { release }: Learning, share: number): void {
    this.busy.start(release.table);
    for (const agent of agents.values()) {
      if (agent.leaving || agent.state === 'ready' || agent.state === 'away') continue;
      this.busy.add(release.row(agent, now), agent.state === 'talking' ? share : 1);
    }
  }

  /** Adds everyone busy and every call under way; calls without a chance of their own have the list's present `rate`. */
  private fill(into: SpareForecast, now: number, picture: FlightPicture, rate: number, factor: number): void {
    into.addAgents(this.busy);
    this.calls.start(picture.table);
    const listOdds = oddsOf(rate);
    const isReturned = into === this.returned;
    for (const { call, placedAt, present, likelihood } of this.aloft) {
      const better = isReturned ? this.factorOf(now - placedAt, factor) : factor;
      const odds = better * (call.chance === undefined ? listOdds : oddsOf(call.prior));
      const chance = presentChance(odds, isReturned ? likelihood : present);
      if (chance >= NEGLIGIBLE) this.calls.add(picture.row(call, now), chance);
    }
    into.addCalls(this.calls);
  }

  /** How much better the odds of a call placed so long ago are in the returned picture: it may have been placed before the change. */
  private factorOf(ageMs: number, factor: number): number {
    const share = this.sharesAfter?.[Math.floor(ageMs / 1000)] ?? 1 - this.recurring;
    return 1 + share * (factor - 1);
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

  /** The risk that comes true as foretold, for the threshold to learn from: without what is feared of a return that never was. */
  expected(usual: number, all: number): number {
    return usual + this.recurring * (all - usual);
  }

  /**
   * Whether the list's coming back would hardly cost more callers than `bearable`. Fewer are borne as far as answers would come of
   * the return alone, and as nobody talks with those who answer now: nothing is lost by waiting for a list that is dead.
   */
  bearsReturn(bearable: number): boolean {
    const callers = bearable * (1 - this.backWeight) * this.worth;
    if (callers <= 0) return false;
    return this.returned.nobody(-callers).every((chance) => chance < LIKELY);
  }

  private usualRisk(reserve: number): number {
    const risk = riskOf(this.arrival, this.forecast.nobody(reserve));
    if (this.wariness === 0) return risk;
    return risk + this.wariness * (riskOf(this.arrival, this.wary.nobody(reserve)) - risk);
  }

  /** Takes one more call into the picture. */
  place(): void {
    const { table, offset } = this.row;
    this.forecast.addCall(this.mean, table, offset);
    if (this.wariness > 0) this.wary.addCall(this.high, table, offset);
    if (this.backWeight > 0) this.returned.addCall(this.back, this.returnedRow.table, this.returnedRow.offset);
  }
}

const newRow = (picture: FlightPicture): NewRow => ({
  table: picture.table,
  offset: picture.newRow(),
});

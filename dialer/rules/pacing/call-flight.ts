import type { CallRow, CallStage } from './floor-rows.ts';
import type { ColumnRange } from './forecast.ts';
import { type FlightRow, FlightRows, type Flying } from './flight-rows.ts';
import { COLUMNS, columnOf } from './horizon.ts';
import { clamp } from './numbers.ts';
import { StageTimes, sumOf, survival } from './stage-times.ts';

const bump = (middle: number, width: number) => (second: number) =>
  Math.exp(-(((second - middle) / width) ** 2) / 2) + 0.002;

/**
 * Calls in flight: when they will be presented, and how much their age in set-up, ringing and listening says about
 * whether they will be at all.
 *
 * Two kinds of call are told apart, those that get presented and all others, each with learnt lengths of the three
 * stages. The ratio of how likely either kind is to look like this call so far turns its prior odds into
 * present ones (Bayes' rule); for the first kind the remaining time follows from the same tables.
 */
export class CallFlight {
  private readonly ringS: number;
  private readonly stageS: number;
  private readonly mine: Record<Flying, StageTimes>;
  private readonly others: { setup: StageTimes; ringPicked: StageTimes; ringEnded: StageTimes; listening: StageTimes };
  private readonly stages: StageTimes[];
  private otherRings = 0.8 * 4;
  private otherAll = 4;
  private rows: FlightRows;
  /** The same for the talks of a list that comes back to life. */
  private returnedRows: FlightRows;
  private odds: Record<Flying, (number | undefined)[]> = { setup: [], ringing: [], listening: [] };
  private tables: ReturnType<CallFlight['tabulate']>;
  private readonly graceS: number;

  constructor(limits: { ringMs: number; graceMs: number }) {
    this.ringS = Math.round(limits.ringMs / 1000);
    this.graceS = Math.round(limits.graceMs / 1000);
    // A stage longer than the ring limit and half a minute is not told apart from one of that length.
    this.stageS = this.ringS + 30;
    const seconds = this.stageS;
    const mayRing = (shape: (s: number) => number) => (second: number) => (second <= this.ringS ? shape(second) : 0);
    this.mine = {
      setup: new StageTimes(seconds, bump(3, 1.5), 5),
      ringing: new StageTimes(
        seconds,
        mayRing((second) => second * Math.exp(-second / 6) + 0.02),
        8,
      ),
      listening: new StageTimes(seconds, (second) => [0.4, 0.2, 0.25, 0.1, 0.04][second] ?? 0.0005, 3),
    };
    this.others = {
      setup: new StageTimes(seconds, bump(3, 2), 5),
      ringPicked: new StageTimes(seconds, mayRing(bump(17, 5)), 3),
      ringEnded: new StageTimes(
        seconds,
        (second) => (second >= this.ringS - 1 && second <= this.ringS + 1 ? 1 : second <= this.ringS ? 0.01 : 1e-5),
        4,
      ),
      listening: new StageTimes(seconds, (second) => [0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05][second] ?? 0.002, 3),
    };
    this.stages = [...Object.values(this.mine), ...Object.values(this.others)];
    this.tables = this.tabulate();
    this.rows = this.returnedRows = new FlightRows(this.tables, new Float64Array(1).fill(1), this.graceS);
  }

  /** Learns from a call whose nature is known. */
  learn(call: CallRow, presented: boolean, reachedBy: CallStage, stageMs: number, halfLife: number): void {
    const listened = reachedBy === 'listening' ? stageMs : 0;
    if (presented) {
      this.mine.setup.learn(call.setupMs, halfLife);
      this.mine.ringing.learn(call.ringMs, halfLife);
      this.mine.listening.learn(listened, halfLife);
      return;
    }
    const rang = reachedBy !== 'setup';
    this.otherRings = this.otherRings * 0.998 + (rang ? 1 : 0);
    this.otherAll = this.otherAll * 0.998 + 1;
    this.others.setup.learn(call.setupMs, halfLife);
    if (reachedBy === 'ringing') this.others.ringEnded.learn(call.ringMs, halfLife);
    if (reachedBy === 'listening') {
      this.others.ringPicked.learn(call.ringMs, halfLife);
      this.others.listening.learn(listened, halfLife);
    }
  }

  /** Whether belief in how long the stages last has moved since the tables were made. */
  get isSurprised(): boolean {
    return Math.abs(this.moved - this.tables.moved) > 0.2;
  }

  /** Whether what happens lately is believed more than what happened for long: then news are worth more. */
  get isUnsettled(): boolean {
    return this.moved > 0.5;
  }

  /** How far belief in how long the stages last has moved from the long memories, at most. */
  private get moved(): number {
    return this.stages.reduce((most, times) => Math.max(most, times.moved), 0);
  }

  private tabulate() {
    const setup = this.mine.setup.density();
    const ringing = this.mine.ringing.density();
    const listening = this.mine.listening.density();
    const afterSetup = sumOf(ringing, listening);
    const total = sumOf(setup, afterSetup);
    const picked = this.others.ringPicked.density();
    const pickedShare =
      (this.others.ringPicked.seen + 1.5) / (this.others.ringPicked.seen + this.others.ringEnded.seen + 4);
    const ended = this.others.ringEnded.density();
    const arrival = byColumn(total);
    return {
      moved: this.moved,
      arrival,
      range: rangeOf(arrival),
      setup,
      ringing,
      listening,
      afterSetup,
      total,
      presentedBy: { setup: total, ringing: afterSetup, listening },
      alive: {
        setup: survival(setup),
        ringing: survival(ringing),
        listening: survival(listening),
        otherSetup: survival(this.others.setup.density()),
        otherRinging: survival(picked.map((p, s) => p * pickedShare + (ended[s] ?? 0) * (1 - pickedShare))),
        otherListening: survival(this.others.listening.density()),
      },
      pickedOther: picked.map((p) => p * pickedShare),
      rings: clamp(this.otherRings / this.otherAll, 0.02, 1),
    };
  }

  /**
   * Takes what was learnt into use.
   * @param freeAfter an agent's chance of being free so many seconds after connecting
   * @param worth of answers now: where they are machines, which take seconds, those of a list that comes back take longer
   */
  rebuild(freeAfter: Float64Array, worth: number): void {
    this.odds = { setup: [], ringing: [], listening: [] };
    this.tables = this.tabulate();
    const rowsIf = (believed: number): FlightRows =>
      new FlightRows(
        this.tables,
        freeAfter.map((free) => 1 - believed * free),
        this.graceS,
      );
    this.rows = rowsIf(1);
    this.returnedRows = worth < 1 ? rowsIf(worth) : this.rows;
  }

  /** Chance, for a call placed now that gets presented, that this happens in each column. */
  get arrival(): Float64Array {
    return this.tables.arrival;
  }

  /** Chance, by second, of how long a presented call takes from placing to presenting. */
  get untilPresented(): Float64Array {
    return this.tables.total;
  }

  /** The columns in which that chance is worth reckoning with. */
  get range(): ColumnRange {
    return this.tables.range;
  }

  /** Present chance that the call gets presented, from the odds it was placed with and its age. */
  chance(call: CallRow, now: number, priorOdds: number): number {
    const odds = priorOdds * this.likelihood(call, now);
    return odds / (1 + odds);
  }

  /** How much likelier a call is to look as this one does by now if it will be presented than if not. */
  likelihood(call: CallRow, now: number): number {
    const stage = call.stage === 'waiting' ? 'listening' : call.stage;
    const age = clamp(Math.floor((now - call.since) / 1000), 0, this.stageS - 1);
    const known = this.odds[stage][age];
    const byAge = known ?? this.ageLikelihood(stage, age);
    if (known === undefined) this.odds[stage][age] = byAge;
    if (stage !== 'listening') return byAge;
    return byAge * this.pickupLikelihood(call.ringMs);
  }

  private ageLikelihood(stage: Flying, age: number): number {
    const { alive, rings } = this.tables;
    const ratio = (a: Float64Array, b: Float64Array) =>
      clamp(((a[age] ?? 0) + 1e-6) / ((b[age] ?? 0) + 1e-6), 1e-4, 1e4);
    if (stage === 'setup') return ratio(alive.setup, alive.otherSetup);
    if (stage === 'ringing') return ratio(alive.ringing, alive.otherRinging) / rings;
    return ratio(alive.listening, alive.otherListening) / rings;
  }

  /** People and machines pick up at different times; read over three neighbouring seconds. */
  private pickupLikelihood(ringMs: number): number {
    const second = clamp(Math.floor(ringMs / 1000), 0, this.stageS - 1);
    const around = (d: Float64Array) => (d[second - 1] ?? 0) + (d[second] ?? 0) + (d[second + 1] ?? 0) + 1e-4;
    return clamp(around(this.tables.ringing) / around(this.tables.pickedOther), 0.01, 100);
  }

  /** The forecast row of a call in flight. @param returned if the list has come back to life */
  row(call: CallRow, now: number, returned = false): FlightRow {
    const stage = call.stage === 'waiting' ? 'listening' : call.stage;
    const age = clamp(Math.floor((now - call.since) / 1000), 0, this.stageS - 1);
    return (returned ? this.returnedRows : this.rows).row(stage, age);
  }

  /** The forecast row of a call placed now. */
  newRow(returned = false): FlightRow {
    return (returned ? this.returnedRows : this.rows).row('setup', 0);
  }

  toJSON(): unknown {
    return { mine: this.mine, others: this.others };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null || !('mine' in stored) || !('others' in stored)) return;
    const { mine, others } = stored;
    const pick = (from: unknown, key: string): unknown =>
      typeof from === 'object' && from !== null ? Object.entries(from).find(([name]) => name === key)?.[1] : undefined;
    for (const [key, times] of Object.entries(this.mine)) times.load(pick(mine, key));
    for (const [key, times] of Object.entries(this.others)) times.load(pick(others, key));
  }
}

function byColumn(bySecond: Float64Array): Float64Array {
  const sums = new Float64Array(COLUMNS);
  bySecond.forEach((chance, second) => {
    const column = columnOf(second);
    sums[column] = (sums[column] ?? 0) + chance;
  });
  return sums;
}

/** The columns without the least likely at either end, together one in a thousand. */
function rangeOf(arrival: Float64Array): ColumnRange {
  let first = 0;
  let end = COLUMNS;
  for (let sum = arrival[first] ?? 0; sum < 5e-4 && first < COLUMNS - 1; sum += arrival[first] ?? 0) first++;
  for (let sum = arrival[end - 1] ?? 0; sum < 5e-4 && end > first + 1; sum += arrival[end - 1] ?? 0) end--;
  return { first, end };
}

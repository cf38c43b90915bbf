import type { CallRow, CallStage } from '../floor/floor-rows.ts';
import type { ColumnRange } from '../forecast/forecast.ts';
import { COLUMNS, columnOf } from '../horizon.ts';
import { clamp } from '../numbers.ts';
import { FlightPicture, type FlightTables } from './flight-picture.ts';
import type { Flying } from './flight-rows.ts';
import { StageTimes, sumOf, survival } from './stage-times.ts';
import { UntoldRinging } from './untold-ringing.ts';

/** Belief in what happens lately that makes a difference. */
const LEAST_MOVED = 0.05;

/** When a call placed now is presented, if it is: chances by second and by column, and the columns worth reckoning with. */
type Timing = { total: Float64Array; arrival: Float64Array; range: ColumnRange };

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
  private readonly untold: UntoldRinging;
  /** Set-up of all calls that ring, as soon as they do: it is over before it matters who will answer, and whom it reaches shows far later. */
  private readonly setup: StageTimes;
  private readonly stages: StageTimes[];
  private otherRings = 0.8 * 4;
  private otherAll = 4;
  /** The calls in flight as they are on the list that there is. */
  present: FlightPicture;
  /** The same on a list that comes back to life: picked up as of old, for talks as long as of old. */
  returned: FlightPicture;
  private timing: Timing;
  /** How far belief had moved when the pictures were made. */
  private movedThen = 0;
  private untoldThen = false;
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
    this.setup = new StageTimes(seconds, bump(3, 1.5), 5);
    this.untold = new UntoldRinging(seconds, this.mine, this.others);
    const { mine, others } = this.untold;
    this.stages = [this.setup, ...Object.values(this.mine), ...Object.values(this.others), mine, others];
    const tables = this.tabulate((times) => times.density());
    this.timing = this.timed(tables);
    this.present = this.returned = this.picture(tables, new Float64Array(1).fill(1));
  }

  /** A call began to ring after so long. */
  learnSetup(ms: number, halfLife: number): void {
    this.setup.learn(ms, halfLife);
  }

  /** Learns from a call whose nature is known. */
  learn(call: CallRow, presented: boolean, reachedBy: CallStage, stageMs: number, halfLife: number): void {
    const listened = reachedBy === 'listening' ? stageMs : 0;
    this.untold.learn(call, presented, reachedBy, halfLife);
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

  /** Whether belief in how long the stages last, or in which of them are told, has moved since the tables were made. */
  get isSurprised(): boolean {
    return this.untold.isRule !== this.untoldThen || Math.abs(this.moved - this.movedThen) > 0.2;
  }

  /** Whether what happens lately is believed more than what happened for long: then news are worth more. */
  get isUnsettled(): boolean {
    return this.moved > 0.5;
  }

  /** How far belief in how long the stages last has moved from the long memories, at most. */
  private get moved(): number {
    return this.stages.reduce((most, times) => Math.max(most, times.moved), 0);
  }

  private tabulate(densityOf: (times: StageTimes) => Float64Array): FlightTables {
    const isUntold = this.untold.isRule;
    const first = isUntold ? this.untold : { mine: this.mine.setup, others: this.others.setup };
    const setup = densityOf(first.mine);
    const ringing = densityOf(this.mine.ringing);
    const listening = densityOf(this.mine.listening);
    const { ringPicked, ringEnded } = this.others;
    const picked = densityOf(ringPicked);
    const pickedShare = (ringPicked.seen + 1.5) / (ringPicked.seen + ringEnded.seen + 4);
    const ended = densityOf(ringEnded);
    return {
      setup,
      ringing,
      listening,
      afterSetup: isUntold ? listening : sumOf(ringing, listening),
      alive: {
        setup: survival(setup),
        ringing: survival(ringing),
        listening: survival(listening),
        otherSetup: survival(densityOf(first.others)),
        otherRinging: survival(picked.map((p, s) => p * pickedShare + (ended[s] ?? 0) * (1 - pickedShare))),
        otherListening: survival(densityOf(this.others.listening)),
      },
      pickedOther: picked.map((p) => p * pickedShare),
      rings: clamp(this.otherRings / this.otherAll, 0.02, 1),
    };
  }

  private timed({ setup, afterSetup }: FlightTables): Timing {
    const total = sumOf(setup, afterSetup);
    const arrival = byColumn(total);
    return { total, arrival, range: rangeOf(arrival) };
  }

  private picture(tables: FlightTables, busyFor: Float64Array): FlightPicture {
    return new FlightPicture(tables, busyFor, this.graceS, this.stageS);
  }

  /**
   * Takes what was learnt into use.
   * @param freeAfter an agent's chance of being free so many seconds after connecting
   * @param worth of answers now: where they are machines, which take seconds, those of a list that comes back take longer
   */
  rebuild(freeAfter: Float64Array, worth: number): void {
    const busyIf = (believed: number): Float64Array => freeAfter.map((free) => 1 - believed * free);
    if (this.setup.seen > 0) for (const { setup } of [this.mine, this.others]) setup.restOn(this.setup.density());
    const tables = this.tabulate((times) => times.density());
    this.movedThen = this.moved;
    this.untoldThen = this.untold.isRule;
    this.timing = this.timed(tables);
    this.present = this.picture(tables, busyIf(1));
    // What answers a dead list, machines for the most part, does so at other times than its people.
    const asOfOld = this.moved > LEAST_MOVED ? this.tabulate((times) => times.longDensity()) : tables;
    this.returned = asOfOld === tables && worth >= 1 ? this.present : this.picture(asOfOld, busyIf(worth));
  }

  /** Chance, for a call placed now that gets presented, that this happens in each column. */
  get arrival(): Float64Array {
    return this.timing.arrival;
  }

  /** Chance, by second, of how long a presented call takes from placing to presenting. */
  get untilPresented(): Float64Array {
    return this.timing.total;
  }

  /** The columns in which that chance is worth reckoning with. */
  get range(): ColumnRange {
    return this.timing.range;
  }

  toJSON(): unknown {
    return { mine: this.mine, others: this.others, untold: this.untold, setup: this.setup };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null || !('mine' in stored) || !('others' in stored)) return;
    const { mine, others } = stored;
    const pick = (from: unknown, key: string): unknown =>
      typeof from === 'object' && from !== null ? Object.entries(from).find(([name]) => name === key)?.[1] : undefined;
    for (const [key, times] of Object.entries(this.mine)) times.load(pick(mine, key));
    for (const [key, times] of Object.entries(this.others)) times.load(pick(others, key));
    if ('untold' in stored) this.untold.load(stored.untold);
    if ('setup' in stored) this.setup.load(stored.setup);
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

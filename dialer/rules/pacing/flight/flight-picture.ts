import type { CallRow } from '../floor/floor-rows.ts';
import { clamp } from '../numbers.ts';
import { FlightRows, type Flying, type StageDensities } from './flight-rows.ts';

/** Survival by second of each stage, of calls that will be presented and of all others, and when either kind is picked up. */
export type FlightTables = StageDensities & {
  alive: Record<Flying | 'otherSetup' | 'otherRinging' | 'otherListening', Float64Array>;
  pickedOther: Float64Array;
  /** Share of the other calls that ring at all. */
  rings: number;
};

/**
 * What calls in flight say by their stage and age: whether they will be presented, and when they keep an agent busy. Two kinds of
 * call are told apart; the ratio of how likely either kind is to look like this one turns its prior odds into present ones (Bayes' rule).
 */
export class FlightPicture {
  /** By age, not a number until it is first asked for. */
  private readonly odds: Record<Flying, Float64Array>;
  private readonly tables: FlightTables;
  private readonly rows: FlightRows;
  private readonly stageS: number;

  /**
   * @param busyFor chance, by second, that an agent is still busy so long after connecting
   * @param stageS seconds beyond which stages are not told apart
   */
  constructor(tables: FlightTables, busyFor: Float64Array, graceS: number, stageS: number) {
    this.tables = tables;
    this.rows = new FlightRows(tables, busyFor, graceS);
    this.stageS = stageS;
    const unknown = (): Float64Array => new Float64Array(stageS).fill(Number.NaN);
    this.odds = { setup: unknown(), ringing: unknown(), listening: unknown() };
  }

  /** How much likelier a call is to look as this one does by now if it will be presented than if not. */
  likelihood(call: CallRow, now: number): number {
    const stage = flyingStage(call);
    const age = this.ageOf(call, now);
    const odds = stage === 'ringing' ? this.odds.ringing : stage === 'setup' ? this.odds.setup : this.odds.listening;
    let byAge = odds[age] ?? Number.NaN;
    if (Number.isNaN(byAge)) byAge = odds[age] = this.ageLikelihood(stage, age);
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
    const around = (d: Float64Array) =>
      (second > 0 ? (d[second - 1] ?? 0) : 0) + (d[second] ?? 0) + (d[second + 1] ?? 0) + 1e-4;
    return clamp(around(this.tables.ringing) / around(this.tables.pickedOther), 0.01, 100);
  }

  /** The table of the calls' forecast rows. */
  get table(): Float64Array {
    return this.rows.table;
  }

  /** Where the forecast row of a call in flight begins. */
  row(call: CallRow, now: number): number {
    return this.rows.row(flyingStage(call), this.ageOf(call, now));
  }

  /** The forecast row of a call placed now. */
  newRow(): number {
    return this.rows.row('setup', 0);
  }

  /** Whole seconds in this stage. */
  private ageOf(call: CallRow, now: number): number {
    return clamp(Math.floor((now - call.since) / 1000), 0, this.stageS - 1);
  }
}

/** Present chance that a call gets presented, from the odds it was placed with and what it looks like. */
export function presentChance(priorOdds: number, likelihood: number): number {
  const odds = priorOdds * likelihood;
  return odds / (1 + odds);
}

const flyingStage = ({ stage }: CallRow): Flying => (stage === 'waiting' ? 'listening' : stage);

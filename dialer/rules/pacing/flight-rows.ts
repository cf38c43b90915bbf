import type { CallStage } from './floor-rows.ts';
import { COLUMNS, columnTime } from './horizon.ts';
import { sumOf } from './stage-times.ts';

/** The stages in which a call is under way. */
export type Flying = Exclude<CallStage, 'waiting'>;

/** A forecast row: chance that the call, if it is one that will be presented, keeps an agent busy at each column. */
export type FlightRow = Float64Array;

/** Chances by second of how long presented calls spend in each stage, and in ringing and listening together. */
export type StageDensities = Record<Flying | 'afterSetup', Float64Array>;

/** The rows of calls by stage and age, each made when it is first asked for. */
export class FlightRows {
  private readonly rows: Record<Flying, (FlightRow | undefined)[]> = { setup: [], ringing: [], listening: [] };
  private readonly stages: StageDensities;
  private readonly busyFor: Float64Array;
  private readonly graceS: number;

  /** @param busyFor chance, by second, that an agent is still busy so long after connecting */
  constructor(stages: StageDensities, busyFor: Float64Array, graceS: number) {
    this.stages = stages;
    this.busyFor = busyFor;
    this.graceS = graceS;
  }

  /** @param age whole seconds in this stage */
  row(stage: Flying, age: number): FlightRow {
    const known = this.rows[stage][age];
    if (known) return known;
    const made = this.make(stage, age);
    this.rows[stage][age] = made;
    return made;
  }

  private make(stage: Flying, age: number): FlightRow {
    const { stages } = this;
    const stageOnly = stages[stage];
    const rest = stage === 'setup' ? stages.afterSetup : stage === 'ringing' ? stages.listening : undefined;
    const remaining = new Float64Array(stageOnly.length);
    let alive = 0;
    for (let second = age; second < stageOnly.length; second++) {
      alive += stageOnly[second] ?? 0;
      remaining[second - age] = stageOnly[second] ?? 0;
    }
    if (alive < 1e-9) remaining[0] = alive = 1;
    const when = rest === undefined ? remaining : sumOf(remaining, rest);
    const row = new Float64Array(COLUMNS);
    for (let column = 0; column < COLUMNS; column++) {
      const time = columnTime(column);
      let busy = 0;
      for (let second = 0; second <= time; second++) {
        busy += (when[second] ?? 0) * (this.busyFor[time + this.graceS - second] ?? 1);
      }
      row[column] = Math.min(1, busy / alive);
    }
    return row;
  }
}

import type { CallStage } from '../floor/floor-rows.ts';
import { COLUMNS, columnTime } from '../horizon.ts';
import { sumOf } from './stage-times.ts';

/** The stages in which a call is under way. */
export type Flying = Exclude<CallStage, 'waiting'>;

/** Chances by second of how long presented calls spend in each stage, and in ringing and listening together. */
export type StageDensities = Record<Flying | 'afterSetup', Float64Array>;

/**
 * The forecast rows of calls by stage and age: chance that the call, if it is one that will be presented, keeps an agent busy at each
 * column. All in one table, each made when it is first asked for.
 */
export class FlightRows {
  readonly table: Float64Array;
  private readonly isMade: Uint8Array;
  /** Room for the time that is left, in this stage and in all, by second. */
  private readonly remaining: Float64Array;
  private readonly sum: Float64Array;
  private readonly stages: StageDensities;
  private readonly busyFor: Float64Array;
  private readonly graceS: number;

  /** @param busyFor chance, by second, that an agent is still busy so long after connecting */
  constructor(stages: StageDensities, busyFor: Float64Array, graceS: number) {
    const rows = 3 * stages.setup.length;
    this.table = new Float64Array(rows * COLUMNS);
    this.isMade = new Uint8Array(rows);
    this.remaining = new Float64Array(stages.setup.length);
    this.sum = new Float64Array(stages.setup.length);
    this.stages = stages;
    this.busyFor = busyFor;
    this.graceS = graceS;
  }

  /** Where the row begins in the table. @param age whole seconds in this stage */
  row(stage: Flying, age: number): number {
    const row = (stage === 'setup' ? 0 : stage === 'ringing' ? 1 : 2) * this.remaining.length + age;
    if (this.isMade[row] !== 1) {
      this.isMade[row] = 1;
      this.make(stage, age, row * COLUMNS);
    }
    return row * COLUMNS;
  }

  private make(stage: Flying, age: number, offset: number): void {
    const { stages } = this;
    const stageOnly = stages[stage];
    const rest = stage === 'setup' ? stages.afterSetup : stage === 'ringing' ? stages.listening : undefined;
    const { remaining } = this;
    remaining.fill(0);
    let alive = 0;
    for (let second = age; second < stageOnly.length; second++) {
      alive += stageOnly[second] ?? 0;
      remaining[second - age] = stageOnly[second] ?? 0;
    }
    if (alive < 1e-9) remaining[0] = alive = 1;
    const when = rest === undefined ? remaining : sumOf(remaining, rest, this.sum);
    for (let column = 0; column < COLUMNS; column++) {
      const time = columnTime(column);
      let busy = 0;
      for (let second = 0; second <= time; second++) {
        busy += (when[second] ?? 0) * (this.busyFor[time + this.graceS - second] ?? 1);
      }
      this.table[offset + column] = Math.min(1, busy / alive);
    }
  }
}

import { FORCED_REASONS, type ForcedReason, type Frame } from './frame.ts';

/** Why a recording was drawn: by the lot of the day or week, by its agent's raised rate, by the weekly promise, or by a rule. */
export type DrawReason = 'lot' | 'tightened' | 'once-a-week' | ForcedReason;

export interface Drawn {
  readonly recordingId: string;
  readonly agentId: string;
  readonly reason: DrawReason;
  /** The chance, before the draw, that this recording would be drawn: what estimates divide by. 1 for forced recordings. */
  readonly inclusionProbability: number;
  readonly late: boolean;
}

/** What a draw took: gone through as often as wanted, and counted. */
export interface DrawnList extends Iterable<Drawn> {
  readonly length: number;
}

const REASONS: readonly DrawReason[] = ['lot', 'tightened', 'once-a-week', ...FORCED_REASONS];
const LOT_REASONS = 3;

/**
 * What was drawn, as one byte beside each row of the frame: of a frame of a million a tenth as objects would take as much room as all the
 * frame. Each is told when it is asked for, in ascending order of id.
 */
export class DrawnRows implements DrawnList {
  readonly #frame: Frame;
  /** The chance of what was not forced, agent by agent. */
  readonly #chances: Float64Array;
  /** 0 = not drawn, otherwise 1 + index into REASONS. */
  readonly #reasonOf: Uint8Array;
  #length = 0;

  constructor(frame: Frame, chances: Float64Array) {
    this.#frame = frame;
    this.#chances = chances;
    this.#reasonOf = new Uint8Array(frame.recordingIds.length);
    for (const [row, forced] of frame.forcedOf.entries()) {
      if (forced === 0) continue;
      this.#reasonOf[row] = LOT_REASONS + forced;
      this.#length += 1;
    }
  }

  get length(): number {
    return this.#length;
  }

  /** Takes a row that was neither forced nor taken before. */
  take(row: number, reason: 'lot' | 'tightened' | 'once-a-week'): void {
    this.#reasonOf[row] = 1 + REASONS.indexOf(reason);
    this.#length += 1;
  }

  *[Symbol.iterator](): Generator<Drawn> {
    const { recordingIds, agentIds, agentOf, lateOf } = this.#frame;
    for (let row = 0; row < this.#reasonOf.length; row++) {
      const code = this.#reasonOf[row] ?? 0;
      const reason = REASONS[code - 1];
      if (reason === undefined) continue;
      const agent = agentOf[row] ?? 0;
      yield {
        recordingId: recordingIds.at(row),
        agentId: agentIds[agent] ?? '',
        reason,
        inclusionProbability: code > LOT_REASONS ? 1 : (this.#chances[agent] ?? 0),
        late: lateOf[row] === 1,
      };
    }
  }
}

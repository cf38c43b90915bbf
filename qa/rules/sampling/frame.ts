import { createHash } from 'node:crypto';
import { IdColumn, MAX_ID_BYTES } from './id-column.ts';
import type { UuidAt } from './uuid.ts';

/**
 * Why a recording is inspected without any lot being cast. Forced recordings are a stratum of their own with an inclusion
 * probability of 1, so that they never distort the estimate for the others.
 */
export const FORCED_REASONS = ['complaint', 'first-week', 'long', 'short'] as const;
export type ForcedReason = (typeof FORCED_REASONS)[number];
export const isForced = (reason: string): boolean => FORCED_REASONS.some((forced) => forced === reason);

/** One recording that can be drawn. `late`: it arrived after the draw of its own day was made. Ids hold no tab or line end. */
export interface FrameEntry {
  readonly recordingId: string;
  readonly agentId: string;
  readonly forced: ForcedReason | null;
  readonly late: boolean;
}

/** An entry on its way into a frame: its recording may be told in the bytes of a UUID. */
export type FrameRow = Omit<FrameEntry, 'recordingId'> & { readonly recordingId: string | UuidAt };

/** All recordings that can be drawn, in columns and in ascending order of id, with the hash that says which they were. */
export interface Frame {
  readonly recordingIds: IdColumn;
  /** Agents in ascending order of id; `agentOf[i]` is an index into it. */
  readonly agentIds: readonly string[];
  readonly agentOf: Uint32Array;
  /** 0 = not forced, otherwise 1 + index into FORCED_REASONS. */
  readonly forcedOf: Uint8Array;
  readonly lateOf: Uint8Array;
  readonly hash: string;
}

export type FrameFault =
  | { readonly fault: 'recording-twice'; readonly recordingId: string }
  | { readonly fault: 'bad-id'; readonly id: string };

export type FrameResult =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly error: FrameFault };

/** Far more than a line, of which the ids of recording and agent are the longest parts. */
const CHUNK_BYTES = 2 ** 16;
const BAD_ID = /[\t\r\n]/;

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Gathers a frame entry by entry, so that a million rows can be streamed in without an object kept for each. */
export class FrameBuilder {
  #ids = new IdColumn();
  readonly #agents = new Map<string, number>();
  #agentOf = new Uint32Array(1024);
  #forcedOf = new Uint8Array(1024);
  #lateOf = new Uint8Array(1024);
  #ordered = true;

  add(entry: FrameRow): void {
    const i = this.#ids.length;
    let agent = this.#agents.get(entry.agentId);
    if (agent === undefined) {
      agent = this.#agents.size;
      this.#agents.set(entry.agentId, agent);
    }
    if (i === this.#agentOf.length) this.#grow();
    this.#ids.push(entry.recordingId);
    if (this.#ordered && i > 0 && this.#ids.compare(i - 1, i) >= 0) this.#ordered = false;
    this.#agentOf[i] = agent;
    this.#forcedOf[i] = entry.forced === null ? 0 : 1 + FORCED_REASONS.indexOf(entry.forced);
    this.#lateOf[i] = entry.late ? 1 : 0;
  }

  /** Puts the frame into its canonical order and hashes it. Rows may have come in any order; ids must differ. */
  finish(): FrameResult {
    const ids = this.#ids;
    const size = ids.length;
    const agentIds = [...this.#agents.keys()].sort(compareText);
    const badAgent = agentIds.find((id) => id === '' || BAD_ID.test(id));
    if (badAgent !== undefined) return { ok: false, error: { fault: 'bad-id', id: badAgent } };
    const rankOfAgent = new Uint32Array(agentIds.length);
    for (const [rank, id] of agentIds.entries()) rankOfAgent[this.#agents.get(id) ?? 0] = rank;

    const order = this.#ordered ? null : ids.order();
    const recordingIds = order === null ? ids : ids.inOrder(order);
    const agentOf = new Uint32Array(size);
    const forcedOf = new Uint8Array(size);
    const lateOf = new Uint8Array(size);
    for (let i = 0; i < size; i++) {
      const from = order === null ? i : (order[i] ?? 0);
      if (!recordingIds.isUuid(i)) {
        const id = recordingIds.at(i);
        if (id === '' || BAD_ID.test(id)) return { ok: false, error: { fault: 'bad-id', id } };
      }
      if (i > 0 && recordingIds.compare(i - 1, i) === 0)
        return { ok: false, error: { fault: 'recording-twice', recordingId: recordingIds.at(i) } };
      agentOf[i] = rankOfAgent[this.#agentOf[from] ?? 0] ?? 0;
      forcedOf[i] = this.#forcedOf[from] ?? 0;
      lateOf[i] = this.#lateOf[from] ?? 0;
    }
    // What the rows came in is not kept beside the frame: a million of them are thirty megabytes.
    this.#ids = new IdColumn();
    this.#agentOf = new Uint32Array(1);
    const columns = { recordingIds, agentIds, agentOf, forcedOf, lateOf };
    return { ok: true, frame: { ...columns, hash: hashOf(columns) } };
  }

  #grow(): void {
    const size = this.#agentOf.length * 2;
    const agentOf = new Uint32Array(size);
    const forcedOf = new Uint8Array(size);
    const lateOf = new Uint8Array(size);
    agentOf.set(this.#agentOf);
    forcedOf.set(this.#forcedOf);
    lateOf.set(this.#lateOf);
    this.#agentOf = agentOf;
    this.#forcedOf = forcedOf;
    this.#lateOf = lateOf;
  }
}

/** Builds a frame from rows in any order. */
export function buildFrame(entries: Iterable<FrameRow>): FrameResult {
  const builder = new FrameBuilder();
  for (const entry of entries) builder.add(entry);
  return builder.finish();
}

/** The rows of a frame in canonical order. */
export function* frameEntries(frame: Frame): Generator<FrameEntry> {
  for (let i = 0; i < frame.recordingIds.length; i++) yield entryAt(frame, i);
}

/** The row at index `i` of a frame. */
export function entryAt(frame: Omit<Frame, 'hash'>, i: number): FrameEntry {
  return {
    recordingId: frame.recordingIds.at(i),
    agentId: frame.agentIds[frame.agentOf[i] ?? 0] ?? '',
    forced: FORCED_REASONS[(frame.forcedOf[i] ?? 0) - 1] ?? null,
    late: frame.lateOf[i] === 1,
  };
}

/** SHA-256 over "fairline-frame/1" and one line per recording: id, agent, forced reason or nothing, 1 if late; parted by tabs. */
function hashOf({ recordingIds, agentIds, agentOf, forcedOf, lateOf }: Omit<Frame, 'hash'>): string {
  const sum = createHash('sha256').update('fairline-frame/1\n');
  // What follows the id is the same for all of an agent's ordinary recordings.
  const rests = new Map<number, Uint8Array>();
  const reasons = FORCED_REASONS.length + 1;
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let used = 0;
  for (let i = 0; i < recordingIds.length; i++) {
    const agent = agentOf[i] ?? 0;
    const forced = forcedOf[i] ?? 0;
    const late = lateOf[i] ?? 0;
    const kind = (agent * reasons + forced) * 2 + late;
    let rest = rests.get(kind);
    if (rest === undefined) {
      rest = Buffer.from(`\t${agentIds[agent] ?? ''}\t${FORCED_REASONS[forced - 1] ?? ''}\t${late}\n`);
      rests.set(kind, rest);
    }
    if (used + MAX_ID_BYTES + rest.length > CHUNK_BYTES) {
      sum.update(chunk.subarray(0, used));
      used = 0;
    }
    used = recordingIds.copy(i, chunk, used);
    chunk.set(rest, used);
    used += rest.length;
  }
  return sum.update(chunk.subarray(0, used)).digest('hex');
}

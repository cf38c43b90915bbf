import { type DrawnList, DrawnRows } from './drawn.ts';
import type { Frame } from './frame.ts';
import { MAX_ID_BYTES } from './id-column.ts';
import { keyedHash } from './keyed-hash.ts';
import { roundUp } from './rates.ts';
import { checkDrawRequest, type DrawFault, type DrawRequest } from './request.ts';
import { arrangeRing, expectedSizes } from './ring.ts';

/** A recording's place on the ring hangs on the keyed hash of this and its id. */
const RECORDING = Buffer.from('recording:');

/** What the draw did with one agent's recordings that were not forced. */
export interface DrawnStratum {
  readonly agentId: string;
  readonly size: number;
  readonly drawn: number;
  /** The number that was certain before the draw, by raised rate or weekly promise. */
  readonly promised: number;
  readonly inclusionProbability: number;
}

export interface Draw {
  readonly request: DrawRequest;
  readonly keyCommitment: string;
  readonly frameHash: string;
  readonly frameSize: number;
  readonly forcedSize: number;
  /** rate × recordings not forced, rounded up: how many the lot alone drew. */
  readonly lotSize: number;
  readonly drawn: DrawnList;
  readonly strata: readonly DrawnStratum[];
}

export type DrawResult =
  | { readonly ok: true; readonly draw: Draw }
  | { readonly ok: false; readonly faults: readonly DrawFault[] };

/**
 * Draws from a frame. Pure: frame, request and key give the same draw for ever.
 *
 * Forced recordings are all taken (chance 1). Of the N others, ceil(rate × N) are taken from the ring (see ring.ts). Where an
 * agent was promised more (tightened: max(minimum, ceil(agent rate × N_h)); weekly promise: 1), the agent's next recordings on
 * the ring are added until the promise is kept. The chance of each recording is exact: T / N where nothing was promised, else
 * the mean over all starts of max(promise, the arc's share) divided by N_h; so estimates weighted by it are unbiased.
 * Raising the rate, an agent's rate or a minimum only adds recordings, for the same frame and key.
 */
export function drawSamples(frame: Frame, request: DrawRequest, key: string, commitment: string): DrawResult {
  const faults = checkDrawRequest(request, key, commitment);
  if (faults.length > 0) return { ok: false, faults };

  const size = frame.recordingIds.length;
  const members = new Uint32Array(size);
  let free = 0;
  for (let i = 0; i < size; i++) if (frame.forcedOf[i] === 0) members[free++] = i;

  const chance = keyedHash(key);
  const label = new Uint8Array(RECORDING.length + MAX_ID_BYTES);
  label.set(RECORDING);
  const stratumOf = (i: number) => frame.agentOf[i] ?? 0;
  const ring = arrangeRing(
    {
      members: members.subarray(0, free),
      stratumCount: frame.agentIds.length,
      stratumOf,
      hashOf: (i) => chance.uniformOf(label, frame.recordingIds.copy(i, label, RECORDING.length)),
      stratumId: (h) => frame.agentIds[h] ?? '',
    },
    chance,
  );
  const lotSize = roundUp(request.rate, free);
  const { raised, promised } = promises(frame, request, ring.sizes);
  const chances = chancesOf(ring.sizes, promised, lotSize / free, expectedSizes(ring, lotSize, promised, stratumOf));

  const drawn = new DrawnRows(frame, chances);
  const taken = new Uint32Array(frame.agentIds.length);
  for (let place = 0; place < free; place++) {
    const i = ring.places[place] ?? 0;
    const h = stratumOf(i);
    const before = taken[h] ?? 0;
    if (place >= lotSize && before >= (promised[h] ?? 0)) continue;
    drawn.take(i, place < lotSize ? 'lot' : before < (raised[h] ?? 0) ? 'tightened' : 'once-a-week');
    taken[h] = before + 1;
  }
  const strata = frame.agentIds.map((agentId, h) => ({
    agentId,
    size: ring.sizes[h] ?? 0,
    drawn: taken[h] ?? 0,
    promised: promised[h] ?? 0,
    inclusionProbability: chances[h] ?? 0,
  }));
  const facts = { request, keyCommitment: commitment, frameHash: frame.hash, frameSize: size };
  return { ok: true, draw: { ...facts, forcedSize: size - free, lotSize, drawn, strata } };
}

/** For each agent of the frame: how many recordings a raised rate promises, and how many in all with the weekly promise. */
function promises(
  frame: Frame,
  request: DrawRequest,
  sizes: Uint32Array,
): { raised: Uint32Array; promised: Uint32Array } {
  const rates = new Map(request.agentRates.map((rate) => [rate.agentId, rate]));
  const alreadyDrawn = new Set(request.alreadyDrawn);
  const onceAWeek = request.kind === 'daily' && request.rate > 0;
  const raised = new Uint32Array(sizes.length);
  const promised = new Uint32Array(sizes.length);
  for (const [h, agentId] of frame.agentIds.entries()) {
    const size = sizes[h] ?? 0;
    const rate = rates.get(agentId);
    raised[h] = rate === undefined ? 0 : Math.min(size, Math.max(rate.minimum, roundUp(rate.rate, size)));
    const owed = onceAWeek && size > 0 && !alreadyDrawn.has(agentId) ? 1 : 0;
    promised[h] = Math.max(raised[h] ?? 0, owed);
  }
  return { raised, promised };
}

function chancesOf(sizes: Uint32Array, promised: Uint32Array, lotChance: number, expected: Float64Array): Float64Array {
  return Float64Array.from(sizes, (size, h) => {
    if (size === 0) return 0;
    return (promised[h] ?? 0) === 0 ? lotChance : (expected[h] ?? 0) / size;
  });
}

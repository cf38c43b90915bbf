import { drawSamples } from './draw.ts';
import type { Drawn, DrawnList } from './drawn.ts';
import {
  buildFrame,
  type Frame,
  type FrameEntry,
  type FrameFault,
  type FrameResult,
  frameEntries,
  isForced,
} from './frame.ts';
import { commitmentOf, isDrawKey } from './keyed-hash.ts';
import { drawOverlap, OVERLAP_ALGORITHM, type OverlapRequest } from './overlap.ts';
import type { DrawFault, DrawRequest } from './request.ts';

/** A draw as it was kept, with the key that was revealed after it. `entries` are the stored rows of the frame, in any order. */
export interface StoredDraw {
  readonly request: DrawRequest | OverlapRequest;
  readonly key: string;
  /** The hash that the draw itself says its key has. */
  readonly keyCommitment: string;
  /** The hash that was kept before the period was over. */
  readonly promise: string;
  readonly frameHash: string;
  readonly entries: Iterable<FrameEntry>;
  readonly drawn: Iterable<Drawn>;
  readonly figures: DrawFigures;
}

/** What is kept of the draw beside its frame, rules and recordings, for lists: whoever reads a list believes these. */
export interface DrawFigures {
  readonly algorithm: string;
  readonly rate: number;
  readonly frameSize: number;
  readonly size: number;
  readonly forced: number;
  readonly late: number;
}

export type DrawDifference =
  | FrameFault
  | DrawFault
  | {
      readonly fault: 'figure-differs';
      readonly figure: keyof DrawFigures;
      readonly stored: string;
      readonly computed: string;
    }
  | { readonly fault: 'frame-changed'; readonly stored: string; readonly computed: string }
  /** Drawn with another key than the one promised beforehand: the secret was changed or lost meanwhile, or somebody chose. */
  | { readonly fault: 'promise-not-kept'; readonly stored: string; readonly computed: string }
  | { readonly fault: 'not-stored'; readonly recordingId: string }
  | { readonly fault: 'not-drawn'; readonly recordingId: string }
  | { readonly fault: 'stored-twice'; readonly recordingId: string }
  | {
      readonly fault: 'differs';
      readonly recordingId: string;
      readonly field: 'agentId' | 'reason' | 'inclusionProbability' | 'late';
      readonly stored: string;
      readonly computed: string;
    };

export interface DrawVerdict {
  readonly same: boolean;
  readonly frameSize: number;
  readonly drawnSize: number;
  readonly differences: readonly DrawDifference[];
}

/**
 * Probabilities are stored as decimal text by some databases; a difference in the last binary digits is no fraud.
 * Largest N is far below 10^9, so two different chances k / (N · N_h) differ by more than this, relatively.
 */
const CHANCE_TOLERANCE = 1e-12;
const FIGURES = ['algorithm', 'rate', 'frameSize', 'size', 'forced', 'late'] as const satisfies (keyof DrawFigures)[];
const COMPARED = ['agentId', 'reason', 'inclusionProbability', 'late'] as const;

/** Draws again from what was stored and compares, recording by recording. The order of stored rows does not matter. */
export function verifyDraw(stored: StoredDraw): DrawVerdict {
  return verifyFrame(buildFrame(stored.entries), stored);
}

/** The same where the frame was read by the caller, who had other things to do between its pieces. */
export function verifyFrame(built: FrameResult, stored: Omit<StoredDraw, 'entries'>): DrawVerdict {
  if (!built.ok) return { same: false, frameSize: 0, drawnSize: 0, differences: [built.error] };
  const { frame } = built;
  const frameSize = frame.recordingIds.length;
  const differences: DrawDifference[] = [];
  if (frame.hash !== stored.frameHash) {
    differences.push({ fault: 'frame-changed', stored: stored.frameHash, computed: frame.hash });
  }
  if (stored.promise !== stored.keyCommitment) {
    differences.push({ fault: 'promise-not-kept', stored: stored.promise, computed: stored.keyCommitment });
  }
  const again = drawAgain(frame, stored);
  if (!again.ok) return { same: false, frameSize, drawnSize: 0, differences: [...differences, ...again.faults] };

  const rows = new Map<string, Drawn>();
  for (const row of stored.drawn) {
    if (rows.has(row.recordingId)) differences.push({ fault: 'stored-twice', recordingId: row.recordingId });
    rows.set(row.recordingId, row);
  }
  for (const computed of again.drawn) {
    const { recordingId } = computed;
    const row = rows.get(recordingId);
    rows.delete(recordingId);
    if (row === undefined) {
      differences.push({ fault: 'not-stored', recordingId });
      continue;
    }
    for (const field of COMPARED) {
      if (sameField(row, computed, field)) continue;
      differences.push({
        fault: 'differs',
        recordingId,
        field,
        stored: String(row[field]),
        computed: String(computed[field]),
      });
    }
  }
  for (const recordingId of rows.keys()) differences.push({ fault: 'not-drawn', recordingId });
  differences.push(...figuresThatDiffer(stored.figures, figuresOf(frame, stored.request, again.drawn)));
  return { same: differences.length === 0, frameSize, drawnSize: again.drawn.length, differences };
}

function figuresOf(frame: Frame, request: StoredDraw['request'], drawn: DrawnList): DrawFigures {
  let forced = 0;
  for (const { reason } of drawn) if (isForced(reason)) forced += 1;
  const frameSize = frame.recordingIds.length;
  const shareDrawn = frameSize === 0 ? 0 : drawn.length / frameSize;
  return {
    algorithm: request.algorithm,
    rate: 'avoided' in request ? shareDrawn : request.rate,
    frameSize,
    size: drawn.length,
    forced,
    late: frame.lateOf.reduce((sum, late) => sum + late, 0),
  };
}

function* figuresThatDiffer(stored: DrawFigures, computed: DrawFigures): Generator<DrawDifference> {
  for (const figure of FIGURES) {
    if (stored[figure] === computed[figure]) continue;
    yield { fault: 'figure-differs', figure, stored: String(stored[figure]), computed: String(computed[figure]) };
  }
}

type Again =
  | { readonly ok: true; readonly drawn: DrawnList }
  | { readonly ok: false; readonly faults: readonly DrawFault[] };

function drawAgain(frame: Frame, { request, key, keyCommitment }: Omit<StoredDraw, 'entries'>): Again {
  if (!('avoided' in request)) {
    const result = drawSamples(frame, request, key, keyCommitment);
    return result.ok ? { ok: true, drawn: result.draw.drawn } : result;
  }
  const faults: DrawFault[] = [];
  if (request.algorithm !== OVERLAP_ALGORITHM)
    faults.push({ fault: 'unknown-algorithm', algorithm: request.algorithm });
  if (!isDrawKey(key)) faults.push({ fault: 'bad-key' });
  else if (commitmentOf(key) !== keyCommitment) faults.push({ fault: 'key-differs-from-commitment' });
  return faults.length > 0
    ? { ok: false, faults }
    : { ok: true, drawn: drawOverlap(frameEntries(frame), request, key) };
}

function sameField(a: Drawn, b: Drawn, field: (typeof COMPARED)[number]): boolean {
  if (field !== 'inclusionProbability') return a[field] === b[field];
  return Math.abs(a.inclusionProbability - b.inclusionProbability) <= CHANCE_TOLERANCE * b.inclusionProbability;
}

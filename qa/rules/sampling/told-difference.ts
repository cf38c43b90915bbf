import type { DrawDifference } from './verify-draw.ts';

/** One difference in one shape, for a line of a page or of a command; what does not apply is null or empty. */
export interface ToldDifference {
  readonly fault: DrawDifference['fault'];
  readonly recordingId: string | null;
  readonly field: string | null;
  readonly stored: string;
  readonly computed: string;
}

export function toldDifference(difference: DrawDifference): ToldDifference {
  const { fault } = difference;
  const nothing = { fault, recordingId: null, field: null, stored: '', computed: '' };
  switch (difference.fault) {
    case 'differs':
      return difference;
    case 'figure-differs':
      return { ...nothing, field: difference.figure, stored: difference.stored, computed: difference.computed };
    case 'frame-changed':
    case 'promise-not-kept':
      return { ...nothing, stored: difference.stored, computed: difference.computed };
    case 'not-stored':
    case 'not-drawn':
    case 'stored-twice':
    case 'recording-twice':
      return { ...nothing, recordingId: difference.recordingId };
    case 'bad-id':
      return { ...nothing, stored: difference.id };
    case 'unknown-algorithm':
      return { ...nothing, stored: difference.algorithm };
    case 'rate-out-of-range':
      return { ...nothing, stored: String(difference.rate) };
    case 'bad-minimum':
      return { ...nothing, stored: String(difference.minimum) };
    case 'agent-rate-twice':
    case 'bad-key':
    case 'key-differs-from-commitment':
      return nothing;
  }
}

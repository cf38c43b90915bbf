import type { Drawn } from './drawn.ts';
import { keyedHash } from './keyed-hash.ts';

/** Changes whenever the same recordings, key and request would give another overlap. Kept with every overlap. */
export const OVERLAP_ALGORITHM = 'fairline-overlap/1';

/** What an overlap depends on besides its recordings and key. Plain data, stored with it. */
export interface OverlapRequest {
  readonly algorithm: string;
  /** How many recordings are judged twice. */
  readonly size: number;
  /**
   * Recordings that the supervisor's own draw of the week took. They come last: whoever judges one of them has already judged it, and
   * where there is only one supervisor nobody would be left for the other judgement.
   */
  readonly avoided: readonly string[];
}

/**
 * Chooses the week's fixed blind overlap among the recordings that the daily draws of the week took: the `size` first in the
 * order of their keyed hashes, those that are avoided after all others. Two independent draws of 10 % and 5 % share only 0.5 %, too few
 * to measure agreement by. The overlap serves agreement and calibration only; it never enters an estimate of quality. The chance kept
 * with each is that of its group.
 */
export function drawOverlap(
  drawnInWeek: Iterable<{ readonly recordingId: string; readonly agentId: string }>,
  { size, avoided }: OverlapRequest,
  key: string,
): Drawn[] {
  const hash = keyedHash(key);
  const last = new Set(avoided);
  const agents = new Map<string, string>();
  for (const { recordingId, agentId } of drawnInWeek) agents.set(recordingId, agentId);
  const ranked = [...agents.keys()].map((id) => ({ id, after: last.has(id), rank: hash.uniform(`overlap:${id}`) }));
  ranked.sort((a, b) => Number(a.after) - Number(b.after) || a.rank - b.rank || (a.id < b.id ? -1 : 1));
  const wanted = Math.min(ranked.length, Math.max(0, Math.floor(size)));
  const preferred = ranked.filter(({ after }) => !after).length;
  const ofPreferred = Math.min(wanted, preferred);
  return ranked.slice(0, wanted).map(({ id, after }) => ({
    recordingId: id,
    agentId: agents.get(id) ?? '',
    reason: 'lot',
    inclusionProbability: after ? (wanted - ofPreferred) / (ranked.length - preferred) : ofPreferred / preferred,
    late: false,
  }));
}

import { keyedHash } from './keyed-hash.ts';

export interface Overlap {
  /** Recordings that the centre and the supervisor both inspect, neither knowing of the other. */
  readonly recordingIds: readonly string[];
  /** The chance of each, given that the daily draws had taken it: size ÷ recordings drawn in the week. */
  readonly chance: number;
}

/**
 * Chooses the week's fixed blind overlap among the recordings that the daily draws of the week took: the `size` first in the
 * order of their keyed hashes. Two independent draws of 10 % and 5 % share only 0.5 %, too few to measure agreement by. The
 * overlap serves agreement and calibration only; it never enters an estimate of quality.
 */
export function drawOverlap(drawnInWeek: Iterable<string>, size: number, key: string): Overlap {
  const hash = keyedHash(key);
  const ranked = [...new Set(drawnInWeek)].map((id) => ({ id, rank: hash.uniform(`overlap:${id}`) }));
  ranked.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
  const chosen = ranked.slice(0, Math.max(0, Math.floor(size)));
  return { recordingIds: chosen.map(({ id }) => id), chance: ranked.length === 0 ? 0 : chosen.length / ranked.length };
}

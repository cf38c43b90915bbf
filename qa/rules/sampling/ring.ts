import { inOrderOf, sortRoom } from './in-order.ts';
import type { KeyedHash } from './keyed-hash.ts';

/**
 * The ring: how a draw is stratified by agent, exact in size, equal in chance and additive, all at once.
 *
 * 1. Each agent's recordings are put in the order of their keyed hashes, and spread evenly round a ring: the k-th of N_h lies
 *    at (k + v_h) / N_h of the way round, v_h being the agent's own keyed number in [0, 1).
 * 2. The start is one of the N places, each as likely as any other. The draw is the first T places from there.
 *
 * Every place lies in exactly T of the N possible arcs, so each recording's chance is exactly T / N. An arc holds every agent's
 * recordings in proportion, to about one. A larger T prolongs the arc: nothing drawn before is lost. (Systematic sampling with
 * a random start: W. G. Madow and L. H. Madow, Annals of Mathematical Statistics 15, 1944; W. G. Cochran, Sampling Techniques,
 * chapter 8. Sharing T out by largest remainders would be simpler, but it can take a seat away when T grows, and a small
 * stratum's chance would no longer be known.)
 */
export interface Ring {
  /** Members (indices into the frame) from the drawn start onwards, once round. */
  readonly places: Uint32Array;
  /** Number of members in each stratum. */
  readonly sizes: Uint32Array;
}

export interface RingInput {
  readonly members: Uint32Array;
  readonly stratumCount: number;
  stratumOf(member: number): number;
  /** In [0, 1): a keyed number of the member's own. */
  hashOf(member: number): number;
  stratumId(stratum: number): string;
}

/** Arranges the members round the ring and turns it to the drawn start. */
export function arrangeRing(input: RingInput, chance: KeyedHash): Ring {
  const { members, stratumCount } = input;
  const total = members.length;
  const sizes = new Uint32Array(stratumCount);
  for (const member of members) count(sizes, input.stratumOf(member), 1);

  const hashes = new Float64Array(total);
  for (let i = 0; i < total; i++) hashes[i] = input.hashOf(members[i] ?? 0);
  const starts = new Uint32Array(stratumCount + 1);
  for (let h = 0; h < stratumCount; h++) starts[h + 1] = (starts[h] ?? 0) + (sizes[h] ?? 0);
  const next = starts.slice(0, stratumCount);
  // By hash over all, then shared out stratum by stratum: each stratum's own are in the order of their hashes.
  const room = sortRoom(total);
  const byStratum = new Uint32Array(total);
  for (const i of inOrderOf(hashes, room)) {
    const member = members[i] ?? 0;
    const h = input.stratumOf(member);
    byStratum[next[h] ?? 0] = member;
    count(next, h, 1);
  }
  const positions = hashes;
  for (let h = 0; h < stratumCount; h++) {
    const size = sizes[h] ?? 0;
    if (size === 0) continue;
    const phase = chance.uniform(`agent:${input.stratumId(h)}`);
    for (let k = 0; k < size; k++) positions[(starts[h] ?? 0) + k] = (k + phase) / size;
  }
  // positions[j] is the place of byStratum[j]; equal positions keep the order of the strata.
  const round = inOrderOf(positions, room);
  const start = Math.floor(chance.uniform('start') * total);
  // The sort is done with its ends: of a million members they are four megabytes.
  const places = room.ends.subarray(0, total);
  for (let i = 0; i < total; i++) places[i] = byStratum[round[(start + i) % total] ?? 0] ?? 0;
  return { places, sizes };
}

/**
 * The exact mean of max(floor_h, members of stratum h in an arc of `arc` places) over all N equally likely starts, for every
 * stratum. Divided by N_h it is the chance of a recording of that stratum when at least floor_h of it are always taken.
 */
export function expectedSizes(
  ring: Ring,
  arc: number,
  floors: Uint32Array,
  stratumOf: (member: number) => number,
): Float64Array {
  const total = ring.places.length;
  const counts = new Uint32Array(ring.sizes.length);
  const sums = new Float64Array(ring.sizes.length);
  const since = new Uint32Array(ring.sizes.length);
  const settle = (h: number, now: number) => {
    sums[h] = (sums[h] ?? 0) + Math.max(floors[h] ?? 0, counts[h] ?? 0) * (now - (since[h] ?? 0));
    since[h] = now;
  };
  for (let i = 0; i < arc; i++) count(counts, stratumOf(ring.places[i] ?? 0), 1);
  if (arc > 0 && arc < total) {
    for (let start = 1; start < total; start++) {
      const leaves = stratumOf(ring.places[start - 1] ?? 0);
      const enters = stratumOf(ring.places[(start - 1 + arc) % total] ?? 0);
      if (leaves === enters) continue;
      settle(leaves, start);
      settle(enters, start);
      count(counts, leaves, -1);
      count(counts, enters, 1);
    }
  }
  for (let h = 0; h < sums.length; h++) {
    settle(h, total);
    sums[h] = total === 0 ? 0 : (sums[h] ?? 0) / total;
  }
  return sums;
}

function count(counts: Uint32Array, index: number, by: number): void {
  counts[index] = (counts[index] ?? 0) + by;
}

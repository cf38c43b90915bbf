import type { Call } from '../calls/call.ts';
import { refreshFarEnd } from '../calls/far-end.ts';
import type { World } from '../world.ts';

/** Connects two legs; the returned function parts them again, once. */
export function bridge(world: World, one: Call, other: Call): () => void {
  if (one.live) one.live.peer = other;
  if (other.live) other.live.peer = one;
  refreshFarEnd(world, one);
  refreshFarEnd(world, other);
  return () => {
    for (const [leg, peer] of [
      [one, other],
      [other, one],
    ] as const) {
      if (leg.live?.peer !== peer) continue;
      leg.live.peer = null;
      refreshFarEnd(world, leg);
    }
  };
}

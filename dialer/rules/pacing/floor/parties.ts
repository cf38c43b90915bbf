import type { Id, PacingEvent } from '../policy.ts';
import type { Fact } from './floor-rows.ts';

/**
 * Who was on the calls that agents had. Only the agent hears it for sure, often after the end: then the end is told again, also to a policy
 * that has taken over meanwhile and never knew the call. Of each of the last `most` calls it is taken once.
 */
export class Parties {
  private readonly known = new Set<Id>();
  private readonly most: number;
  private readonly tell: (fact: Fact) => void;

  constructor(most: number, tell: (fact: Fact) => void) {
    this.most = most;
    this.tell = tell;
  }

  /** @param neverConnected a call that no agent had as far as was told: it says nothing of those that were presented. */
  heard({ callId, agentId, party }: Extract<PacingEvent, { type: 'ended' }>, neverConnected: boolean): void {
    if (agentId === undefined || (party !== 'human' && party !== 'machine') || this.known.has(callId)) return;
    this.known.add(callId);
    if (this.known.size > this.most) forgetOldest(this.known);
    if (!neverConnected) this.tell({ fact: 'party', callId, party });
  }
}

/** Forgets the one that was remembered first. */
export function forgetOldest(known: { keys(): Iterable<Id>; delete(id: Id): unknown }): void {
  for (const oldest of known.keys()) {
    known.delete(oldest);
    return;
  }
}

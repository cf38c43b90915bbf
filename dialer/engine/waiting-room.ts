/**
 * Customers who answered and wait for an agent: each is a held request of the carrier. Calls are matched first come,
 * first served over all processes; whoever holds the request learns it from the announcement and answers.
 */
import type { Clock, EventBus, Floor } from '../ports.ts';
import type { Background } from './background.ts';
import type { CampaignCache } from './campaign-cache.ts';

/** Announcements can be lost: so often the match is tried without one. */
const POLL_MS = 250;

export type Seat = { room: string; agentId: string };

export type WaitingRoom = {
  /** Ends with an agent's room, or null when the call is over or `until` has come. */
  wait(attemptId: string, campaignId: string, until: number): Promise<Seat | null>;
  /** Matches waiting customers and ready agents now. */
  match(campaignId: string): void;
  close(): void;
};

type Waiter = { campaignId: string; done(seat: Seat | null): void };

export function createWaitingRoom(
  floor: Floor,
  clock: Clock,
  bus: EventBus,
  background: Background,
  joinWithinMs: number,
  cache: Pick<CampaignCache, 'get'>,
): WaitingRoom {
  const waiters = new Map<string, Waiter>();
  const matching = new Map<string, { again: boolean }>();
  let poll: (() => void) | null = null;

  const waitsFor = (campaignId: string): boolean =>
    [...waiters.values()].some((waiter) => waiter.campaignId === campaignId);

  async function matchAll(campaignId: string): Promise<void> {
    const turn = { again: true };
    matching.set(campaignId, turn);
    try {
      const abandonWithinMs = (await cache.get(campaignId))?.settings.pacing.abandonWithinMs;
      while (turn.again && abandonWithinMs !== undefined) {
        turn.again = false;
        for (;;) {
          const found = await floor.match({ campaignId, joinWithinMs, abandonWithinMs, now: clock.now() });
          if (found === null) break;
          const { attemptId, agentId, room, deskVersion } = found;
          waiters.get(attemptId)?.done({ room, agentId });
          bus.publish({ type: 'attempt-changed', attemptId, campaignId, state: 'reserved' });
          bus.publish({ type: 'agent-changed', userId: agentId, campaignId, version: deskVersion });
        }
      }
    } finally {
      matching.delete(campaignId);
    }
  }

  const match = (campaignId: string): void => {
    const turn = matching.get(campaignId);
    if (turn !== undefined) turn.again = true;
    else background.run('match', () => matchAll(campaignId));
  };

  /** Announced by another process: the call has an agent, or is over. */
  async function look(attemptId: string): Promise<void> {
    const found = await floor.callAndDesk(attemptId);
    const waiter = waiters.get(attemptId);
    if (waiter === undefined) return;
    if (found === null || found.call.state === 'ended' || found.call.closing !== null) return waiter.done(null);
    if (found.call.state === 'reserved' && found.desk?.room)
      waiter.done({ room: found.desk.room, agentId: found.desk.userId });
  }

  const unsubscribe = bus.subscribe((event) => {
    if (event.type === 'agent-changed' && event.campaignId !== null && waitsFor(event.campaignId))
      match(event.campaignId);
    if (event.type === 'attempt-changed' && event.state !== 'waiting' && waiters.has(event.attemptId)) {
      background.run('look', () => look(event.attemptId));
    }
  });

  const tick = (): void => {
    poll = null;
    for (const campaignId of new Set([...waiters.values()].map((waiter) => waiter.campaignId))) match(campaignId);
    if (waiters.size > 0) poll = clock.after(POLL_MS, tick);
  };

  return {
    wait: (attemptId, campaignId, until) =>
      new Promise((resolve) => {
        const before = waiters.get(attemptId);
        const cancel = clock.after(Math.max(0, until - clock.now()), () => waiters.get(attemptId)?.done(null));
        const waiter: Waiter = {
          campaignId,
          done(seat) {
            cancel();
            if (waiters.get(attemptId) === waiter) waiters.delete(attemptId);
            // The carrier asked twice: both requests get the same answer.
            before?.done(seat);
            resolve(seat);
          },
        };
        waiters.set(attemptId, waiter);
        poll ??= clock.after(POLL_MS, tick);
        match(campaignId);
      }),
    match,
    close() {
      unsubscribe();
      poll?.();
      for (const waiter of [...waiters.values()]) waiter.done(null);
    },
  };
}

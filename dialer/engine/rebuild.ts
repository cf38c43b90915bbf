/**
 * After a start: the picture from our own rows and the carrier's lists. Nobody is dialled twice, no contact is lost, agents
 * whose legs stand stay where they are, and calls of ours that nobody knows are hung up.
 */
import type { Carrier, CarrierCall, Clock, Floor, Listenings, Logger } from '../ports.ts';
import { createAgentLost } from './agent-lost.ts';
import { endFound } from './carrier-end.ts';
import type { CallTracker } from './call-tracker.ts';
import type { CampaignCache } from './campaign-cache.ts';
import type { Desks } from './desks.ts';

export type Rebuild = { run(): Promise<{ calls: number; desks: number; strangers: number }> };

type RebuildParts = {
  floor: Floor;
  carrier: Carrier;
  clock: Clock;
  logger: Logger;
  tracker: CallTracker;
  cache: CampaignCache;
  desks: Desks;
  listenings: Listenings;
  browserGraceMs: number;
};

/** Changes younger than this belong to processes at work. */
const SETTLED_MS = 5_000;

export function createRebuild(parts: RebuildParts): Rebuild {
  const { floor, carrier, clock, logger, tracker, desks, listenings } = parts;
  const agentLost = createAgentLost(parts.cache);
  return {
    async run() {
      const now = clock.now();
      const [calls, signedIn] = await Promise.all([floor.liveCalls(), floor.signedInDesks()]);
      if (calls.length === 0 && signedIn.length === 0) return { calls: 0, desks: 0, strangers: 0 };
      const asked = await carrier.liveCalls();
      if (asked.kind === 'failed') {
        logger.warn({ cause: asked.cause }, 'the carrier did not say which calls are live; deadlines will find out');
        return { calls: 0, desks: 0, strangers: 0 };
      }
      const live = new Map(asked.value.map((call) => [call.carrierCallId, call]));
      let checked = 0;
      for (const call of calls) {
        if (call.state === 'placing' && now - call.intendedAt > SETTLED_MS) {
          await tracker.signal(call.attemptId, { kind: 'doubtful', cause: 'restart' });
          checked += 1;
        }
        const { carrierCallId, placedAt } = call;
        if (carrierCallId === null || live.has(carrierCallId) || now - (placedAt ?? now) < SETTLED_MS) continue;
        checked += 1;
        const one = await carrier.call(carrierCallId);
        if (one.kind === 'failed') continue;
        const how = one.value === null ? 'failed' : one.value.end;
        if (how !== null) await tracker.signal(call.attemptId, endFound(carrierCallId, how, one.value));
      }
      let lost = 0;
      for (const desk of signedIn) {
        if (desk.legId === null || live.has(desk.legId)) continue;
        lost += 1;
        // Whose browser is gone as well is signed out as of then, not called again.
        const goneAt = desk.seenAt + parts.browserGraceMs;
        if (
          goneAt < now &&
          (await desks.signal(desk.userId, { kind: 'silent' }, goneAt))?.desk.presence === 'signed-out'
        )
          continue;
        const result = await desks.signal(desk.userId, { kind: 'leg-lost', legId: desk.legId, retryAt: now });
        const aside = result?.desk.aside;
        if (aside?.role === 'helper')
          await tracker.signal(aside.attemptId, { kind: 'helper-lost', agentId: desk.userId });
        const attemptId = result?.desk.activity === 'wrap-up' ? null : result?.desk.attemptId;
        if (attemptId) await tracker.signal(attemptId, (call, _, other) => agentLost(call, other, desk.userId, true));
        await desks.dialLeg(desk.userId);
      }
      return { calls: checked, desks: lost, strangers: await hangUpStrangers(calls, signedIn, asked.value) };
    },
  };

  /** Calls from our numbers to numbers we are not calling: their attempt is over, or was never written. */
  async function hangUpStrangers(
    calls: Awaited<ReturnType<Floor['liveCalls']>>,
    signedIn: Awaited<ReturnType<Floor['signedInDesks']>>,
    atCarrier: CarrierCall[],
  ): Promise<number> {
    const ours = new Set(calls.map(({ callerId }) => callerId));
    const wanted = new Set(calls.map(({ number }) => number));
    const known = new Set([
      ...calls.flatMap(({ carrierCallId, transfer }) => [carrierCallId, transfer?.legId]),
      ...signedIn.map(({ legId }) => legId),
      ...(await listenings.legs()),
    ]);
    let strangers = 0;
    for (const { carrierCallId, from, to } of atCarrier) {
      // A shared account has other users: only numbers that these campaigns call from are ours to judge.
      if (known.has(carrierCallId) || !ours.has(from) || wanted.has(to) || !to.startsWith('+')) continue;
      strangers += 1;
      await carrier.hangUp(carrierCallId);
    }
    if (strangers > 0) logger.warn({ strangers }, 'live calls without an attempt were hung up');
    return strangers;
  }
}

/** Looks at everything whose deadline has passed. No timer in memory is the only one who knows. */
import type { CallRow, Carrier, Clock, DeskRow, Floor, Logger } from '../ports.ts';
import { createAgentLost } from './agent-lost.ts';
import { endFound } from './carrier-end.ts';
import type { CallPlacer } from './call-placer.ts';
import type { CallTracker } from './call-tracker.ts';
import type { CampaignCache } from './campaign-cache.ts';
import type { Desks } from './desks.ts';
import type { ListeningRooms } from './listening.ts';
import type { Outcomes } from './outcomes.ts';
import type { RecordingLog } from './recording-log.ts';
import type { Texts } from './texts.ts';
import type { TransferWatch } from './transfer-watch.ts';

export type SweeperParts = {
  floor: Floor;
  carrier: Carrier;
  clock: Clock;
  logger: Logger;
  cache: CampaignCache;
  tracker: CallTracker;
  placer: CallPlacer;
  desks: Desks;
  outcomes: Outcomes;
  recordingLog: RecordingLog;
  texts: Pick<Texts, 'work'>;
  transfers: TransferWatch;
  listening: Pick<ListeningRooms, 'work'>;
  browserGraceMs: number;
  legRetryMs: number;
};

const BATCH = 200;
/** An intent is placed at once; one that was not lost its process. */
const INTENT_GRACE_MS = 30_000;
/** A conversation whose desk was taken over (its agent's line fell) is closed without an outcome after so long. */
const ORPHAN_GRACE_MS = 600_000;

/** A customer who was told to join a room, and is in none after so long, never heard it. */
const COMING_MS = 12_000;
/** A call that the carrier still does not know so long after it was made does not exist. */
const LISTED_AFTER_MS = 60_000;

export type Sweeper = { sweep(): Promise<{ calls: number; agents: number; recordings: number; texts: number }> };

export function createSweeper(parts: SweeperParts): Sweeper {
  const { floor, carrier, clock, logger, tracker, placer, desks, outcomes, recordingLog, texts, transfers } = parts;
  const lost = createAgentLost(parts.cache);

  async function lookAtCall(attemptId: string): Promise<void> {
    const found = await floor.callAndDesk(attemptId);
    if (found === null) return;
    const { call, desk } = found;
    switch (call.state) {
      case 'ended':
        return;
      case 'intended':
        // An offer that its agent still looks at is not forgotten.
        if (desk !== null) await tracker.signal(attemptId, { kind: 'checked' });
        else await tracker.signal(attemptId, { kind: 'close', why: 'canceled', note: 'never-placed' });
        return;
      case 'placing':
        // The process that asked the carrier is gone, or its request hangs: nobody knows.
        await tracker.signal(attemptId, { kind: 'doubtful', cause: 'no-answer-from-carrier' });
        return;
      case 'uncertain':
        await placer.reconcile(call);
        return;
      case 'queued':
      case 'ringing':
      case 'answered':
      case 'waiting':
      case 'reserved':
      case 'connected':
        await askCarrier(call, desk);
    }
  }

  /** The carrier is asked what became of a call that has been silent for too long. */
  async function askCarrier(call: CallRow, desk: DeskRow | null): Promise<void> {
    const { attemptId, carrierCallId } = call;
    if (carrierCallId === null) {
      await tracker.signal(attemptId, { kind: 'doubtful', cause: 'no-carrier-call' });
      return;
    }
    const asked = await carrier.call(carrierCallId);
    if (asked.kind === 'failed') {
      await tracker.signal(attemptId, { kind: 'checked' });
      return;
    }
    const young = clock.now() - (call.placedAt ?? call.intendedAt) < LISTED_AFTER_MS;
    // The carrier's reads lag behind: a call that is not found is over only when it must have been listed by now.
    const unknown = young ? null : ('failed' as const);
    const end = asked.value === null ? unknown : asked.value.end;
    if (end !== null) {
      await tracker.signal(attemptId, endFound(carrierCallId, end, asked.value));
      return;
    }
    if (call.closing !== null && call.closing !== 'transferred') {
      await carrier.hangUp(carrierCallId);
      await tracker.signal(attemptId, { kind: 'checked' });
      return;
    }
    if (await transfers.call(call)) return;
    if (call.state === 'reserved') return lookIntoRoom(call, desk, carrierCallId);
    if (call.state === 'waiting') {
      // Whoever held the request is gone; the customer hears the message and is counted.
      await tracker.signal(attemptId, { kind: 'nobody-free' });
      await carrier.presentAgain(carrierCallId, attemptId);
      return;
    }
    if (call.state === 'answered') await carrier.presentAgain(carrierCallId, attemptId);
    await tracker.signal(attemptId, { kind: 'checked' });
  }

  /** Told to join, and no word of it: the room itself says whether customer and agent are there. */
  async function lookIntoRoom(call: CallRow, desk: DeskRow | null, carrierCallId: string): Promise<void> {
    const { attemptId, agentId } = call;
    if (agentId === null) return;
    const asked = desk?.room ? await carrier.room(desk.room) : { kind: 'ok' as const, value: null };
    if (asked.kind === 'failed') {
      await tracker.signal(attemptId, { kind: 'checked' });
      return;
    }
    const inside = new Set(asked.value?.participants.map((participant) => participant.carrierCallId));
    const agentIn = desk?.legId != null && inside.has(desk.legId);
    if (inside.has(carrierCallId) && agentIn) {
      await tracker.signal(attemptId, { kind: 'joined', agentId });
      return;
    }
    // The order to go there may have been lost with the process that was to give it.
    if (agentIn && call.transfer !== null) await carrier.presentAgain(carrierCallId, attemptId);
    // The carrier may be slow to do as it was told; only a customer who does not come at all is fetched.
    if (agentIn && clock.now() - (desk?.since ?? 0) < COMING_MS) {
      await tracker.signal(attemptId, { kind: 'checked' });
      return;
    }
    if (desk !== null && !agentIn) {
      await desks.signal(desk.userId, { kind: 'leg-lost', legId: desk.legId, retryAt: clock.now() + parts.legRetryMs });
    }
    await tracker.signal(attemptId, (found, _desk, other) => lost(found, other, agentId, true));
  }

  async function lookAtDesk(userId: string): Promise<void> {
    const now = clock.now();
    const found = await floor.deskAndCall(userId);
    if (found === null) return;
    const { desk, call } = found;
    if (desk.seenAt < now - parts.browserGraceMs && desk.activity !== 'wrap-up') {
      // When nobody could look, as while the server was down, the agent was gone all the same.
      const goneAt = desk.seenAt + parts.browserGraceMs;
      const { desk: after } = (await desks.signal(userId, { kind: 'silent' }, goneAt)) ?? { desk };
      if (after.presence === 'signed-out') return;
    }
    if (desk.deadlineAt === null || desk.deadlineAt > now) return;
    if (desk.aside !== null) return transfers.desk(desk);
    if (desk.activity === 'wrap-up' && desk.attemptId !== null) {
      await outcomes.giveUp(desk.attemptId);
      return;
    }
    if (desk.activity === 'reserved') {
      // A hold whose claim never came, or a preview whose time is over: the contact is dialled.
      if (desk.attemptId === null) await desks.signal(userId, { kind: 'release', attemptId: null });
      else if (call?.state === 'intended') await placer.place(desk.attemptId);
      return;
    }
    if (desk.legState === 'dialling') {
      await desks.signal(userId, { kind: 'leg-lost', legId: desk.legId, retryAt: now });
      if (desk.legId !== null) await carrier.hangUp(desk.legId);
      await desks.dialLeg(userId);
    } else if (desk.legState === 'absent') {
      await desks.dialLeg(userId);
    }
  }

  /** One bad row must not keep the others from being looked at. */
  async function each(ids: string[], what: string, look: (id: string) => Promise<void>): Promise<number> {
    const looks = ids.map((id) =>
      look(id).catch((error: unknown) =>
        logger.error(
          { what, id, error: error instanceof Error ? error.message : String(error) },
          'a look at a deadline failed',
        ),
      ),
    );
    await Promise.all(looks);
    return ids.length;
  }

  return {
    async sweep() {
      const now = clock.now();
      const [calls, agents, orphans] = await Promise.all([
        floor.overdueCalls(now, now - INTENT_GRACE_MS, BATCH),
        floor.overdueDesks(now, now - parts.browserGraceMs, BATCH),
        floor.orphanedConversations(now - ORPHAN_GRACE_MS, BATCH),
      ]);
      await parts.listening.work();
      return {
        calls: (await each(calls, 'call', lookAtCall)) + (await each(orphans, 'orphan', (id) => outcomes.giveUp(id))),
        agents: await each(agents, 'desk', lookAtDesk),
        recordings: await recordingLog.work(),
        texts: await texts.work(),
      };
    },
  };
}

/** Routes what the carrier says to whom it concerns. Unknown calls and events change nothing and are answered politely. */
import type { CarrierWebhooks } from '../dialer.ts';
import type { CallRow, Carrier, CarrierMessage, Clock, DeskRow, Floor, Logger, Plan, WebhookCodec } from '../ports.ts';
import type { CallSignal } from '../rules/call.ts';
import { createAgentLost } from './agent-lost.ts';
import type { Answering } from './answering.ts';
import type { CallTracker } from './call-tracker.ts';
import type { CampaignCache } from './campaign-cache.ts';
import type { Desks } from './desks.ts';
import type { ExpectedAnswers } from './expected-answers.ts';
import type { ListeningRooms } from './listening.ts';
import type { RecordingLog } from './recording-log.ts';
import type { Texts } from './texts.ts';
import type { TransferActs } from './transfer-acts.ts';

export type WebhookParts = {
  codec: WebhookCodec;
  carrier: Carrier;
  floor: Floor;
  clock: Clock;
  logger: Logger;
  cache: CampaignCache;
  tracker: CallTracker;
  answering: Answering;
  expected: Pick<ExpectedAnswers, 'giveWay'>;
  desks: Desks;
  recordingLog: RecordingLog;
  texts: Pick<Texts, 'status' | 'received'>;
  transferActs: TransferActs;
  listening: Pick<ListeningRooms, 'told'>;
  legRetryMs: number;
};

const NOTHING: Plan = { do: 'nothing' };

export function createWebhooks(parts: WebhookParts): CarrierWebhooks & { refused(): number } {
  const { codec, carrier, floor, clock, logger, cache, tracker, answering, desks, recordingLog, texts, transferActs } =
    parts;
  const lost = createAgentLost(cache);
  let refused = 0;

  /** The agent's standing leg is gone; a customer in that room, or on the way to it, needs somebody else. */
  async function legLost(userId: string, legId: string): Promise<void> {
    const result = await desks.signal(userId, { kind: 'leg-lost', legId, retryAt: clock.now() + parts.legRetryMs });
    if (result === null || result.desk.legState !== 'absent') return;
    const { attemptId, aside, activity } = result.desk;
    if (aside?.role === 'helper') await tracker.signal(aside.attemptId, { kind: 'helper-lost', agentId: userId });
    if (attemptId === null || activity === 'wrap-up') return;
    await tracker.signal(attemptId, (call, _desk, other) => lost(call, other, userId, true));
  }

  async function room(message: Extract<CarrierMessage, { kind: 'room' }>): Promise<void> {
    const { userId, legId, label, what, room: name } = message;
    if (label !== 'agent') {
      const fetch = { again: false };
      await tracker.signal(label, (call, desk, other) => customerInRoom(message, call, desk, other, fetch));
      // After the signal: while the carrier is asked, what else it says of this call must not wait.
      if (fetch.again) await carrier.presentAgain(legId, label);
      return;
    }
    const desk = await floor.desk(userId);
    // An earlier room of this agent's is no news.
    if (desk === null || desk.room !== name) return;
    // Moved: we have sent the leg to a colleague's room.
    if (what === 'moved') return;
    if (what !== 'joined') return legLost(userId, legId);
    const joined = await desks.signal(userId, { kind: 'leg-joined', legId, room: name });
    const aside = joined?.desk.aside;
    if (aside?.role === 'helper') await tracker.signal(aside.attemptId, { kind: 'helper-home', agentId: userId });
  }

  /**
   * What it means that a customer came into an agent's room or left it. `desk`: the one that has this call.
   * `fetch.again`: the customer is to be fetched out of the room and asked for once more.
   */
  async function customerInRoom(
    { userId, legId, what, room: name }: Extract<CarrierMessage, { kind: 'room' }>,
    call: CallRow,
    desk: DeskRow | null,
    other: DeskRow | null,
    fetch: { again: boolean },
  ): Promise<CallSignal | null> {
    fetch.again = false;
    if (call.carrierCallId !== legId) return null;
    const seated = desk !== null && desk.userId === userId && desk.room === name;
    switch (what) {
      case 'moved':
        return null;
      case 'ended':
        // The room closed with its agent; the leg is up and asks by itself what comes next.
        return lost(call, other, userId, false);
      case 'left':
        return seated ? { kind: 'left', agentId: userId } : null;
      case 'joined': {
        if (seated && desk.legState === 'joined') return { kind: 'joined', agentId: userId };
        // The agent of this room has gone: the customer would sit there alone.
        if (call.agentId === userId) return lost(call, other, userId, true);
        const waits = call.state === 'waiting' || call.state === 'reserved';
        fetch.again = waits && call.closing === null;
        return null;
      }
    }
  }

  async function handle(message: CarrierMessage): Promise<Plan> {
    switch (message.kind) {
      case 'customer-answered':
        return answering.customerAnswered(message.attemptId, message.carrierCallId, message.detection);
      case 'call-signal':
        if (message.signal.kind === 'progress' && message.signal.step === 'answered')
          await parts.expected.giveWay(message.attemptId);
        await tracker.signal(message.attemptId, message.signal);
        return NOTHING;
      case 'detected': {
        const { detection, carrierCallId, attemptId } = message;
        await tracker.signal(attemptId, async (call) => {
          const campaign = await cache.get(call.campaignId);
          const connectMachines = campaign?.settings.connectMachines ?? false;
          return { kind: 'detected', detection, carrierCallId, connectMachines };
        });
        return NOTHING;
      }
      case 'after-room': {
        const { alive, carrierCallId, attemptId } = message;
        const call = await tracker.signal(attemptId, (found, desk, other) => {
          if (found.carrierCallId !== carrierCallId || found.closing !== null || found.agentId === null) return null;
          // On the way to a colleague: the answer to this very request takes them there.
          if (alive && found.state === 'reserved' && found.connectedAt !== null && desk?.legState === 'joined')
            return null;
          // The leg is up and out of the room, and we did not take it out: the room ended with its agent.
          return alive ? lost(found, other, found.agentId, false) : { kind: 'left', agentId: found.agentId };
        });
        if (!alive || call === null || call.carrierCallId !== carrierCallId || call.state === 'ended') {
          return { do: 'hang-up' };
        }
        return answering.customerAnswered(attemptId, carrierCallId, null);
      }
      case 'recording':
        await recordingLog.announced(message);
        return NOTHING;
      case 'agent-leg-answered': {
        const desk = await floor.desk(message.userId);
        const wanted =
          desk !== null && desk.presence !== 'signed-out' && desk.room !== null && desk.legState === 'dialling';
        if (!wanted || desk.room === null || (desk.legId !== null && desk.legId !== message.legId))
          return { do: 'hang-up' };
        await desks.signal(message.userId, { kind: 'leg-known', legId: message.legId });
        return { do: 'open-room', room: desk.room, userId: message.userId };
      }
      case 'agent-called-in': {
        const { userId, legId } = message;
        const room = userId === null || legId === '' ? null : await desks.adoptLeg(userId, legId);
        return userId === null || room === null ? { do: 'hang-up' } : { do: 'open-room', room, userId };
      }
      case 'helper-leg-answered': {
        const desk = await floor.desk(message.userId);
        if (desk === null || desk.legId !== message.legId || desk.room === null) return { do: 'hang-up' };
        const found = desk.aside?.role === 'helper' ? await floor.callAndDesk(desk.aside.attemptId) : null;
        const wanted = found?.call.transfer?.phase === 'calling' && found.call.closing === null;
        // The question was taken back meanwhile: home again.
        if (!wanted || !found.desk?.room) return { do: 'open-room', room: desk.room, userId: message.userId };
        return { do: 'join-colleague', room: found.desk.room, userId: message.userId };
      }
      case 'visitor':
        await transferActs.visitor(message);
        return NOTHING;
      case 'listener-signal':
        await parts.listening.told(message);
        return NOTHING;
      case 'guest-signal':
        await transferActs.guest(message);
        return NOTHING;
      case 'agent-leg-over':
        await legLost(message.userId, message.legId);
        return NOTHING;
      case 'room':
        await room(message);
        return NOTHING;
      case 'text-status':
        await texts.status(message);
        return NOTHING;
      case 'text-received':
        await texts.received(message);
        return NOTHING;
      case 'nothing':
        return NOTHING;
    }
  }

  return {
    refused: () => refused,
    async handle(request) {
      const read = codec.read(request);
      if (!read.ok) {
        if (read.reason === 'unknown-path') return { status: 404, contentType: 'text/plain', body: '' };
        refused += 1;
        logger.warn({ refused }, 'a webhook without a good signature was refused');
        return { status: 403, contentType: 'text/plain', body: '' };
      }
      return codec.answer(await handle(read.message));
    },
  };
}

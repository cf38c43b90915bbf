/** Routes what the carrier says to whom it concerns. Unknown calls and events change nothing and are answered politely. */
import type { CarrierWebhooks } from '../dialer.ts';
import type { CallRow, Carrier, CarrierMessage, Clock, Floor, Logger, Plan, WebhookCodec } from '../ports.ts';
import type { Answering } from './answering.ts';
import type { CallTracker } from './call-tracker.ts';
import type { CampaignCache } from './campaign-cache.ts';
import type { Desks } from './desks.ts';
import type { RecordingLog } from './recording-log.ts';

export type WebhookParts = {
  codec: WebhookCodec;
  carrier: Carrier;
  floor: Floor;
  clock: Clock;
  logger: Logger;
  cache: CampaignCache;
  tracker: CallTracker;
  answering: Answering;
  desks: Desks;
  recordingLog: RecordingLog;
  legRetryMs: number;
};

const NOTHING: Plan = { do: 'nothing' };

export function createWebhooks(parts: WebhookParts): CarrierWebhooks & { refused(): number } {
  const { codec, carrier, floor, clock, logger, cache, tracker, answering, desks, recordingLog } = parts;
  let refused = 0;

  /** The customer needs another agent, or the message if nobody comes free in time. */
  async function withoutAgent(call: CallRow, agentId: string, redirect: boolean): Promise<void> {
    const campaign = await cache.get(call.campaignId);
    const presentWithinMs = campaign?.settings.pacing.abandonWithinMs ?? 2000;
    await tracker.signal(call.attemptId, { kind: 'agent-lost', agentId, presentWithinMs, redirect });
  }

  /** The agent's standing leg is gone; a customer in that room, or on the way to it, needs somebody else. */
  async function legLost(userId: string, legId: string): Promise<void> {
    const result = await desks.signal(userId, { kind: 'leg-lost', legId, retryAt: clock.now() + parts.legRetryMs });
    if (result === null || result.desk.attemptId === null || result.desk.legState !== 'absent') return;
    const call = result.desk.activity === 'wrap-up' ? null : await floor.call(result.desk.attemptId);
    if (call !== null) await withoutAgent(call, userId, true);
  }

  async function room(message: Extract<CarrierMessage, { kind: 'room' }>): Promise<void> {
    const { userId, legId, label, what } = message;
    const desk = await floor.desk(userId);
    const present = desk !== null && desk.room === message.room;
    if (label === 'agent') {
      // An earlier room of this agent's is no news.
      if (!present) return;
      if (what === 'joined') await desks.signal(userId, { kind: 'leg-joined', legId, room: message.room });
      else await legLost(userId, legId);
      return;
    }
    if (what === 'moved') return;
    if (what === 'ended') {
      // The room closed with its agent; the leg is up and asks by itself what comes next.
      const call = await floor.call(label);
      if (call !== null && call.agentId === userId && call.carrierCallId === legId)
        await withoutAgent(call, userId, false);
    } else if (what === 'left') {
      if (present) await tracker.signal(label, { kind: 'left', agentId: userId });
    } else if (present && desk.legState === 'joined') {
      await tracker.signal(label, { kind: 'joined', agentId: userId });
    } else {
      await strayed(label, userId, legId);
    }
  }

  /** A customer has come into a room whose agent has gone: they would sit there alone. */
  async function strayed(attemptId: string, agentId: string, legId: string): Promise<void> {
    const call = await floor.call(attemptId);
    if (call === null || call.carrierCallId !== legId) return;
    if (call.agentId === agentId) await withoutAgent(call, agentId, true);
    else if (call.state === 'waiting' || call.state === 'reserved') await carrier.presentAgain(legId, attemptId);
  }

  async function handle(message: CarrierMessage): Promise<Plan> {
    switch (message.kind) {
      case 'customer-answered':
        return answering.customerAnswered(message.attemptId, message.carrierCallId, message.detection);
      case 'call-signal':
        await tracker.signal(message.attemptId, message.signal);
        return NOTHING;
      case 'detected': {
        const call = await floor.call(message.attemptId);
        const campaign = call === null ? null : await cache.get(call.campaignId);
        const connectMachines = campaign?.settings.connectMachines ?? false;
        const { detection, carrierCallId, attemptId } = message;
        await tracker.signal(attemptId, { kind: 'detected', detection, carrierCallId, connectMachines });
        return NOTHING;
      }
      case 'after-room': {
        const call = await floor.call(message.attemptId);
        if (call === null || call.carrierCallId !== message.carrierCallId || call.state === 'ended')
          return { do: 'hang-up' };
        if (!message.alive) {
          if (call.agentId !== null) await tracker.signal(call.attemptId, { kind: 'left', agentId: call.agentId });
          return { do: 'hang-up' };
        }
        // The leg is up and out of the room, and we did not take it out: the room ended with its agent.
        if (call.closing === null && call.agentId !== null) await withoutAgent(call, call.agentId, false);
        return answering.customerAnswered(call.attemptId, message.carrierCallId, null);
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
      case 'agent-leg-over':
        await legLost(message.userId, message.legId);
        return NOTHING;
      case 'room':
        await room(message);
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

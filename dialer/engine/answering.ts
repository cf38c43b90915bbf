/**
 * The answer path: the customer picked up and the carrier asks what to do. One statement claims an agent and the same
 * answer sends the customer to that agent's standing conference. Nobody free: the request is held until the grace is over.
 */
import type { Clock, EventBus, Floor, Plan, Presented } from '../ports.ts';
import type { Detection } from '../rules/call.ts';
import type { CallTracker } from './call-tracker.ts';
import type { CampaignCache } from './campaign-cache.ts';
import type { ExpectedAnswers } from './expected-answers.ts';
import type { WaitingRoom } from './waiting-room.ts';

export type Answering = {
  customerAnswered(attemptId: string, carrierCallId: string, detection: Detection | null): Promise<Plan>;
};

type AnsweringParts = {
  floor: Floor;
  clock: Clock;
  bus: EventBus;
  cache: CampaignCache;
  tracker: CallTracker;
  waitingRoom: WaitingRoom;
  /** Which campaign a call belongs to is known from here, which saves the answer path a read. */
  expected: ExpectedAnswers;
  joinWithinMs: number;
};

export function createAnswering(parts: AnsweringParts): Answering {
  const { floor, clock, bus, cache, tracker, waitingRoom, expected, joinWithinMs } = parts;

  /** The message that names the caller, when nobody is free. */
  async function message(campaignId: string): Promise<Plan> {
    const campaign = await cache.get(campaignId);
    if (campaign === null) return { do: 'hang-up' };
    const { safeHarbour, language } = campaign.settings.messages;
    return { do: 'say', text: safeHarbour.replaceAll('{caller}', campaign.clientName), language };
  }

  async function closed(attemptId: string, campaignId: string): Promise<Plan> {
    const call = await floor.call(attemptId);
    return call?.closing === 'abandoned' || call?.closing === 'agent-lost' ? message(campaignId) : { do: 'hang-up' };
  }

  /** The grace is over, unless an agent was found at the last moment. */
  async function giveUp(attemptId: string, campaignId: string): Promise<Plan> {
    const call = await tracker.signal(attemptId, { kind: 'nobody-free' });
    if (call?.state === 'reserved') {
      const desk = call.agentId === null ? null : await floor.desk(call.agentId);
      if (desk?.room) return { do: 'join-room', room: desk.room, attemptId };
    }
    if (call === null || call.state === 'ended') return { do: 'hang-up' };
    return closed(attemptId, campaignId);
  }

  /** Presents the customer, once the campaign and a machine's verdict allow it. */
  async function presentTo(
    attemptId: string,
    carrierCallId: string,
    detection: Detection | null,
    known: { campaignId: string; heardAt: number | null } | null,
  ): Promise<Presented | Plan> {
    const campaignId = known?.campaignId ?? (await floor.call(attemptId))?.campaignId ?? null;
    const campaign = campaignId === null ? null : await cache.get(campaignId);
    if (campaign === null) return { do: 'hang-up' };
    const { connectMachines, pacing } = campaign.settings;
    // Where detection came before the document a machine gets no further.
    if (detection !== null && detection !== 'human' && detection !== 'unknown') {
      await tracker.signal(attemptId, { kind: 'detected', detection, carrierCallId, connectMachines });
      if (!connectMachines) return { do: 'hang-up' };
    }
    const now = clock.now();
    const found = await floor.present({
      attemptId,
      carrierCallId,
      detection,
      answeredAt: known?.heardAt ?? now,
      abandonWithinMs: pacing.abandonWithinMs,
      joinWithinMs,
      now,
    });
    if (found !== null && found.call !== 'ended' && found.call !== 'stranger' && found.call !== 'closed')
      tracker.changed(attemptId, found.seen);
    return found ?? { do: 'hang-up' };
  }

  return {
    async customerAnswered(attemptId, carrierCallId, detection) {
      const known = expected.take(attemptId);
      const found = await presentTo(attemptId, carrierCallId, detection, known).finally(() => known?.settle());
      if ('do' in found) return found;
      const { campaignId } = found;
      if (found.call === 'ended' || found.call === 'stranger') return { do: 'hang-up' };
      if (found.call === 'closed') return closed(attemptId, campaignId);
      if (found.changed) bus.publish({ type: 'attempt-changed', attemptId, campaignId, state: found.call });
      if (found.call === 'reserved') {
        if (found.agentId !== null && found.deskVersion !== null) {
          bus.publish({ type: 'agent-changed', userId: found.agentId, campaignId, version: found.deskVersion });
        }
        return found.room === null ? { do: 'hang-up' } : { do: 'join-room', room: found.room, attemptId };
      }
      const seat = await waitingRoom.wait(attemptId, campaignId, found.waitUntil);
      return seat === null ? giveUp(attemptId, campaignId) : { do: 'join-room', room: seat.room, attemptId };
    },
  };
}

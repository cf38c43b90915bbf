/** Changes of agents' desks that do not come from a call, and the standing legs that belong to them. */
import type { Campaigns, Carrier, Clock, DeskRow, EventBus, Floor, Logger } from '../ports.ts';
import { type DeskDecision, type DeskRefusal, type DeskSignal, decideDesk } from '../rules/agent.ts';
import { browserAddress } from '../rules/browser-phone.ts';
import type { Background } from './background.ts';
import { newRoom } from './room-name.ts';

const MAX_RACES = 25;

export type Desks = {
  /** The desk after the signal; null when the agent has none. `happenedAt`: for what is learnt late, as after an outage. */
  signal(
    userId: string,
    signal: DeskSignal,
    happenedAt?: number,
  ): Promise<{ desk: DeskRow; refused: DeskRefusal | null } | null>;
  /** Does what a committed decision asks for: dials or drops the agent's standing leg. */
  act(userId: string, decision: Pick<DeskDecision, 'dialLeg' | 'dropLeg'>): void;
  /** Dials the agent's standing leg into a room of its own. */
  dialLeg(userId: string): Promise<void>;
  /** The agent's browser called by itself: the room for this leg, or null where the agent has a leg or needs none. */
  adoptLeg(userId: string, legId: string): Promise<string | null>;
};

export type DeskParts = {
  floor: Floor;
  campaigns: Campaigns;
  carrier: Carrier;
  bus: EventBus;
  clock: Clock;
  logger: Logger;
  background: Background;
  legRingMs: number;
  legRetryMs: number;
};

export function createDesks(parts: DeskParts): Desks {
  const { floor, campaigns, carrier, bus, clock, logger, background } = parts;

  const desks: Desks = {
    async signal(userId, signal, happenedAt = clock.now()) {
      for (let race = 0; race < MAX_RACES; race += 1) {
        const before = await floor.desk(userId);
        if (before === null) return null;
        // Never before what the ledger already says of this desk.
        const now = Math.max(happenedAt, before.since);
        const decision = decideDesk(before, signal, now);
        const { desk: after, refused } = decision;
        if (refused !== null) return { desk: before, refused };
        if (after === before) {
          desks.act(userId, decision);
          return { desk: before, refused };
        }
        if (!(await floor.commit({ now, desk: { before, after } }))) continue;
        const desk = { ...before, ...after, version: before.version + 1 };
        bus.publish({ type: 'agent-changed', userId, campaignId: desk.campaignId, version: desk.version });
        // Whoever changed campaign is news for the one they left, too.
        if (before.campaignId !== null && before.campaignId !== desk.campaignId) {
          bus.publish({ type: 'agent-changed', userId, campaignId: before.campaignId, version: desk.version });
        }
        desks.act(userId, decision);
        return { desk, refused };
      }
      throw new Error('a desk is being changed by too many at once');
    },

    act(userId, { dialLeg, dropLeg }) {
      if (dropLeg !== null) background.run('drop-leg', () => carrier.hangUp(dropLeg));
      if (dialLeg) background.run('dial-leg', () => desks.dialLeg(userId));
    },

    async dialLeg(userId) {
      const place = await campaigns.agentPlace(userId);
      const room = newRoom();
      const dialling = await desks.signal(userId, {
        kind: 'leg-dialling',
        room,
        giveUpAt: clock.now() + parts.legRingMs,
      });
      // Somebody else dials it already, or the agent has left.
      if (dialling === null || place === null || dialling.desk.room !== room) return;
      const from = dialling.desk.campaignId === null ? null : await campaigns.anyCallerId(dialling.desk.campaignId);
      const address = place.phoneAddress ?? browserAddress(userId);
      const result = await carrier.placeAgentLeg({ userId, address, from: from ?? '' });
      if (result.kind === 'accepted') {
        await desks.signal(userId, { kind: 'leg-known', legId: result.carrierCallId });
        return;
      }
      logger.warn({ userId, result: result.kind }, "an agent's leg could not be dialled");
      // After a lost answer the leg may still come: then its room is this one, and it joins.
      if (result.kind !== 'uncertain') {
        await desks.signal(userId, { kind: 'leg-lost', legId: null, retryAt: clock.now() + parts.legRetryMs });
      }
    },

    async adoptLeg(userId, legId) {
      const room = newRoom();
      const giveUpAt = clock.now() + parts.legRingMs;
      const dialling = await desks.signal(userId, { kind: 'leg-dialling', room, giveUpAt });
      if (dialling === null) return null;
      // Asked twice for one leg: the same answer.
      if (dialling.desk.legId === legId) return dialling.desk.room;
      if (dialling.desk.room !== room) return null;
      await desks.signal(userId, { kind: 'leg-known', legId });
      return room;
    },
  };
  return desks;
}

/** What hold and transfer ask of the carrier after they are committed, and what the carrier says of helpers and guests. */
import type { CallRow, Carrier, CarrierMessage, DeskRow, Floor, Logger } from '../ports.ts';
import type { CallHappening, TransferEnd } from '../rules/call.ts';
import type { Background } from './background.ts';
import type { Found } from './call-change.ts';
import type { CallTracker } from './call-tracker.ts';

export type TransferActs = {
  act(found: Found, happening: CallHappening): void;
  guest(message: Extract<CarrierMessage, { kind: 'guest-signal' }>): Promise<void>;
  visitor(message: Extract<CarrierMessage, { kind: 'visitor' }>): Promise<void>;
  /** Before an agent leaves the room to customer and guest; false: it was not to be done. */
  prepareAway(call: CallRow, desk: DeskRow, guestLeg: string): Promise<boolean>;
};

type Parts = {
  floor: Floor;
  carrier: Carrier;
  logger: Logger;
  background: Background;
  tracker(): CallTracker;
  /** The agent of this room has left it to a guest from outside: whoever listened to the agent has no business there. */
  leaveToGuest(room: string): Promise<void>;
};

const GUEST_RINGS_MS = 30_000;

export function createTransferActs(parts: Parts): TransferActs {
  const { floor, carrier, logger, background, tracker } = parts;
  const holding = new Map<string, { again: boolean }>();

  /** Brings the carrier to what the call says now. */
  async function holdAsSaid(attemptId: string): Promise<void> {
    const found = await floor.callAndDesk(attemptId);
    const { call, desk } = found ?? { call: null, desk: null };
    if (call === null || call.state !== 'connected' || call.closing !== null || call.carrierCallId === null) return;
    const on = call.heldAt !== null;
    if (!desk?.room) return;
    const result = await carrier.hold(desk.room, call.carrierCallId, on);
    if (result.kind !== 'failed') return;
    logger.warn({ attemptId, cause: result.cause }, 'the carrier did not hold, or did not resume, a call');
    // The screen must say what is true: the customer hears what they heard before.
    if (call.transfer === null) {
      await tracker().signal(attemptId, { kind: 'hold', agentId: desk.userId, on: !on });
    }
  }

  /** One request after the other, however fast an agent presses: what was said last is what holds. */
  async function applyHold(attemptId: string): Promise<void> {
    const turn = holding.get(attemptId);
    if (turn !== undefined) {
      turn.again = true;
      return;
    }
    const own = { again: true };
    holding.set(attemptId, own);
    try {
      while (own.again) {
        own.again = false;
        await holdAsSaid(attemptId);
      }
    } finally {
      holding.delete(attemptId);
    }
  }

  async function callGuest({ call, desk }: Found, to: string): Promise<void> {
    const { attemptId } = call;
    const failed = () =>
      tracker().signal(attemptId, { kind: 'transfer-cancel', agentId: null, why: 'failed' as const });
    if (!desk?.room) return void (await failed());
    const from = call.callerId;
    const order = { attemptId, room: desk.room, to, from, ringTimeoutMs: GUEST_RINGS_MS };
    const result = await carrier.inviteGuest(order);
    // Where nobody knows whether it rings, the guest's own callback is answered by hanging up.
    if (result.kind !== 'accepted') return void (await failed());
    const legId = result.carrierCallId;
    const after = await tracker().signal(attemptId, { kind: 'guest-known', legId });
    if (after?.transfer?.legId !== legId) await carrier.hangUp(legId);
  }

  const home = (desk: DeskRow | null): void => {
    const legId = desk?.legId;
    if (!desk || !legId || desk.legState === 'absent') return;
    background.run('leg-home', () => carrier.moveAgentLeg(legId, desk.userId, 'own-room'));
  };

  const acts: TransferActs = {
    act(found, happening) {
      const { call, desk, other } = found;
      switch (happening.kind) {
        case 'hold-changed':
          background.run('hold', () => applyHold(call.attemptId));
          break;
        case 'helper-asked':
          if (other?.legId) {
            const { legId, userId } = other;
            background.run('fetch-helper', () => carrier.moveAgentLeg(legId, userId, 'colleague'));
          }
          break;
        case 'helper-home-wanted':
          home(other);
          break;
        case 'helper-freed':
          if (happening.home) home(other);
          break;
        case 'guest-asked':
          background.run('guest', () => callGuest(found, happening.number));
          break;
        case 'guest-dropped':
          background.run('drop-guest', () => carrier.hangUp(happening.legId));
          break;
        case 'moved-out': {
          const room = desk?.room;
          if (room && call.transfer?.number != null) background.run('listeners', () => parts.leaveToGuest(room));
          home(desk);
          break;
        }
        default:
          break;
      }
    },

    async guest({ attemptId, legId, step }) {
      if (step !== 'answered') {
        await tracker().signal(attemptId, { kind: 'guest-over', legId, why: endOf(step) });
        return;
      }
      const found = await floor.callAndDesk(attemptId);
      const transfer = found?.call.transfer ?? null;
      const wanted = transfer !== null && (transfer.legId === null || transfer.legId === legId);
      if (!found || !wanted) return void (await carrier.hangUp(legId));
      const { call, desk } = found;
      if (!transfer.consult && transfer.phase === 'calling' && desk !== null) {
        if (!(await acts.prepareAway(call, desk, legId))) {
          await tracker().signal(attemptId, { kind: 'transfer-cancel', agentId: null, why: 'failed' });
          return void (await carrier.hangUp(legId));
        }
      }
      const after = await tracker().signal(attemptId, { kind: 'guest-answered', legId });
      if (after?.transfer?.legId !== legId) await carrier.hangUp(legId);
    },

    async visitor({ role, id, what, legId }) {
      if (role !== 'helper' || what !== 'joined') return;
      const desk = await floor.desk(id);
      if (desk === null || desk.legId !== legId) return;
      const call =
        desk.aside?.role === 'helper'
          ? await tracker().signal(desk.aside.attemptId, { kind: 'helper-joined', agentId: id })
          : null;
      // Too late: the colleague has taken the question back meanwhile.
      if (call?.transfer?.agentId !== id || call.transfer.phase === 'returning') home(desk);
    },

    async prepareAway(call, desk, guestLeg) {
      if (!desk.room || desk.legId === null || call.carrierCallId === null) return false;
      const result = await carrier.leaveRoomTo(desk.room, desk.legId, [guestLeg, call.carrierCallId]);
      return result.kind === 'done';
    },
  };
  return acts;
}

function endOf(step: Exclude<Extract<CarrierMessage, { kind: 'guest-signal' }>['step'], 'answered'>): TransferEnd {
  switch (step) {
    case 'busy':
    case 'no-answer':
    case 'failed':
      return step;
    case 'completed':
    case 'canceled':
      return 'target-gone';
  }
}

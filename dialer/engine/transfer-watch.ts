/** Looks at transfers and their desks when a deadline has passed: a callback was lost, or the process that acted is gone. */
import type { CallRow, Carrier, DeskRow, Floor } from '../ports.ts';
import { ASIDE_CHECK_MS } from './call-change.ts';
import type { CallTracker } from './call-tracker.ts';
import type { Desks } from './desks.ts';
import type { TransferActs } from './transfer-acts.ts';

export type TransferWatch = {
  /** True: the transfer was dealt with, and the call needs no other look. */
  call(call: CallRow): Promise<boolean>;
  /** A desk with a part in another's call, whose time to look has come. */
  desk(desk: DeskRow): Promise<void>;
};

type Parts = {
  floor: Floor;
  carrier: Carrier;
  clock: { now(): number };
  tracker: CallTracker;
  desks: Desks;
  acts: TransferActs;
};

export function createTransferWatch({ floor, carrier, clock, tracker, desks, acts }: Parts): TransferWatch {
  const giveUp = (attemptId: string, why: 'target-gone' | 'no-answer' | 'failed') =>
    tracker.signal(attemptId, { kind: 'transfer-cancel', agentId: null, why });

  /** What became of the guest's leg; the answer is the same that its callback would have given. */
  async function askGuest({ attemptId, transfer }: CallRow): Promise<boolean> {
    const legId = transfer?.legId;
    if (!transfer || !legId) {
      await giveUp(attemptId, 'failed');
      return true;
    }
    const asked = await carrier.call(legId);
    if (asked.kind === 'failed') return false;
    if (asked.value === null || asked.value.end !== null) {
      await acts.guest({ kind: 'guest-signal', attemptId, legId, step: asked.value?.end ?? 'failed' });
      return true;
    }
    if (transfer.phase !== 'calling') return false;
    if (asked.value.status === 'in-progress') {
      await acts.guest({ kind: 'guest-signal', attemptId, legId, step: 'answered' });
    } else await giveUp(attemptId, 'no-answer');
    return true;
  }

  return {
    async call(call) {
      const { transfer, attemptId, carrierCallId } = call;
      if (transfer?.phase === 'away' && transfer.legId !== null && carrierCallId !== null) {
        // The room ends with the guest; should that not have reached the customer's leg, it does now.
        const asked = await carrier.call(transfer.legId);
        if (asked.kind === 'ok' && asked.value?.end !== null) await carrier.hangUp(carrierCallId);
        return false;
      }
      if (transfer === null || call.state !== 'connected' || call.closing !== null) return false;
      if (transfer.agentId === null) return askGuest(call);
      if (transfer.phase !== 'calling' && transfer.phase !== 'returning') return false;
      await giveUp(attemptId, 'target-gone');
      return true;
    },

    async desk(desk) {
      const { aside, userId, legId } = desk;
      if (aside === null) return;
      const call = await floor.call(aside.attemptId);
      const transfer = call !== null && call.state !== 'ended' && call.closing === null ? call.transfer : null;
      const has =
        transfer !== null &&
        (aside.role === 'helper'
          ? transfer.agentId === userId
          : transfer.from === userId && transfer.phase === 'handing-over');
      if (has) {
        await desks.signal(userId, { kind: 'aside-checked', deadlineAt: clock.now() + ASIDE_CHECK_MS });
        return;
      }
      await desks.signal(userId, { kind: 'aside-over', attemptId: aside.attemptId });
      if (desk.legState === 'dialling' && legId !== null) await carrier.moveAgentLeg(legId, userId, 'own-room');
    },
  };
}

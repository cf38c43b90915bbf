/** Supervisors on the floor: they come into an agent's room by a leg of their own, and may take the customer over. */
import type { ListeningCommands, ListeningView } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { ListeningRow } from '../ports/listenings.ts';
import type { Campaigns, Carrier, CarrierMessage, Clock, Floor, Listenings, Logger } from '../ports.ts';
import { browserAddress } from '../rules/browser-phone.ts';
import { decideListening, type ListeningSignal, newListening, seatOf } from '../rules/listening.ts';
import type { CallTracker } from './call-tracker.ts';
import type { TransferActs } from './transfer-acts.ts';

const MAX_RACES = 10;
const BATCH = 100;

export type ListeningRooms = ListeningCommands & {
  told(message: Extract<CarrierMessage, { kind: 'listener-signal' }>): Promise<void>;
  /** Everybody who listens in this room leaves it, but one. */
  clear(room: string, except: string | null): Promise<void>;
  /** Looks after legs that nothing was heard of. */
  work(): Promise<number>;
};

type Parts = {
  listenings: Listenings;
  floor: Floor;
  campaigns: Campaigns;
  carrier: Carrier;
  tracker: CallTracker;
  acts: TransferActs;
  clock: Clock;
  logger: Logger;
};

export function createListening(parts: Parts): ListeningRooms {
  const { listenings, floor, campaigns, carrier, tracker, acts, clock, logger } = parts;

  async function signal(listeningId: string, told: ListeningSignal): Promise<ListeningRow | null> {
    for (let race = 0; race < MAX_RACES; race += 1) {
      const before = await listenings.byId(listeningId);
      if (before === null) return null;
      const now = clock.now();
      const after = decideListening(before, told, now);
      if (after === before) return before;
      if (await listenings.change(before, after, now)) return { ...before, ...after };
    }
    throw new Error('a listening is being changed by too many at once');
  }

  async function mine(supervisorId: string): Promise<ListeningRow> {
    const row = await listenings.ofSupervisor(supervisorId);
    if (row === null) throw new DialerError('not-listening', 'You do not listen to anybody.');
    return row;
  }

  async function over(row: ListeningRow): Promise<void> {
    await signal(row.listeningId, { kind: 'over', legId: row.legId });
    if (row.takenAttemptId === null || row.legId === null) return;
    const gone = { kind: 'guest-over', legId: row.legId, why: 'target-gone' } as const;
    await tracker.signal(row.takenAttemptId, gone);
  }

  async function lookAfter(row: ListeningRow): Promise<void> {
    const asked = row.legId === null ? { kind: 'ok' as const, value: null } : await carrier.call(row.legId);
    if (asked.kind === 'failed' || asked.value?.status === 'in-progress') {
      await signal(row.listeningId, { kind: 'checked' });
      return;
    }
    // Nobody has taken it so long after it was dialled.
    if (asked.value?.end === null && row.legId !== null) await carrier.hangUp(row.legId);
    await over(row);
  }

  const view = (row: ListeningRow | null): ListeningView | null =>
    row === null
      ? null
      : {
          listeningId: row.listeningId,
          agentId: row.agentId,
          mode: row.mode,
          state: row.state,
          startedAt: row.startedAt,
        };

  const rooms: ListeningRooms = {
    current: async (supervisorId) => view(await listenings.ofSupervisor(supervisorId)),

    async start(supervisorId, { agentId, mode }) {
      const [desk, place] = await Promise.all([floor.desk(agentId), campaigns.agentPlace(supervisorId)]);
      if (desk === null || place === null || desk.presence === 'signed-out')
        throw new DialerError('agent-not-signed-in', 'This agent is not signed in.');
      if (desk.room === null || desk.legId === null || desk.legState !== 'joined') throw gone();
      const now = clock.now();
      const row = await listenings.open({
        ...newListening(mode, now),
        supervisorId,
        agentId,
        room: desk.room,
        startedAt: now,
      });
      if (row === null) throw new DialerError('already-listening', 'You listen to somebody already.');
      const { listeningId } = row;
      const from = desk.campaignId === null ? null : await campaigns.anyCallerId(desk.campaignId);
      const to = place.phoneAddress ?? browserAddress(supervisorId);
      const result = await carrier.inviteListener({
        listeningId,
        room: row.room,
        to,
        from: from ?? '',
        ...seatOf(mode, desk.legId),
      });
      if (result.kind !== 'accepted') {
        logger.warn({ listeningId, result: result.kind }, "a supervisor's leg could not be dialled");
        await signal(listeningId, { kind: 'over', legId: null });
        throw gone();
      }
      const known = await signal(listeningId, { kind: 'leg-known', legId: result.carrierCallId });
      // Given up before the leg was known: nobody was heard, and nothing is there to be shown.
      if (known === null || known.state === 'over') {
        await carrier.hangUp(result.carrierCallId);
        throw gone();
      }
      return view(known) ?? never();
    },

    async change(supervisorId, mode) {
      const row = await mine(supervisorId);
      const desk = await floor.desk(row.agentId);
      if (row.mode === 'taken-over') throw impossible();
      if (row.legId === null || desk?.room !== row.room || desk.legId === null) throw gone();
      // Written down before it is done, as it goes to the audit log with this: a process that dies in between has concealed nothing.
      const after = await signal(row.listeningId, { kind: 'mode', mode });
      const result = await carrier.seatListener(row.room, row.legId, seatOf(mode, desk.legId));
      if (result.kind === 'done') return view(after) ?? never();
      await signal(row.listeningId, { kind: 'mode', mode: row.mode });
      throw gone();
    },

    async takeOver(supervisorId) {
      const row = await mine(supervisorId);
      const found = await floor.deskAndCall(row.agentId);
      const { desk, call } = found ?? { desk: null, call: null };
      const speaks =
        desk !== null &&
        call !== null &&
        desk.attemptId === call.attemptId &&
        desk.room === row.room &&
        call.state === 'connected' &&
        call.closing === null &&
        call.transfer === null;
      if (!speaks || row.legId === null || row.state !== 'joined' || desk.legId === null) throw impossible();
      const { mode } = row;
      if (mode === 'taken-over') throw impossible();
      await signal(row.listeningId, { kind: 'mode', mode: 'barge' });
      // First heard by the customer, then the agent goes: they are never without somebody who can speak.
      const heard = await carrier.seatListener(row.room, row.legId, seatOf('taken-over', desk.legId));
      if (heard.kind !== 'done') {
        await signal(row.listeningId, { kind: 'mode', mode });
        throw gone();
      }
      if (!(await acts.prepareAway(call, desk, row.legId))) throw gone();
      const after = await tracker.signal(call.attemptId, { kind: 'taken-over', legId: row.legId, by: supervisorId });
      if (after?.changed !== true) throw impossible();
      await rooms.clear(row.room, row.listeningId);
      return view(await signal(row.listeningId, { kind: 'taken-over', attemptId: call.attemptId })) ?? never();
    },

    async stop(supervisorId) {
      const row = await listenings.ofSupervisor(supervisorId);
      if (row === null) return;
      if (row.legId !== null) await carrier.hangUp(row.legId);
      await over(row);
    },

    async told({ listeningId, legId, step }) {
      if (step !== 'answered') {
        const row = await listenings.byId(listeningId);
        if (row !== null && (row.legId === null || row.legId === legId)) await over({ ...row, legId });
        return;
      }
      const row = await signal(listeningId, { kind: 'answered', legId });
      if (row === null || row.state === 'over' || row.legId !== legId) await carrier.hangUp(legId);
    },

    async clear(room, except) {
      for (const { listeningId, legId } of await listenings.inRoom(room)) {
        if (listeningId !== except && legId !== null) await carrier.hangUp(legId);
      }
    },

    async work() {
      const due = await listenings.due(clock.now(), BATCH);
      for (const row of due) {
        // One bad row must not keep the others, and what else is swept, from being looked at.
        await lookAfter(row).catch((error: unknown) =>
          logger.error(
            { listeningId: row.listeningId, error: error instanceof Error ? error.message : String(error) },
            'a look at a listening failed',
          ),
        );
      }
      return due.length;
    },
  };
  return rooms;
}

const gone = (): DialerError =>
  new DialerError('agent-line-gone', "The agent's line is not there at the moment.", { retryable: true });
const impossible = (): DialerError =>
  new DialerError('transfer-impossible', 'This is not possible with the call as it is now.');
const never = (): never => {
  throw new Error('a listening that was just written is missing');
};

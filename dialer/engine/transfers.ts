/** What an agent can ask for while a customer is on the line: hold, and giving the customer to somebody else. */
import type { TransferTargets, TransferWish } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { CallRow, Clock, Floor, Transfers } from '../ports.ts';
import { mayInvite, readTarget } from '../rules/transfer-number.ts';
import type { CallTracker } from './call-tracker.ts';
import type { TransferActs } from './transfer-acts.ts';

export type TransferCommands = {
  hold(userId: string, on: boolean): Promise<void>;
  transfer(userId: string, wish: TransferWish): Promise<void>;
  complete(userId: string): Promise<void>;
  cancel(userId: string): Promise<void>;
  targets(userId: string): Promise<TransferTargets>;
};

type Parts = { floor: Floor; transfers: Transfers; tracker: CallTracker; acts: TransferActs; clock: Clock };

/** So many members of a team are tried when one after the other is taken away in the same moment. */
const TEAM_TRIES = 5;

const refusals = {
  'number-invalid': 'This is no telephone number that can be called.',
  'number-not-allowed': 'Customers are not given to this number.',
  'number-blocked': 'This number is on the blacklist.',
} as const;

export function createTransferCommands({ floor, transfers, tracker, acts, clock }: Parts): TransferCommands {
  /** The customer this agent is speaking with. */
  async function talk(userId: string): Promise<CallRow> {
    const found = await floor.deskAndCall(userId);
    const { call, desk } = found ?? { call: null, desk: null };
    if (!call || desk?.attemptId !== call.attemptId) throw new DialerError('no-call', 'You have no call.');
    if (call.state !== 'connected' || call.closing !== null || call.agentId !== userId) throw impossible();
    return call;
  }

  async function invite(call: CallRow, userId: string, raw: string, consult: boolean): Promise<void> {
    const read = readTarget(raw, call.callerId);
    const facts = read.ok ? await transfers.numberFacts(call.campaignId, read.number) : null;
    const verdict = read.ok && facts !== null ? mayInvite(read.number, facts, clock.now()) : read;
    if (!verdict.ok) {
      throw new DialerError(verdict.why, refusals[verdict.why], { faults: [{ code: verdict.why, field: 'number' }] });
    }
    const to = { kind: 'number', number: verdict.number } as const;
    const after = await tracker.signal(call.attemptId, { kind: 'transfer', from: userId, to, consult });
    if (after?.changed !== true) throw impossible();
  }

  return {
    async hold(userId, on) {
      const call = await talk(userId);
      if (call.transfer !== null) throw impossible();
      await tracker.signal(call.attemptId, { kind: 'hold', agentId: userId, on });
    },

    async transfer(userId, { to, consult }) {
      const call = await talk(userId);
      if (call.transfer !== null) throw impossible();
      if (to.kind === 'number') return invite(call, userId, to.number, consult);
      const free = await transfers.freeColleagues(call.campaignId, userId);
      const fit = free.filter((one) => (to.kind === 'agent' ? one.userId === to.userId : one.teamId === to.teamId));
      for (const { userId: agentId } of fit.slice(0, TEAM_TRIES)) {
        const target = { kind: 'agent', agentId } as const;
        const after = await tracker.signal(call.attemptId, { kind: 'transfer', from: userId, to: target, consult });
        if (after?.changed === true) return;
        // Not the colleague but the call: the customer has hung up in this moment.
        if (after === null || after.state !== 'connected' || after.closing !== null) throw impossible();
      }
      throw new DialerError('target-not-free', 'Nobody there is free at the moment.', { retryable: true });
    },

    async complete(userId) {
      const call = await talk(userId);
      const { transfer } = call;
      if (transfer?.phase !== 'consulting') throw impossible();
      if (transfer.agentId === null && transfer.legId !== null) {
        const desk = await floor.desk(userId);
        if (desk === null || !(await acts.prepareAway(call, desk, transfer.legId))) throw impossible();
      }
      const after = await tracker.signal(call.attemptId, { kind: 'transfer-complete', agentId: userId });
      if (after?.changed !== true) throw impossible();
    },

    async cancel(userId) {
      const call = await talk(userId);
      const signal = { kind: 'transfer-cancel', agentId: userId, why: 'canceled' } as const;
      const after = await tracker.signal(call.attemptId, signal);
      if (after?.changed !== true) throw impossible();
    },

    async targets(userId) {
      const desk = await floor.desk(userId);
      const free = desk?.campaignId ? await transfers.freeColleagues(desk.campaignId, userId) : [];
      const teams = new Map<string, { teamId: string; name: string; free: number }>();
      for (const { teamId, teamName } of free) {
        if (teamId === null) continue;
        const team = teams.get(teamId) ?? { teamId, name: teamName ?? '', free: 0 };
        teams.set(teamId, { ...team, free: team.free + 1 });
      }
      return {
        agents: free.map(({ userId: id, name, teamName }) => ({ userId: id, name, teamName })),
        teams: [...teams.values()],
      };
    },
  };
}

const impossible = (): DialerError =>
  new DialerError('transfer-impossible', 'This is not possible with the call as it is now.');

/** Closing a conversation: what the agent says of it, or that nobody said anything. */
import type { BlacklistCommands, Disposition, SaveOutcome } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { HandoffToQuality } from '../events.ts';
import type { ContactPicker } from '../ports/contacts.ts';
import type { CallRow, Change, Clock, DeskRow, EventBus, Floor, Json } from '../ports.ts';
import { decideDesk } from '../rules/agent.ts';
import type { Desks } from './desks.ts';

const MAX_RACES = 25;

export type Outcomes = {
  /** Saves what the agent says and frees the desk, in one transaction. @throws DialerError */
  save(userId: string, outcome: SaveOutcome): Promise<void>;
  /** The time for it is over: the conversation is closed without a disposition. */
  giveUp(attemptId: string): Promise<void>;
};

type OutcomeParts = {
  floor: Floor;
  picker: ContactPicker;
  blacklist: BlacklistCommands;
  desks: Desks;
  bus: EventBus;
  clock: Clock;
};

export function createOutcomes({ floor, picker, blacklist, desks, bus, clock }: OutcomeParts): Outcomes {
  /** Closes the call's account; false: somebody was faster. */
  async function close(
    call: CallRow,
    desk: DeskRow | null,
    saved: SaveOutcome | null,
    userId: string | null,
  ): Promise<boolean> {
    const now = clock.now();
    const disposition = saved?.disposition ?? null;
    // A call that has no outcome yet is still being hung up: the agent was freed from a conversation, so that is what it is.
    const outcome = call.outcome ?? 'connected';
    const contact = await picker.afterAttempt(call.attemptId, { outcome, disposition, at: now });
    const change: Change = {
      now,
      // The agent's word is the verdict, as when it says that it is a person: by it every figure knows a machine.
      call: { before: call, after: disposition?.kind === 'machine' ? { ...call, detection: 'machine' } : call },
      contact,
      outcome: { disposition: disposition?.kind ?? null, detail: detailOf(saved, userId) },
      handoffs: handoffs(call, disposition, contact.state === 'finished'),
      journal: [
        {
          kind: saved === null ? 'outcome-given-up' : 'outcome-saved',
          data: { disposition: disposition?.kind ?? null },
        },
      ],
    };
    const signal = saved === null ? 'overdue' : 'written-up';
    const decision = desk === null ? null : decideDesk(desk, { kind: signal, attemptId: call.attemptId }, now);
    if (desk !== null && decision !== null) {
      if (decision.refused !== null) throw new DialerError('agent-in-call', 'The call is not over yet.');
      // Whoever saves an outcome is there: one write less than telling so by itself.
      const seenAt = saved === null ? decision.desk.seenAt : now;
      if (decision.desk !== desk) change.desk = { before: desk, after: { ...decision.desk, seenAt } };
    }
    if (!(await floor.commit(change))) return false;
    bus.publish({ type: 'attempt-changed', attemptId: call.attemptId, campaignId: call.campaignId, state: call.state });
    bus.publish({ type: 'contacts-changed', campaignId: call.campaignId });
    if (desk !== null && decision !== null) {
      bus.publish({
        type: 'agent-changed',
        userId: desk.userId,
        campaignId: desk.campaignId,
        version: desk.version + 1,
      });
      desks.act(desk.userId, decision);
    }
    return true;
  }

  return {
    async save(userId, saved) {
      for (let race = 0; race < MAX_RACES; race += 1) {
        const found = await floor.callAndDesk(saved.attemptId);
        if (found === null) throw new DialerError('attempt-unknown', 'There is no such call.');
        const { call, desk } = found;
        if (call.outcomeAt !== null)
          throw new DialerError('outcome-exists', 'The outcome of this call is saved already.');
        if (desk?.userId !== userId) throw new DialerError('attempt-not-yours', 'This call is not yours.');
        if (desk.activity !== 'wrap-up') throw new DialerError('agent-in-call', 'The call is not over yet.');
        // First the promise to the customer: a fault here leaves the outcome unsaved, and the agent saves it again.
        if (race === 0) await keepAway(call, saved.disposition, userId, blacklist);
        if (await close(call, desk, saved, userId)) return;
      }
      throw new DialerError('busy-try-again', 'The call is being changed, try again.', { retryable: true });
    },

    async giveUp(attemptId) {
      for (let race = 0; race < MAX_RACES; race += 1) {
        const found = await floor.callAndDesk(attemptId);
        if (found === null || found.call.outcomeAt !== null) return;
        const { call, desk } = found;
        if (desk !== null && desk.activity !== 'wrap-up') return;
        if (await close(call, desk, null, null)) return;
      }
    },
  };
}

/** Opt-outs and complaints block the number at once, everywhere. */
async function keepAway(
  call: CallRow,
  disposition: Disposition,
  userId: string,
  blacklist: BlacklistCommands,
): Promise<void> {
  if (disposition.kind !== 'opt-out' && disposition.kind !== 'complaint') return;
  await blacklist.add({
    number: call.number,
    scope: 'all',
    scopeId: null,
    reason: disposition.kind,
    source: 'conversation',
    evidence: { attemptId: call.attemptId, words: disposition.words },
    endsAt: null,
    by: { userId },
  });
}

function detailOf(saved: SaveOutcome | null, userId: string | null): Json {
  if (saved === null) return { givenUp: true };
  const { kind: _, ...fields } = saved.disposition;
  const said: Json = JSON.parse(JSON.stringify(fields));
  return { fields: said, mustSayTicked: saved.mustSayTicked, note: saved.note, by: userId };
}

/** `over`: a call that quality asked for is closed only when its customer is not called again, say at an appointed time. */
function handoffs(call: CallRow, disposition: Disposition | null, over: boolean): HandoffToQuality[] {
  const { attemptId, origin } = call;
  const facts: HandoffToQuality[] = [{ topic: 'conversation-closed', attemptId }];
  if (disposition?.kind === 'sale') facts.push({ topic: 'sale-recorded', attemptId });
  if (disposition?.kind === 'complaint') facts.push({ topic: 'complaint-told', attemptId });
  if (origin !== null && over) facts.push({ topic: 'task-call-closed', attemptId, origin });
  return facts;
}

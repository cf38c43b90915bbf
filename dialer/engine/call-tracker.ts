/**
 * Follows each call to its end: takes a signal, lets the rules decide, writes the change with everything that belongs to
 * it, and only then acts on the carrier. A signal that comes twice, late or in disorder changes nothing twice.
 */
import type { ContactPicker } from '../ports/contacts.ts';
import type { CallRow, Carrier, Change, Clock, DeskRow, EventBus, Floor, Logger } from '../ports.ts';
import { type DeskDecision, type DeskSignal, decideDesk } from '../rules/agent.ts';
import { type Call, type CallHappening, type CallSignal, decide } from '../rules/call.ts';
import type { Background } from './background.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { createSeenCalls, type SeenCall } from './seen-calls.ts';

/** A change that loses against another writer is decided anew; more than this many in a row means a fault. */
const MAX_RACES = 25;
/** Recordings are announced by the carrier; this is when somebody asks after one that was not. */
const ASK_RECORDING_AFTER_MS = 15 * 60_000;

/** A signal that depends on what is found; null: there is nothing to be told. */
export type SignalFor = (call: CallRow, desk: DeskRow | null) => CallSignal | null | Promise<CallSignal | null>;

export type CallTracker = {
  /** The call after the signal, and whether the signal changed it; null when there is no such call. */
  signal(attemptId: string, signal: CallSignal | SignalFor): Promise<(CallRow & { changed: boolean }) | null>;
  /** The call was changed by other means than a signal: the next one reads it anew, without a vain try. */
  forget(attemptId: string): void;
};

export type TrackerParts = {
  floor: Floor;
  picker: ContactPicker;
  carrier: Carrier;
  bus: EventBus;
  clock: Clock;
  logger: Logger;
  cache: CampaignCache;
  background: Background;
  /** Called after commit with what the desk's change asks for: its leg dialled or dropped. */
  onDesk(userId: string, decision: DeskDecision): void;
};

export function createCallTracker(parts: TrackerParts): CallTracker {
  const { floor, picker, carrier, bus, clock, logger, cache, background } = parts;
  const seen = createSeenCalls();

  async function deskSignal(call: CallRow, happening: CallHappening, now: number): Promise<DeskSignal | null> {
    const { attemptId } = call;
    switch (happening.kind) {
      case 'connected':
        return { kind: 'join', attemptId };
      case 'agent-freed': {
        if (!happening.talked) return { kind: 'release', attemptId };
        const campaign = await cache.get(call.campaignId);
        return {
          kind: 'wrap-up',
          attemptId,
          deadlineAt: now + (campaign?.settings.pacing.wrapUpSeconds ?? 120) * 1000,
        };
      }
      case 'moved':
        return happening.to === 'placing' ? { kind: 'ring', attemptId } : null;
      case 'abandoned':
      case 'hang-up':
      case 'present-again':
      case 'ended':
      case 'stranger':
        return null;
    }
  }

  async function changeFor(
    call: CallRow,
    desk: DeskRow | null,
    after: Call,
    happened: CallHappening[],
    now: number,
  ): Promise<{ change: Change; desk: { userId: string; decision: DeskDecision } | null }> {
    const change: Change = { now, call: { before: call, after }, journal: happened.map(journalEntry) };
    let deskChange: { userId: string; decision: DeskDecision } | null = null;
    for (const happening of happened) {
      const signal = desk === null ? null : await deskSignal(call, happening, now);
      if (desk !== null && signal !== null) {
        const decision: DeskDecision = decideDesk(deskChange?.decision.desk ?? desk, signal, now);
        deskChange = { userId: desk.userId, decision };
        if (desk.activity === 'talking' && happening.kind === 'agent-freed')
          change.talkMs = Math.max(0, now - desk.since);
      }
      if (happening.kind === 'connected' && call.connectedAt === null) {
        change.recording = { agentId: happening.agentId, nextTryAt: now + ASK_RECORDING_AFTER_MS };
      }
      // A conversation's contact waits for what the agent says of it.
      if (happening.kind === 'ended' && happening.outcome !== 'connected') {
        change.contact = await picker.afterAttempt(call.attemptId, {
          outcome: happening.outcome,
          disposition: null,
          at: now,
        });
        if (call.origin !== null && change.contact.state === 'finished') {
          const { attemptId, origin } = call;
          change.handoffs = [{ topic: 'task-call-unreached', attemptId, origin, outcome: happening.outcome }];
        }
      }
    }
    if (desk !== null && deskChange !== null && deskChange.decision.desk !== desk) {
      change.desk = { before: desk, after: deskChange.decision.desk };
    }
    return { change, desk: deskChange };
  }

  function act(call: CallRow, happening: CallHappening): void {
    switch (happening.kind) {
      case 'hang-up':
        background.run('hang-up', () => carrier.hangUp(happening.carrierCallId));
        break;
      case 'stranger':
        logger.warn({ attemptId: call.attemptId }, 'a second call of the carrier for one attempt is hung up');
        background.run('hang-up', () => carrier.hangUp(happening.carrierCallId));
        break;
      case 'present-again':
        background.run('present-again', () => carrier.presentAgain(happening.carrierCallId, call.attemptId));
        break;
      case 'moved':
      case 'connected':
      case 'agent-freed':
      case 'abandoned':
      case 'ended':
        break;
    }
  }

  /** Decides on what was found and writes it: the call after it, or what to do instead. */
  async function attempt(
    found: SeenCall,
    signal: CallSignal | SignalFor,
    fresh: boolean,
  ): Promise<(CallRow & { changed: boolean }) | 'read-again'> {
    const { call, desk } = found;
    const told = typeof signal === 'function' ? await signal(call, desk) : signal;
    if (told === null) return fresh ? { ...call, changed: false } : 'read-again';
    const now = clock.now();
    const { call: after, happened } = decide(call, told, now);
    if (after === call) {
      if (!fresh) return 'read-again';
      for (const happening of happened) act(call, happening);
      return { ...call, changed: false };
    }
    const { change, desk: deskChange } = await changeFor(call, desk, after, happened, now);
    if (!(await floor.commit(change))) return 'read-again';
    const written: CallRow = { ...call, ...after, version: call.version + 1 };
    seen.keep({ call: written, desk: deskAfter(desk, change) });
    for (const happening of happened) act(call, happening);
    bus.publish({
      type: 'attempt-changed',
      attemptId: call.attemptId,
      campaignId: call.campaignId,
      state: after.state,
    });
    if (desk !== null && change.desk !== undefined && deskChange !== null) {
      const { campaignId } = change.desk.after;
      bus.publish({ type: 'agent-changed', userId: desk.userId, campaignId, version: desk.version + 1 });
      parts.onDesk(desk.userId, deskChange.decision);
    }
    return { ...written, changed: true };
  }

  return {
    forget: seen.forget,
    async signal(attemptId, signal) {
      const known = seen.take(attemptId);
      if (known !== null) {
        const result = await attempt(known, signal, false);
        if (result !== 'read-again') return result;
        seen.forget(attemptId);
      }
      for (let race = 0; race < MAX_RACES; race += 1) {
        const found = await floor.callAndDesk(attemptId);
        if (found === null) return null;
        const result = await attempt(found, signal, true);
        if (result !== 'read-again') return result;
      }
      throw new Error('a call is being changed by too many at once');
    },
  };
}

/** The desk that still has the call after the change. */
function deskAfter(desk: DeskRow | null, { desk: change }: Change): DeskRow | null {
  if (desk === null || change === undefined) return desk;
  return change.after.attemptId === null ? null : { ...desk, ...change.after, version: desk.version + 1 };
}

/** What the journal keeps of a happening: no number, no name. */
function journalEntry(happening: CallHappening): { kind: string; data: { [key: string]: string | boolean } } {
  const { kind, ...data } = happening;
  return { kind: kind === 'moved' && 'to' in data ? `moved-${data.to}` : kind, data };
}

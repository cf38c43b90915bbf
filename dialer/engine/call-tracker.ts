/**
 * Follows each call to its end: takes a signal, lets the rules decide, writes the change with everything that belongs to
 * it, and only then acts on the carrier. A signal that comes twice, late or in disorder changes nothing twice.
 */
import type { ContactPicker } from '../ports/contacts.ts';
import type { CallRow, Carrier, Change, Clock, DeskRow, EventBus, Floor, Logger } from '../ports.ts';
import type { DeskDecision } from '../rules/agent.ts';
import {
  type CallDeadlines,
  type CallHappening,
  type CallSignal,
  callDeadlines,
  decide,
  isOldNews,
} from '../rules/call.ts';
import { abandonAfterMs } from '../rules/call/ending.ts';
import type { Background } from './background.ts';
import { createCallChange, type Found } from './call-change.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { createSeenCalls, type SeenCall } from './seen-calls.ts';

/** A change that loses against another writer is decided anew; more than this many in a row means a fault. */
const MAX_RACES = 25;

/** A signal that depends on what is found; null: there is nothing to be told. */
export type SignalFor = (
  call: CallRow,
  desk: DeskRow | null,
  /** Of somebody with a part in this call. */
  other: DeskRow | null,
) => CallSignal | null | Promise<CallSignal | null>;

export type CallTracker = {
  /** The call after the signal, and whether the signal changed it; null when there is no such call. */
  signal(attemptId: string, signal: CallSignal | SignalFor): Promise<(CallRow & { changed: boolean }) | null>;
  /** The call was changed by other means than a signal. `seen`: as it is now; null: the next signal reads it anew. */
  changed(attemptId: string, seen: SeenCall | null): void;
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
  /** Called after commit with what hold and transfer ask of the carrier. */
  onTransfer(found: Found, happening: CallHappening): void;
};

export function createCallTracker(parts: TrackerParts): CallTracker {
  const { floor, picker, carrier, bus, clock, logger, cache, background } = parts;
  const seen = createSeenCalls();
  const turns = new Map<string, Promise<unknown>>();
  const changeFor = createCallChange({ picker, cache });

  function act(found: Found, happening: CallHappening): void {
    const { attemptId } = found.call;
    switch (happening.kind) {
      case 'hang-up':
        background.run('hang-up', () => carrier.hangUp(happening.carrierCallId));
        break;
      case 'stranger':
        logger.warn({ attemptId }, 'a second call of the carrier for one attempt is hung up');
        background.run('hang-up', () => carrier.hangUp(happening.carrierCallId));
        break;
      case 'present-again':
        background.run('present-again', () => carrier.presentAgain(happening.carrierCallId, attemptId));
        break;
      default:
        parts.onTransfer(found, happening);
    }
  }

  async function deadlinesFor(call: CallRow, signal: CallSignal): Promise<CallDeadlines> {
    if (signal.kind !== 'over' || call.state === 'ended') return callDeadlines;
    const settings = (await cache.get(call.campaignId))?.settings;
    const { detection } = signal.told;
    return {
      ...callDeadlines,
      abandonMs: abandonAfterMs(settings, call.detection, detection, callDeadlines.abandonMs),
    };
  }

  /** Decides on what was found and writes it: the call after it, or what to do instead. */
  async function attempt(
    found: Found,
    signal: CallSignal | SignalFor,
    fresh: boolean,
  ): Promise<(CallRow & { changed: boolean }) | 'read-again'> {
    const { call } = found;
    const told = typeof signal === 'function' ? await signal(call, found.desk, found.other) : signal;
    const sure = fresh || (told === null ? call.state === 'ended' : isOldNews(call, told));
    if (told === null) return sure ? { ...call, changed: false } : 'read-again';
    const target =
      told.kind === 'transfer' && told.to.kind === 'agent' ? await floor.desk(told.to.agentId) : found.other;
    const all: Found = { ...found, other: target };
    const now = clock.now();
    const { call: after, happened } = decide(call, told, now, await deadlinesFor(call, told));
    if (after === call) {
      if (!sure) return 'read-again';
      for (const happening of happened) act(all, happening);
      return { ...call, changed: false };
    }
    const { change, desks, refused } = await changeFor(all, after, happened, now);
    if (refused) return fresh ? { ...call, changed: false } : 'read-again';
    if (!(await floor.commit(change))) return 'read-again';
    const written: CallRow = { ...call, ...after, version: call.version + 1 };
    // A call with a second desk is read anew each time: only the first one comes with it.
    if (written.transfer === null) seen.keep({ call: written, desk: deskAfter(all, change) });
    else seen.forget(call.attemptId);
    for (const happening of happened) act(all, happening);
    bus.publish({
      type: 'attempt-changed',
      attemptId: call.attemptId,
      campaignId: call.campaignId,
      state: after.state,
    });
    for (const { userId, decision } of desks) {
      const before = userId === all.desk?.userId ? all.desk : all.other;
      const { campaignId } = decision.desk;
      bus.publish({ type: 'agent-changed', userId, campaignId, version: (before?.version ?? 0) + 1 });
      parts.onDesk(userId, decision);
    }
    return { ...written, changed: true };
  }

  /** One signal of a call after the other: those that come together here would only lose against each other. */
  async function inTurn<T>(attemptId: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(attemptId);
    const mine = before === undefined ? work() : before.then(work, work);
    turns.set(attemptId, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(attemptId) === mine) turns.delete(attemptId);
    }
  }

  async function tell(attemptId: string, signal: CallSignal | SignalFor): ReturnType<CallTracker['signal']> {
    const known = seen.take(attemptId);
    if (known !== null) {
      const result = await attempt({ ...known, other: null }, signal, false);
      if (result !== 'read-again') return result;
      seen.forget(attemptId);
    }
    for (let race = 0; race < MAX_RACES; race += 1) {
      const found = await floor.callAndDesk(attemptId);
      if (found === null) return null;
      const other = found.call.transfer === null ? null : await floor.aside(attemptId);
      const result = await attempt({ ...found, other }, signal, true);
      if (result !== 'read-again') return result;
    }
    throw new Error('a call is being changed by too many at once');
  }

  return {
    changed(attemptId, now) {
      // A call with a second desk is read anew each time, as below.
      if (now === null || now.call.transfer !== null) seen.forget(attemptId);
      else seen.keep(now);
    },
    signal: (attemptId, signal) => inTurn(attemptId, () => tell(attemptId, signal)),
  };
}

/** The desk that has the call after the change. */
function deskAfter(found: Found, { desk, other }: Change): DeskRow | null {
  const rows = [found.desk, found.other].map((row) => {
    const changed = [desk, other].find((one) => one !== undefined && one.before === row);
    return row === null || changed === undefined ? row : { ...row, ...changed.after, version: row.version + 1 };
  });
  return rows.find((row) => row?.attemptId === found.call.attemptId) ?? null;
}

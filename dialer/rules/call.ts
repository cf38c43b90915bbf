/**
 * One dialled call as a pure state machine. Signals come twice, late and in any order: each is applied if it says
 * something new about the present state and is nothing otherwise. `ended` is final.
 */
import type {
  Call,
  CallDeadlines,
  CallHappening,
  CallSignal,
  CallState,
  Decided,
  TransferSignal,
} from './call/types.ts';
import { callDeadlines, callStates } from './call/types.ts';
import { decideTransfer, isTransferSignal } from './call/transfer.ts';
import { agentLost, closeCall, detected, joined, left, nobodyFree } from './call/with-customer.ts';
import { foundAbandoned, outcomeOf, verdict } from './call/ending.ts';

export * from './call/types.ts';

/** Rank of a state on the way of a call; signals of the carrier only move it forward. */
const rank = (state: CallState): number => callStates.indexOf(state);
/** Where a step that the carrier tells of brings a call. */
const stateAfter = { initiated: 'queued', ringing: 'ringing', answered: 'answered' } as const;

export const newCall = (agentId: string | null = null): Call => ({
  state: 'intended',
  carrierCallId: null,
  lastSequence: -1,
  agentId,
  placedAt: null,
  ringingAt: null,
  answeredAt: null,
  connectedAt: null,
  abandonedAt: null,
  endedAt: null,
  deadlineAt: null,
  detection: null,
  closing: null,
  outcome: null,
  error: null,
  heldAt: null,
  transfer: null,
});

/**
 * What a signal makes of a call at `now`. The answer's `call` is the very same object when nothing changed.
 * Presenting the customer (`waiting`, `reserved`) is decided by the store, because it claims an agent.
 */
export function decide(call: Call, signal: CallSignal, now: number, deadlines: CallDeadlines = callDeadlines): Decided {
  if (call.state === 'ended') return afterEnd(call, signal);
  if (isTransferSignal(signal) || call.transfer !== null || call.heldAt !== null)
    return decideTransfer(call, signal, now, deadlines, decideCall);
  return decideCall(call, signal, now, deadlines);
}

/**
 * True when a signal changes nothing for this call and never will, whatever has happened to it since it was looked at: calls
 * only go forward, an id once known stays, and an end is final. Then an old look at the call is as good as a new one.
 */
export function isOldNews(call: Call, signal: CallSignal): boolean {
  if (call.state === 'ended') return true;
  switch (signal.kind) {
    case 'placing':
      return call.state !== 'intended';
    case 'accepted':
      return (
        call.carrierCallId === signal.carrierCallId && call.placedAt !== null && rank(call.state) >= rank('queued')
      );
    case 'progress':
      return (
        call.carrierCallId === signal.carrierCallId &&
        rank(call.state) >= rank(stateAfter[signal.step]) &&
        (signal.step !== 'answered' || call.answeredAt !== null)
      );
    default:
      return false;
  }
}

function decideCall(
  call: Call,
  signal: Exclude<CallSignal, TransferSignal>,
  now: number,
  deadlines: CallDeadlines,
): Decided {
  switch (signal.kind) {
    case 'placing':
      return call.state === 'intended'
        ? moved({ ...call, state: 'placing', deadlineAt: now + deadlines.carrierAnswerMs })
        : { call, happened: [] };
    case 'accepted':
      return accepted(call, signal.carrierCallId, signal.queueMs, now, deadlines);
    case 'refused':
      return rank(call.state) < rank('queued')
        ? ended({ ...call, error: signal.code }, signal.outcome, now)
        : same(call);
    case 'doubtful':
      return call.state === 'placing'
        ? moved({ ...call, state: 'uncertain', error: signal.cause, deadlineAt: now + deadlines.closingMs })
        : same(call);
    case 'not-dialled':
      return rank(call.state) < rank('queued') ? ended({ ...call, error: 'not-dialled' }, 'failed', now) : same(call);
    case 'progress':
      return progress(call, signal, now, deadlines);
    case 'over': {
      if (isStranger(call, signal.carrierCallId)) return same(call);
      const known = { ...call, carrierCallId: signal.carrierCallId, lastSequence: later(call, signal.sequence) };
      return over({ ...known, detection: verdict(call.detection, signal.told.detection) }, signal, now, deadlines);
    }
    case 'joined':
      return joined(call, signal.agentId, now, deadlines);
    case 'left':
      return left(call, signal.agentId, now, deadlines);
    case 'agent-lost':
      return agentLost(call, signal, now);
    case 'detected':
      if (signal.carrierCallId !== null && isStranger(call, signal.carrierCallId)) return same(call);
      return detected(call, signal.detection, signal.connectMachines, now, deadlines);
    case 'human':
      return call.closing === null && call.detection !== 'human'
        ? { call: { ...call, detection: 'human' }, happened: [] }
        : same(call);
    case 'nobody-free':
      return nobodyFree(call, now, deadlines);
    case 'close':
      if (call.state === 'intended') return ended({ ...call, error: signal.note }, 'canceled', now);
      return closeCall(call, signal.why, now, deadlines);
    case 'checked':
      return same({ ...call, deadlineAt: now + nextLook(call, deadlines) });
  }
}

/** How long after a look the next one is due. */
function nextLook(call: Call, deadlines: CallDeadlines): number {
  if ((call.closing !== null && call.closing !== 'transferred') || call.state === 'uncertain')
    return deadlines.closingMs;
  if (call.state === 'reserved') return deadlines.joinMs;
  return call.state === 'connected' ? deadlines.checkTalkMs : deadlines.presentMs;
}

function accepted(call: Call, carrierCallId: string, queueMs: number, now: number, deadlines: CallDeadlines): Decided {
  if (isStranger(call, carrierCallId)) return stranger(call, carrierCallId);
  const known = { ...call, carrierCallId, placedAt: call.placedAt ?? now + queueMs };
  // The first callback may have come before this answer: then only the id and the time of dialling can be new.
  if (rank(call.state) >= rank('queued'))
    return same(call.carrierCallId !== null && call.placedAt !== null ? call : known);
  const queued: Call = { ...known, state: 'queued', error: null, deadlineAt: now + queueMs + deadlines.ringMs };
  // The agent or a manager took the call back while the carrier was being asked.
  if (call.closing !== null)
    return {
      call: queued,
      happened: [
        { kind: 'moved', to: 'queued' },
        { kind: 'hang-up', carrierCallId },
      ],
    };
  return moved(queued);
}

function progress(
  call: Call,
  signal: Extract<CallSignal, { kind: 'progress' }>,
  now: number,
  deadlines: CallDeadlines,
): Decided {
  if (isStranger(call, signal.carrierCallId)) return stranger(call, signal.carrierCallId);
  const target = stateAfter[signal.step];
  const known: Call = {
    ...call,
    carrierCallId: signal.carrierCallId,
    lastSequence: later(call, signal.sequence),
    placedAt: call.placedAt ?? now,
    answeredAt: signal.step === 'answered' ? (call.answeredAt ?? now) : call.answeredAt,
  };
  if (rank(call.state) >= rank(target)) {
    const news = call.carrierCallId === null || (signal.step === 'answered' && call.answeredAt === null);
    return same(news ? known : call);
  }
  const wait = target === 'answered' ? deadlines.presentMs : deadlines.ringMs;
  const next: Call = {
    ...known,
    state: target,
    error: null,
    ringingAt: target === 'ringing' ? now : call.ringingAt,
    deadlineAt: now + (call.closing === null ? wait : deadlines.closingMs),
  };
  const happened: CallHappening[] = [{ kind: 'moved', to: target }];
  // Cancelled, and still ringing or even answered: the cancellation was lost or lost the race.
  if (call.closing !== null && signal.step !== 'initiated')
    happened.push({ kind: 'hang-up', carrierCallId: signal.carrierCallId });
  return { call: next, happened };
}

/** After the end nothing changes; a live second call of the carrier's is still hung up. */
function afterEnd(call: Call, signal: CallSignal): Decided {
  const id = signal.kind === 'accepted' || signal.kind === 'progress' ? signal.carrierCallId : null;
  if (id === null) return same(call);
  // An attempt that was given up as never dialled, and rings after all, must not ring on.
  return call.carrierCallId === null || call.carrierCallId !== id ? stranger(call, id) : same(call);
}

function over(
  call: Call,
  { how, networkCode, told }: Extract<CallSignal, { kind: 'over' }>,
  now: number,
  deadlines: CallDeadlines,
): Decided {
  const outcome = outcomeOf(call, how, networkCode);
  const times = outcome === 'customer-hung-up' ? foundAbandoned(call, told, now, deadlines.abandonMs) : null;
  if (times === null) return ended(call, outcome, now);
  const end = ended({ ...call, ...times, error: 'message-not-played' }, 'abandoned', now);
  return { call: end.call, happened: [{ kind: 'abandoned-unheard' }, ...end.happened] };
}

function ended(call: Call, outcome: NonNullable<Call['outcome']>, now: number): Decided {
  const happened: CallHappening[] = [];
  // With `closing` set the agent was freed when that was decided.
  if (call.agentId !== null && call.closing === null) {
    happened.push({ kind: 'agent-freed', agentId: call.agentId, talked: call.state === 'connected' });
  }
  happened.push({ kind: 'ended', outcome });
  return { call: { ...call, state: 'ended', outcome, endedAt: now, deadlineAt: null }, happened };
}

const later = (call: Call, sequence: number | null): number => Math.max(call.lastSequence, sequence ?? -1);
const isStranger = (call: Call, id: string): boolean => call.carrierCallId !== null && call.carrierCallId !== id;
const stranger = (call: Call, carrierCallId: string): Decided => ({
  call,
  happened: [{ kind: 'stranger', carrierCallId }],
});
const same = (call: Call): Decided => ({ call, happened: [] });
const moved = (call: Call): Decided => ({ call, happened: [{ kind: 'moved', to: call.state }] });

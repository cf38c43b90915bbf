/**
 * Hold and transfer. The customer stays the agent's until somebody else has them: whoever was asked and cannot come, hangs up,
 * or is lost on the way leaves the customer with the agent they came from, or at worst with the pool.
 */
import type {
  Call,
  CallDeadlines,
  CallHappening,
  CallSignal,
  Decided,
  Transfer,
  TransferEnd,
  TransferHappening,
  TransferSignal,
} from './types.ts';

const kinds: readonly string[] = [
  'hold',
  'transfer',
  'transfer-complete',
  'transfer-cancel',
  'helper-joined',
  'helper-home',
  'helper-lost',
  'guest-known',
  'guest-answered',
  'guest-over',
  'taken-over',
] satisfies TransferSignal['kind'][];
export const isTransferSignal = (signal: CallSignal): signal is TransferSignal => kinds.includes(signal.kind);

type Base = (call: Call, signal: Exclude<CallSignal, TransferSignal>, now: number, deadlines: CallDeadlines) => Decided;

/** A guest who is gone so soon after the agent left did not take the customer over. */
const TOO_SOON_MS = 3_000;

export function decideTransfer(
  call: Call,
  signal: CallSignal,
  now: number,
  deadlines: CallDeadlines,
  base: Base,
): Decided {
  if (isTransferSignal(signal)) return own(call, signal, now, deadlines);
  const { transfer } = call;
  if (
    signal.kind === 'agent-lost' &&
    transfer?.phase === 'handing-over' &&
    call.closing === null &&
    signal.agentId === transfer.agentId
  ) {
    if (signal.giverThere === true) return givenBack(call, transfer, now, deadlines);
  }
  return unwound(call, base(call, signal, now, deadlines));
}

const same = (call: Call): Decided => ({ call, happened: [] });
const talking = (call: Call, agentId: string | null): boolean =>
  call.state === 'connected' && call.closing === null && (agentId === null || call.agentId === agentId);

function own(call: Call, signal: TransferSignal, now: number, deadlines: CallDeadlines): Decided {
  const { transfer } = call;
  switch (signal.kind) {
    case 'hold':
      if (!talking(call, signal.agentId) || transfer !== null || (call.heldAt !== null) === signal.on)
        return same(call);
      return {
        call: { ...call, heldAt: signal.on ? now : null },
        happened: [{ kind: 'hold-changed', on: signal.on }],
      };
    case 'transfer':
      return talking(call, signal.from) && transfer === null ? asked(call, signal, now, deadlines) : same(call);
    case 'transfer-complete':
      if (transfer?.phase !== 'consulting' || !talking(call, signal.agentId)) return same(call);
      return transfer.agentId === null
        ? away(call, transfer, now, deadlines)
        : {
            call: step(call, transfer, 'returning', now, deadlines.helperMs),
            happened: [{ kind: 'helper-home-wanted', agentId: transfer.agentId }],
          };
    case 'transfer-cancel':
      return talking(call, signal.agentId) ? ended(call, signal.why, true, now, deadlines) : same(call);
    case 'helper-joined':
      if (transfer?.phase !== 'calling' || transfer.agentId !== signal.agentId) return same(call);
      return {
        call: step(call, transfer, 'consulting', now, deadlines.checkTalkMs),
        happened: [{ kind: 'helper-in', agentId: signal.agentId }],
      };
    case 'helper-home':
      if (transfer?.phase !== 'returning' || transfer.agentId !== signal.agentId || !talking(call, null))
        return same(call);
      return given(call, transfer, signal.agentId, now, deadlines);
    case 'helper-lost':
      return transfer?.agentId === signal.agentId ? ended(call, 'target-gone', false, now, deadlines) : same(call);
    case 'guest-known':
      return transfer !== null && transfer.number !== null && transfer.legId === null
        ? same({ ...call, transfer: { ...transfer, legId: signal.legId } })
        : same(call);
    case 'guest-answered': {
      if (transfer?.phase !== 'calling' || transfer.number === null || isOther(transfer, signal.legId))
        return same(call);
      const known = { ...transfer, legId: signal.legId };
      if (!transfer.consult) return away(call, known, now, deadlines);
      return {
        call: step(call, known, 'consulting', now, deadlines.checkTalkMs),
        happened: [{ kind: 'guest-in' }],
      };
    }
    case 'guest-over':
      if (transfer === null || transfer.agentId !== null || isOther(transfer, signal.legId)) return same(call);
      if (transfer.phase !== 'away') return ended(call, signal.why, false, now, deadlines);
      return now - transfer.since < TOO_SOON_MS ? fetchedBack(call, now) : same(call);
    case 'taken-over': {
      if (!talking(call, null) || transfer !== null || call.agentId === null) return same(call);
      const { legId } = signal;
      const from = call.agentId;
      const over: Transfer = { phase: 'away', from, agentId: null, number: null, consult: false, since: now, legId };
      const gone = away(call, over, now, deadlines);
      return { ...gone, happened: [{ kind: 'taken-over', by: signal.by }, ...gone.happened] };
    }
  }
}

function asked(
  call: Call,
  { from, to, consult }: Extract<TransferSignal, { kind: 'transfer' }>,
  now: number,
  deadlines: CallDeadlines,
): Decided {
  const hold: CallHappening[] = call.heldAt === null ? [{ kind: 'hold-changed', on: true }] : [];
  const blank: Transfer = { phase: 'calling', from, agentId: null, number: null, consult, since: now, legId: null };
  if (to.kind === 'number') {
    const transfer = { ...blank, number: to.number };
    const calling = step({ ...call, heldAt: call.heldAt ?? now }, transfer, 'calling', now, deadlines.guestRingMs);
    return { call: calling, happened: [...hold, { kind: 'guest-asked', number: to.number }] };
  }
  const transfer = { ...blank, agentId: to.agentId };
  if (!consult) return given(call, transfer, to.agentId, now, deadlines);
  const calling = step({ ...call, heldAt: call.heldAt ?? now }, transfer, 'calling', now, deadlines.helperMs);
  return { call: calling, happened: [...hold, { kind: 'helper-asked', agentId: to.agentId }] };
}

const step = (call: Call, transfer: Transfer, phase: Transfer['phase'], now: number, withinMs: number): Call => ({
  ...call,
  transfer: { ...transfer, phase, since: now },
  deadlineAt: now + withinMs,
});

/** The customer is sent to the colleague's room. */
function given(call: Call, transfer: Transfer, to: string, now: number, deadlines: CallDeadlines): Decided {
  const next = step(call, transfer, 'handing-over', now, deadlines.joinMs);
  const happened: CallHappening[] = [
    { kind: 'moved', to: 'reserved' },
    { kind: 'given', from: transfer.from, to },
  ];
  if (call.carrierCallId !== null) happened.push({ kind: 'present-again', carrierCallId: call.carrierCallId });
  return { call: { ...next, state: 'reserved', agentId: to, heldAt: null }, happened };
}

/** The colleague cannot be reached: the customer comes back to the agent they know. */
function givenBack(call: Call, transfer: Transfer, now: number, deadlines: CallDeadlines): Decided {
  const happened: CallHappening[] = [
    { kind: 'transfer-ended', why: 'target-gone' },
    { kind: 'given-back', from: transfer.agentId ?? '', to: transfer.from },
  ];
  if (call.carrierCallId !== null) happened.push({ kind: 'present-again', carrierCallId: call.carrierCallId });
  return {
    call: { ...call, state: 'reserved', agentId: transfer.from, transfer: null, deadlineAt: now + deadlines.joinMs },
    happened,
  };
}

/** Customer and guest keep the room, the agent leaves it. */
function away(call: Call, transfer: Transfer, now: number, deadlines: CallDeadlines): Decided {
  const next = step(call, transfer, 'away', now, deadlines.checkTalkMs);
  return {
    call: { ...next, closing: 'transferred', heldAt: null },
    happened: [
      { kind: 'moved-out', agentId: transfer.from },
      { kind: 'agent-freed', agentId: transfer.from, talked: true },
    ],
  };
}

/** The guest was gone before the customer had spoken to them: another agent is found. */
function fetchedBack(call: Call, now: number): Decided {
  const happened: CallHappening[] = [{ kind: 'moved', to: 'waiting' }];
  if (call.carrierCallId !== null) happened.push({ kind: 'present-again', carrierCallId: call.carrierCallId });
  const waiting: Call = { ...call, state: 'waiting', closing: null, agentId: null, transfer: null };
  return { call: { ...waiting, deadlineAt: now + TOO_SOON_MS }, happened };
}

/** The transfer comes to nothing before the customer has moved: the agent goes on with them. `home`: the helper is in the room. */
function ended(call: Call, why: TransferEnd, home: boolean, now: number, deadlines: CallDeadlines): Decided {
  const { transfer } = call;
  if (transfer === null || transfer.phase === 'handing-over' || transfer.phase === 'away') return same(call);
  return {
    call: { ...call, transfer: null, heldAt: null, deadlineAt: now + deadlines.checkTalkMs },
    happened: [
      { kind: 'transfer-ended', why },
      ...targetFreed(transfer, home),
      ...(call.heldAt === null ? [] : [{ kind: 'hold-changed', on: false } as const]),
    ],
  };
}

function targetFreed(transfer: Transfer, home: boolean): TransferHappening[] {
  if (transfer.agentId !== null) return [{ kind: 'helper-freed', agentId: transfer.agentId, home }];
  return transfer.legId !== null ? [{ kind: 'guest-dropped', legId: transfer.legId }] : [];
}

/** What the end of the call, or of the agent's part in it, means for whoever was asked to help. */
function unwound(call: Call, decided: Decided): Decided {
  const { transfer } = call;
  const after = decided.call;
  if (after === call) return decided;
  const isOver = after.state === 'ended' || after.closing !== null;
  const goesOn = after.agentId === call.agentId && !isOver;
  if (transfer === null || transfer.phase === 'away') {
    return goesOn && after.state === 'connected' ? decided : { ...decided, call: { ...after, heldAt: null } };
  }
  if (transfer.phase === 'handing-over') {
    if (after.state === 'connected' && !isOver && after.agentId !== null) {
      const over: CallHappening = { kind: 'given-over', from: transfer.from, to: after.agentId };
      return { call: { ...after, transfer: null }, happened: [...decided.happened, over] };
    }
    if (goesOn) return decided;
    // Nobody has the customer any more. The conversation was the giver's, if it is over; else the next agent's.
    const writes: CallHappening = isOver
      ? { kind: 'giver-writes', agentId: transfer.from }
      : { kind: 'helper-freed', agentId: transfer.from, home: false };
    return {
      call: { ...after, agentId: isOver ? transfer.from : after.agentId, transfer: null },
      happened: [...decided.happened, writes],
    };
  }
  if (goesOn) return decided;
  return {
    call: { ...after, transfer: null, heldAt: null },
    // A room that lost its agent is over, and its helper's leg goes home by itself: sent there twice it would leave once more.
    happened: [...decided.happened, ...targetFreed(transfer, isOver)],
  };
}

const isOther = (transfer: Transfer, legId: string): boolean => transfer.legId !== null && transfer.legId !== legId;

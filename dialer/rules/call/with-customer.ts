/** Signals of a call whose customer is on the line: joining and leaving the agent, detection, and giving up. */
import type { Call, CallDeadlines, CallHappening, CallSignal, Closing, Decided, Detection } from './types.ts';

const same = (call: Call): Decided => ({ call, happened: [] });

export function joined(call: Call, agentId: string, now: number, deadlines: CallDeadlines): Decided {
  if (call.state !== 'reserved' || call.agentId !== agentId || call.closing !== null) return same(call);
  const connected: Call = {
    ...call,
    state: 'connected',
    connectedAt: call.connectedAt ?? now,
    answeredAt: call.answeredAt ?? now,
    deadlineAt: now + deadlines.checkTalkMs,
  };
  return {
    call: connected,
    happened: [
      { kind: 'moved', to: 'connected' },
      { kind: 'connected', agentId },
    ],
  };
}

/** The customer is no longer in the room: the conversation is over, whatever the leg does from here on. */
export function left(call: Call, agentId: string, now: number, deadlines: CallDeadlines): Decided {
  if (call.state !== 'connected' || call.agentId !== agentId || call.closing !== null) return same(call);
  return freed({ ...call, closing: 'hung-up', deadlineAt: now + deadlines.closingMs }, agentId, true);
}

/** The customer waits again: another agent is found, or nobody is free in time. */
export function agentLost(call: Call, signal: Extract<CallSignal, { kind: 'agent-lost' }>, now: number): Decided {
  const { agentId, presentWithinMs, redirect } = signal;
  if (call.agentId !== agentId || call.closing !== null) return same(call);
  const without: Call = { ...call, agentId: null };
  if (call.state === 'reserved' || call.state === 'connected') {
    const waiting: Call = { ...without, state: 'waiting', deadlineAt: now + presentWithinMs };
    const happened: CallHappening[] = [
      { kind: 'moved', to: 'waiting' },
      { kind: 'agent-freed', agentId, talked: false },
    ];
    if (redirect && call.carrierCallId !== null)
      happened.push({ kind: 'present-again', carrierCallId: call.carrierCallId });
    return { call: waiting, happened };
  }
  // Not answered yet: dialled for this agent, and open to all from now on.
  return { call: without, happened: [{ kind: 'agent-freed', agentId, talked: false }] };
}

/** The agent's word wins over the machine's; the first verdict counts; `unknown` is treated as a person. */
export function detected(
  call: Call,
  detection: Detection,
  connectMachines: boolean,
  now: number,
  deadlines: CallDeadlines,
): Decided {
  if (call.detection !== null && call.detection !== 'unknown') return same(call);
  if (call.detection === detection) return same(call);
  const known: Call = { ...call, detection };
  const machine = detection === 'machine' || detection === 'fax';
  if (!machine || connectMachines || call.closing !== null) return same(known);
  return close(known, 'machine', now, deadlines, false);
}

/** The grace after the answer is over and nobody was free: the customer hears who called, and is counted. */
export function nobodyFree(call: Call, now: number, deadlines: CallDeadlines): Decided {
  if ((call.state !== 'waiting' && call.state !== 'answered') || call.closing !== null) return same(call);
  // Somebody did talk to this customer, and was lost: not an abandoned call.
  if (call.connectedAt !== null) {
    return { call: { ...call, closing: 'agent-lost', deadlineAt: now + deadlines.closingMs }, happened: [] };
  }
  return {
    call: {
      ...call,
      closing: 'abandoned',
      abandonedAt: call.abandonedAt ?? now,
      deadlineAt: now + deadlines.closingMs,
    },
    happened: [{ kind: 'abandoned' }],
  };
}

export function closeCall(call: Call, why: 'canceled' | 'hung-up', now: number, deadlines: CallDeadlines): Decided {
  if (call.closing !== null) return same(call);
  return close(call, why, now, deadlines, call.state === 'connected');
}

function close(call: Call, why: Closing, now: number, deadlines: CallDeadlines, talked: boolean): Decided {
  const closing: Call = { ...call, closing: why, deadlineAt: now + deadlines.closingMs };
  const hangUp: CallHappening[] =
    call.carrierCallId === null ? [] : [{ kind: 'hang-up', carrierCallId: call.carrierCallId }];
  if (call.agentId === null) return { call: closing, happened: hangUp };
  return { call: closing, happened: [{ kind: 'agent-freed', agentId: call.agentId, talked }, ...hangUp] };
}

function freed(call: Call, agentId: string, talked: boolean): Decided {
  return { call, happened: [{ kind: 'agent-freed', agentId, talked }] };
}

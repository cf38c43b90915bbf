/** A past shift, played by the phone-network model in virtual time, as facts: who was called, what came of it, where every agent's time went. */
import { createPolicy } from '../../rules/pacing/index.ts';
import { ordinaryNetwork } from '../../simulation/network-model.ts';
import { createPhoneNetwork, type SeededNetwork } from '../../simulation/phone-network.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import { ordinaryCrew } from '../../simulation/scenarios.ts';
import { runShift } from '../../simulation/shift.ts';

export type PastCall = {
  placedAt: number;
  ringingAt: number | null;
  answeredAt: number | null;
  connectedAt: number | null;
  endedAt: number;
  /** The agent's place in the crew. */
  agent: number | null;
  outcome: PastOutcome;
  byMachine: boolean;
  decision: number;
};
/** What the dialler calls them. */
export type PastOutcome =
  | 'connected'
  | 'abandoned'
  | 'customer-hung-up'
  | 'busy'
  | 'no-answer'
  | 'invalid'
  | 'machine'
  | 'failed'
  | 'canceled';
export type PastInterval = {
  agent: number;
  presence: 'signed-in' | 'on-break';
  activity: 'none' | 'ready' | 'talking' | 'wrap-up';
  call: number | null;
  from: number;
  to: number;
};
export type PastDecision = { at: number; placed: number; why: string };
export type PastShift = { calls: PastCall[]; intervals: PastInterval[]; decisions: PastDecision[] };

export type PastShiftPlan = {
  agents: number;
  minutes: number;
  startAt: number;
  seed: number;
  band: { min: number; max: number };
  maxAbandonRate: number;
  /** The model's talk length as the recordings at hand allow it; ms in, ms out. */
  roundTalk: (ms: number) => number;
};

function network(seed: number, roundTalk: (ms: number) => number): SeededNetwork {
  const inner = createPhoneNetwork({
    seed,
    phases: [{ from: 0, model: { ...ordinaryNetwork, talk: { kind: 'real-calls' } } }],
  });
  return {
    ...inner,
    plan(call) {
      const plan = inner.plan(call);
      if (plan.fate.kind !== 'person') return plan;
      const person = { ...plan.fate.person, talkMs: roundTalk(plan.fate.person.talkMs) };
      return { ...plan, fate: { ...plan.fate, person } };
    },
  };
}

export function playPastShift(plan: PastShiftPlan): PastShift {
  const scenario: Scenario = {
    name: 'past',
    about: 'a past shift of the demonstration',
    agents: plan.agents,
    startHour: 9,
    shiftMinutes: plan.minutes,
    days: 1,
    stopBeforeEndMs: 45_000,
    maxAbandonRate: plan.maxAbandonRate,
    abandonWithinMs: 2_000,
    targetUtilization: plan.band,
    ringTimeoutMs: 25_000,
    network: ordinaryNetwork,
    changes: [],
    crew: {
      ...ordinaryCrew,
      speedSpread: 0,
      breaks: [{ atMinute: plan.minutes / 2, minutes: 5, share: 0.75, waves: 2, spreadMinutes: 4 }],
    },
  };
  const calls = new Map<number, PastCall>();
  const intervals: PastInterval[] = [];
  const open = new Map<number, PastInterval>();
  const decisions: PastDecision[] = [];
  let shift: number | null = null;
  // The simulator has a calendar of its own: its first event is the shift's start.
  const at = (time: number) => {
    shift ??= plan.startAt - time;
    return time + shift;
  };

  runShift({
    scenario,
    seed: plan.seed,
    policy: createPolicy,
    network: network(plan.seed, plan.roundTalk),
    onDecision(now, _asked, placed, why) {
      if (placed > 0) decisions.push({ at: at(now), placed, why: why ?? '' });
    },
    onEvent(event) {
      const time = at(event.time);
      switch (event.type) {
        case 'agent': {
          const agent = Number(event.agentId);
          const before = open.get(agent);
          if (before !== undefined && time > before.from) intervals.push({ ...before, to: time });
          const next = stateOf(event.state);
          if (next === null) open.delete(agent);
          else
            open.set(agent, {
              agent,
              ...next,
              call: event.callId === undefined ? null : Number(event.callId),
              from: time,
              to: time,
            });
          return;
        }
        case 'placed':
          calls.set(Number(event.callId), {
            placedAt: time,
            ringingAt: null,
            answeredAt: null,
            connectedAt: null,
            endedAt: time,
            agent: null,
            outcome: 'no-answer',
            byMachine: false,
            decision: decisions.length,
          });
          return;
        case 'ringing':
          change(event.callId, { ringingAt: time });
          return;
        case 'pickup':
          change(event.callId, { answeredAt: time });
          return;
        case 'answered':
          change(event.callId, { byMachine: event.by === 'machine' });
          return;
        case 'connected':
          change(event.callId, { connectedAt: time, agent: Number(event.agentId), outcome: 'connected' });
          return;
        case 'abandoned':
          change(event.callId, { outcome: event.reason === 'no-agent' ? 'abandoned' : 'customer-hung-up' });
          return;
        case 'ended': {
          const before = calls.get(Number(event.callId));
          const decided = before?.outcome === 'abandoned' || before?.outcome === 'customer-hung-up';
          const outcome = event.reason === 'completed' ? 'connected' : event.reason;
          change(event.callId, { endedAt: time, ...(decided ? {} : { outcome }) });
          return;
        }
        case 'agent-leaving':
          return;
      }
    },
  });
  return { calls: [...calls.values()], intervals, decisions };

  function change(id: number | string, to: Partial<PastCall>): void {
    const call = calls.get(Number(id));
    if (call !== undefined) calls.set(Number(id), { ...call, ...to });
  }
}

function stateOf(
  state: 'offline' | 'away' | 'ready' | 'talking' | 'wrapup',
): Pick<PastInterval, 'presence' | 'activity'> | null {
  switch (state) {
    case 'offline':
      return null;
    case 'away':
      return { presence: 'on-break', activity: 'none' };
    case 'ready':
      return { presence: 'signed-in', activity: 'ready' };
    case 'talking':
      return { presence: 'signed-in', activity: 'talking' };
    case 'wrapup':
      return { presence: 'signed-in', activity: 'wrap-up' };
  }
}

/**
 * What a pacer knows of its campaign, and the events that rows which changed mean to a policy. Rows are compared with
 * what was seen before, so a lost announcement costs delay and a repeated one nothing.
 */
import type { PacedCall, PacedDesk } from '../../ports/pacing.ts';
import type { AgentState, PacingEvent } from '../../rules/pacing/policy.ts';
import { blankCall, endReason, partyOf } from './paced-call.ts';
import { type Counts, countsOf, type SeenCall, type SeenDesk } from './seen.ts';

export type { Counts } from './seen.ts';

export type Picture = {
  /** A call that was just claimed: it counts at once. */
  placed(attemptId: string, now: number, chance: number | undefined): PacingEvent;
  /** `complete`: these are all live calls, so what is missing is over. */
  observe(calls: PacedCall[], desks: PacedDesk[], now: number): PacingEvent[];
  /** Everything as it is now, for a policy that starts in the middle. */
  replay(now: number): PacingEvent[];
  knownCalls(): string[];
  knownDesks(): string[];
  counts(): Counts;
  /** Those of these who are ready are kept for calls of their own: a policy hears that they are away, and reckons without them. */
  setAside(agentIds: readonly string[], now: number): PacingEvent[];
  /** Whom the pool has not taken meanwhile is ready again. */
  letBack(now: number): PacingEvent[];
  /** Who is ready and not set aside; who is set aside. */
  readyDesks(): string[];
  asideDesks(): string[];
  /** Agents who are free but suspended from selling: there for calls of their own that quality asks for. */
  suspended(): string[];
};

export function createPicture(campaignId: string): Picture {
  const calls = new Map<string, SeenCall>();
  const desks = new Map<string, SeenDesk>();
  const aside = new Set<string>();
  /** Calls that are over and of which their agent may still say that it was a machine, with that agent. */
  const unsaid = new Map<string, string>();
  let latest = 0;

  /** Policies are told in time order; a row that was written late is told as of now. */
  const inOrder = (events: PacingEvent[]): PacingEvent[] => {
    events.sort((a, b) => a.time - b.time);
    return events.map((event) => {
      latest = Math.max(latest, event.time);
      return { ...event, time: latest };
    });
  };

  function callEvents(row: PacedCall, now: number): PacingEvent[] {
    const events: PacingEvent[] = [];
    const callId = row.attemptId;
    let seen = calls.get(callId);
    if (seen === undefined) {
      if (row.state === 'ended') return partySaid(row, now);
      seen = {
        row,
        bound: row.agentId !== null && row.answeredAt === null,
        ringing: false,
        answered: false,
        connectedTo: null,
        abandoned: false,
      };
      calls.set(callId, seen);
      if (!seen.bound) events.push({ type: 'placed', time: row.intendedAt, callId });
    }
    seen.row = row;
    if (seen.bound) {
      // Its agent was lost before the answer: from now on it is a call of the pool.
      if (row.agentId === null && row.state !== 'ended') {
        seen.bound = false;
        events.push({ type: 'placed', time: now, callId });
      } else {
        if (row.state === 'ended') calls.delete(callId);
        return events;
      }
    }
    if (row.ringingAt !== null && !seen.ringing) {
      seen.ringing = true;
      events.push({ type: 'ringing', time: row.ringingAt, callId });
    }
    const answeredAt = row.answeredAt;
    if (answeredAt !== null && !seen.answered) {
      seen.answered = true;
      // The customer is presented at the answer; detection listens beside and may end the call later.
      const by =
        row.detection === 'human' ? 'live' : row.closing === 'machine' && row.agentId === null ? 'machine' : 'unknown';
      events.push({ type: 'answered', time: answeredAt, callId, by });
    }
    if (row.agentId !== null && seen.connectedTo !== row.agentId) {
      seen.connectedTo = row.agentId;
      events.push({ type: 'connected', time: row.connectedAt ?? now, callId, agentId: row.agentId });
    }
    if (row.abandonedAt !== null && !seen.abandoned) {
      seen.abandoned = true;
      const waitedMs = Math.max(0, row.abandonedAt - (answeredAt ?? row.abandonedAt));
      events.push({ type: 'abandoned', time: row.abandonedAt, callId, waitedMs, reason: 'no-agent' });
    }
    if (row.state === 'ended') {
      const time = row.endedAt ?? now;
      const alone =
        answeredAt !== null && row.outcome === 'customer-hung-up' && seen.connectedTo === null && !seen.abandoned;
      if (alone)
        events.push({
          type: 'abandoned',
          time,
          callId,
          waitedMs: Math.max(0, time - (answeredAt ?? time)),
          reason: 'caller-hangup',
        });
      const agent = seen.connectedTo === null ? {} : { agentId: seen.connectedTo };
      const party = partyOf(row);
      if (party === undefined && seen.connectedTo !== null && row.outcomeAt === null)
        unsaid.set(callId, seen.connectedTo);
      const reason = alone ? 'abandoned' : endReason(row.outcome);
      events.push({ type: 'ended', time, callId, reason, ...agent, ...(party === undefined ? {} : { party }) });
      calls.delete(callId);
    }
    return events;
  }

  /** What is said of a call after its end is told as its end again; also of one that ended while somebody else paced. */
  function partySaid(row: PacedCall, now: number): PacingEvent[] {
    const party = partyOf(row);
    const agentId = unsaid.get(row.attemptId) ?? (row.fromPool && row.connectedAt !== null ? row.agentId : null);
    if (party !== undefined || row.outcomeAt !== null) unsaid.delete(row.attemptId);
    if (party === undefined || agentId === null) return [];
    const said: PacingEvent = {
      type: 'ended',
      time: row.outcomeAt ?? now,
      callId: row.attemptId,
      reason: endReason(row.outcome),
    };
    return [{ ...said, agentId, party }];
  }

  function deskEvents(row: PacedDesk, now: number): PacingEvent[] {
    const before = desks.get(row.userId);
    const agentId = row.userId;
    const real = stateOf(row);
    if (real !== 'ready') aside.delete(agentId);
    const state = aside.has(agentId) ? 'away' : real;
    const callId = state === 'talking' ? row.attemptId : null;
    if (state === 'offline') {
      if (before === undefined) return [];
      desks.delete(agentId);
      return [{ type: 'agent', time: now, agentId, state }];
    }
    const leaving = row.leaving || !row.maySell;
    const suspended = row.activity === 'ready' && row.presence === 'signed-in' && !row.maySell;
    desks.set(agentId, { state, since: row.since, callId, leaving, suspended });
    const events: PacingEvent[] = [];
    if (before?.state !== state || before.callId !== callId) {
      events.push({ type: 'agent', time: row.since, agentId, state, ...(callId === null ? {} : { callId }) });
    }
    // Who is away has left already; a policy forgets it when they come, and is told again with their next call.
    const told = before?.leaving === true && before.state !== 'away';
    if (leaving && state !== 'away' && !told) events.push({ type: 'agent-leaving', time: now, agentId });
    return events;
  }

  function stateOf(row: PacedDesk): AgentState {
    if (row.campaignId !== campaignId || row.presence === 'signed-out') return 'offline';
    if (row.presence === 'on-break') return 'away';
    switch (row.activity) {
      case 'none':
        return 'away';
      case 'ready':
        return row.maySell ? 'ready' : 'away';
      case 'reserved':
      case 'ringing': {
        // On the way to a customer of the pool; or taken out of the pool for a call of their own.
        const call = row.attemptId === null ? undefined : calls.get(row.attemptId);
        return call !== undefined && !call.bound ? 'talking' : 'away';
      }
      case 'talking':
        return 'talking';
      case 'wrap-up':
        return 'wrapup';
    }
  }

  return {
    placed(attemptId, now, chance) {
      const row: PacedCall = { ...blankCall, attemptId, intendedAt: now };
      calls.set(attemptId, { row, bound: false, ringing: false, answered: false, connectedTo: null, abandoned: false });
      latest = Math.max(latest, now);
      return { type: 'placed', time: latest, callId: attemptId, ...(chance === undefined ? {} : { chance }) };
    },

    observe(callRows, deskRows, now) {
      // Calls first: a desk's state depends on whose call it has.
      const events = callRows.flatMap((row) => callEvents(row, now));
      return inOrder([...events, ...deskRows.flatMap((row) => deskEvents(row, now))]);
    },

    replay(now) {
      const events: PacingEvent[] = [];
      for (const [callId, { row, bound, ringing, answered, connectedTo, abandoned }] of calls) {
        // What came of these was counted by whoever paced before; of a talk the desk says since when it lasts.
        if (bound || connectedTo !== null || abandoned) continue;
        events.push({ type: 'placed', time: row.intendedAt, callId });
        if (ringing) events.push({ type: 'ringing', time: row.ringingAt ?? now, callId });
        if (answered) events.push({ type: 'answered', time: row.answeredAt ?? now, callId, by: 'unknown' });
      }
      for (const [agentId, { state, since, callId, leaving }] of desks) {
        events.push({ type: 'agent', time: now, since, agentId, state, ...(callId === null ? {} : { callId }) });
        if (leaving) events.push({ type: 'agent-leaving', time: now, agentId });
      }
      latest = 0;
      return inOrder(events);
    },

    knownCalls: () => [...calls.keys(), ...unsaid.keys()],
    knownDesks: () => [...desks.keys()],

    setAside: (agentIds, now) =>
      inOrder(
        agentIds.flatMap((agentId) => {
          const desk = desks.get(agentId);
          if (desk?.state !== 'ready') return [];
          aside.add(agentId);
          desk.state = 'away';
          return [{ type: 'agent', time: now, agentId, state: 'away' }];
        }),
      ),

    letBack(now) {
      const events = [...aside].flatMap((agentId): PacingEvent[] => {
        const desk = desks.get(agentId);
        if (desk === undefined) return [];
        desk.state = 'ready';
        return [{ type: 'agent', time: now, since: desk.since, agentId, state: 'ready' }];
      });
      aside.clear();
      return inOrder(events);
    },

    readyDesks: () => [...desks].flatMap(([agentId, { state }]) => (state === 'ready' ? [agentId] : [])),
    asideDesks: () => [...aside],

    suspended: () => [...desks].flatMap(([agentId, { suspended }]) => (suspended ? [agentId] : [])),

    counts: () => countsOf(calls.values(), desks, aside),
  };
}

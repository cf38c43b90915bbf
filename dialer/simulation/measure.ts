import type { AgentState, PacingEvent } from '../rules/pacing/policy.ts';
import type { Faults } from './placement-limits.ts';
import type { Roster } from './roster.ts';
import type { Scenario } from './scenario.ts';

/** What one run came to. Times in milliseconds; the series have one entry a minute from the first shift's start. */
export type Measure = {
  signedInMs: number;
  readyMs: number;
  talkMs: number;
  wrapUpMs: number;
  byAgent: { signedInMs: number; talkMs: number; wrapUpMs: number }[];
  placed: number;
  connected: number;
  abandoned: number;
  /** People whom detection took for machines or who hung up while it listened: never presented. */
  lostToDetection: number;
  conversations: number;
  accepted: number;
  /** Answer-to-agent delays counted in steps of `delayStepMs`. */
  delays: Float64Array;
  minutes: MinuteSeries;
  faults: Faults;
};

export type MinuteSeries = {
  signedIn: Float64Array;
  talk: Float64Array;
  wrapUp: Float64Array;
  presented: Float64Array;
  abandoned: Float64Array;
  placed: Float64Array;
  /** 1 for minutes that lie wholly inside a shift: what comes after it is the last talks running out. */
  onShift: Float64Array;
};

/** Sees the run's events, and what events do not say. */
export type Meter = ReturnType<typeof createMeter>;

export const delayStepMs = 50;
const delaySteps = 400;
const minuteMs = 60_000;

type Seat = { state: AgentState; since: number; signedInMs: number; talkMs: number; wrapUpMs: number };

/** Adds up a run from its own events, so that what is reported is what the policy saw. */
export function createMeter(scenario: Scenario, roster: Roster) {
  const start = roster.shifts[0]?.from ?? 0;
  const lastEnd = roster.shifts[roster.shifts.length - 1]?.until ?? start;
  // Talks run over the end of the shift; an hour more holds all but the oddest, which go into the last minute.
  const length = Math.ceil((lastEnd - start) / minuteMs) + 60;
  const series = (): Float64Array => new Float64Array(length);
  const minutes: MinuteSeries = {
    signedIn: series(),
    talk: series(),
    wrapUp: series(),
    presented: series(),
    abandoned: series(),
    placed: series(),
    onShift: series().map((_, i) => Number(isOnShift(roster, start + i * minuteMs))),
  };
  const seats: Seat[] = Array.from({ length: scenario.agents }, () => ({
    state: 'offline',
    since: start,
    signedInMs: 0,
    talkMs: 0,
    wrapUpMs: 0,
  }));
  const delays = new Float64Array(delaySteps);
  const count = { placed: 0, connected: 0, abandoned: 0, lost: 0, conversations: 0, accepted: 0 };
  let signedIn = 0;
  let talking = 0;
  let wrapping = 0;
  let clock = start;

  const minuteOf = (time: number): number => Math.min(length - 1, Math.max(0, Math.floor((time - start) / minuteMs)));

  const add = (target: Float64Array, i: number, value: number): void => {
    target[i] = (target[i] ?? 0) + value;
  };

  /** Integrates the team's state up to `now`, minute by minute. */
  const advance = (now: number): void => {
    while (clock < now) {
      const i = minuteOf(clock);
      const edge = i === length - 1 ? now : Math.min(now, start + (i + 1) * minuteMs);
      if (signedIn > 0) {
        add(minutes.signedIn, i, signedIn * (edge - clock));
        add(minutes.talk, i, talking * (edge - clock));
        add(minutes.wrapUp, i, wrapping * (edge - clock));
        clock = edge;
      } else {
        clock = now;
      }
    }
  };

  const changeState = (agentId: number | string, state: AgentState, now: number): void => {
    const seat = seats[Number(agentId)];
    if (seat === undefined) return;
    advance(now);
    const span = now - seat.since;
    if (isSignedIn(seat.state)) seat.signedInMs += span;
    if (seat.state === 'talking') seat.talkMs += span;
    if (seat.state === 'wrapup') seat.wrapUpMs += span;
    signedIn += Number(isSignedIn(state)) - Number(isSignedIn(seat.state));
    talking += Number(state === 'talking') - Number(seat.state === 'talking');
    wrapping += Number(state === 'wrapup') - Number(seat.state === 'wrapup');
    seat.state = state;
    seat.since = now;
  };

  const observe = (event: PacingEvent): void => {
    switch (event.type) {
      case 'agent':
        changeState(event.agentId, event.state, event.time);
        return;
      case 'placed':
        count.placed++;
        add(minutes.placed, minuteOf(event.time), 1);
        return;
      case 'connected':
        count.connected++;
        add(minutes.presented, minuteOf(event.time), 1);
        return;
      case 'abandoned':
        count.abandoned++;
        add(minutes.presented, minuteOf(event.time), 1);
        add(minutes.abandoned, minuteOf(event.time), 1);
        return;
      case 'agent-leaving':
      case 'ringing':
      case 'pickup':
      case 'answered':
      case 'ended':
        return;
    }
  };

  return {
    observe,
    answered(delayMs: number): void {
      add(delays, Math.min(delaySteps - 1, Math.floor(delayMs / delayStepMs)), 1);
    },
    talked(accepts: boolean): void {
      count.conversations++;
      if (accepts) count.accepted++;
    },
    lostToDetection(): void {
      count.lost++;
    },
    finish(now: number, faults: Faults): Measure {
      for (const [i, seat] of seats.entries()) changeState(i, seat.state, now);
      const total = (pick: (seat: Seat) => number): number => seats.reduce((sum, seat) => sum + pick(seat), 0);
      const signedInMs = total((seat) => seat.signedInMs);
      const talkMs = total((seat) => seat.talkMs);
      const wrapUpMs = total((seat) => seat.wrapUpMs);
      return {
        signedInMs,
        talkMs,
        wrapUpMs,
        readyMs: signedInMs - talkMs - wrapUpMs,
        byAgent: seats.map((seat) => ({ signedInMs: seat.signedInMs, talkMs: seat.talkMs, wrapUpMs: seat.wrapUpMs })),
        placed: count.placed,
        connected: count.connected,
        abandoned: count.abandoned,
        lostToDetection: count.lost,
        conversations: count.conversations,
        accepted: count.accepted,
        delays,
        minutes,
        faults,
      };
    },
  };
}

function isOnShift({ shifts }: Roster, minute: number): boolean {
  return shifts.some(({ from, until }) => minute >= from && minute + minuteMs <= until);
}

function isSignedIn(state: AgentState): boolean {
  return state === 'ready' || state === 'talking' || state === 'wrapup';
}

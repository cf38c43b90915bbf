import { describe, expect, it } from 'vitest';
import { Floor } from '../../../dialer/rules/pacing/floor/floor.ts';
import type { PacingEvent } from '../../../dialer/rules/pacing/policy.ts';

const desks: PacingEvent[] = [1, 2, 3].map((agentId) => ({ type: 'agent', time: 0, agentId, state: 'ready' }));
const reached: PacingEvent[] = [
  { type: 'placed', time: 0, callId: 'a' },
  { type: 'placed', time: 0, callId: 'b' },
  { type: 'answered', time: 8_000, callId: 'a', by: 'live' },
];
const connected: PacingEvent = { type: 'connected', time: 8_000, callId: 'a', agentId: 2 };
const over: PacingEvent = { type: 'ended', time: 60_000, callId: 'a', reason: 'completed' };

function states(events: readonly PacingEvent[]): Record<string, string> {
  const floor = new Floor({ ringMs: 25_000, graceMs: 2_000 }, () => {});
  for (const event of events) floor.observe(event);
  return Object.fromEntries(Array.from(floor.agents.values(), ({ id, state }) => [id, state]));
}

describe('a presented call of which nothing more is heard', () => {
  const later: PacingEvent = { type: 'placed', time: 20_000, callId: 'z' };

  it('was connected to the agent who had rested longest: else it would have been abandoned, and that is told', () => {
    expect(states([...desks, ...reached, later])).toEqual({ 1: 'talking', 2: 'ready', 3: 'ready' });
    expect(states([...desks, ...reached, later, { ...over, agentId: 1 }])).toMatchObject({ 1: 'wrapup' });
  });

  it('was connected where it ends as a conversation does', () => {
    const facts: string[] = [];
    const floor = new Floor({ ringMs: 25_000, graceMs: 2_000 }, ({ fact }) => facts.push(fact));
    for (const event of [...desks, ...reached, { ...over, time: 12_000 }]) floor.observe(event);
    expect(facts).toEqual(['placed', 'placed', 'resolved', 'connected']);
  });

  it('is forgotten where nobody was ready for it', () => {
    const busy: PacingEvent[] = [1, 2, 3].map((agentId) => ({ type: 'agent', time: 0, agentId, state: 'wrapup' }));
    expect(states([...busy, ...reached, later])).toEqual({ 1: 'wrapup', 2: 'wrapup', 3: 'wrapup' });
  });
});

describe('a host that never tells of placing', () => {
  const heard: PacingEvent[] = [
    { type: 'ringing', time: 3_000, callId: 'a' },
    { type: 'ringing', time: 3_000, callId: 'b' },
    { type: 'answered', time: 8_000, callId: 'c', by: 'live' },
  ];
  const callsOf = (events: readonly PacingEvent[]): unknown[] => {
    const floor = new Floor({ ringMs: 25_000, graceMs: 2_000 }, () => {});
    for (const event of events) floor.observe(event);
    return [...floor.calls.keys()];
  };

  it('tells of a call by the first that happens to it', () => {
    expect(callsOf([...desks, ...heard])).toEqual(['a', 'b', 'c']);
    expect(callsOf([...desks, ...heard, { type: 'ended', time: 9_000, callId: 'a', reason: 'busy' }])).toHaveLength(2);
  });

  it('is another one: who tells of placing tells of late and doubled events of calls that are over', () => {
    expect(callsOf([...desks, ...reached, ...heard])).toEqual(['a', 'b']);
  });
});

describe('who writes up when a call ends and nobody is named', () => {
  const talks = (callId?: string): PacingEvent => ({
    ...{ type: 'agent', time: 8_000, agentId: 2, state: 'talking' },
    ...(callId === undefined ? {} : { callId }),
  });

  it.each<[string, PacingEvent[]]>([
    ['was connected', [connected]],
    ['was connected, and said to talk', [connected, talks('a')]],
    ['was said to talk, then connected', [talks(), connected]],
    ['was said to talk on it', [talks('a')]],
  ])('is who %s', (_, events) => {
    expect(states([...desks, ...reached, ...events])).toEqual({ 1: 'ready', 2: 'talking', 3: 'ready' });
    expect(states([...desks, ...reached, ...events, over])).toEqual({ 1: 'ready', 2: 'wrapup', 3: 'ready' });
  });

  it('is nobody where another call ends, or the agent has gone on', () => {
    const other: PacingEvent = { ...over, callId: 'b', reason: 'no-answer' };
    expect(states([...desks, ...reached, connected, other])).toMatchObject({ 2: 'talking' });
    const onward: PacingEvent = { type: 'agent', time: 59_000, agentId: 2, state: 'ready' };
    expect(states([...desks, ...reached, connected, onward, over])).toMatchObject({ 2: 'ready' });
  });
});

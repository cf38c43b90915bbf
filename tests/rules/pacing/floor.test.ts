import { describe, expect, it } from 'vitest';
import { Floor } from '../../../dialer/rules/pacing/floor.ts';
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

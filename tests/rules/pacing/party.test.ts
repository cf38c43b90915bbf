import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Floor } from '../../../dialer/rules/pacing/floor/floor.ts';
import type { Fact } from '../../../dialer/rules/pacing/floor/floor-rows.ts';
import type { PacingEvent } from '../../../dialer/rules/pacing/policy.ts';

type Ended = Extract<PacingEvent, { type: 'ended' }>;

function factsOf(events: readonly PacingEvent[]) {
  const facts: Fact[] = [];
  const floor = new Floor({ ringMs: 25_000, graceMs: 2_000 }, (fact) => facts.push(structuredClone(fact)));
  for (const event of events) floor.observe(event);
  const { ready, talking, wrapup, calls } = floor;
  const parties = facts.flatMap((fact) => (fact.fact === 'party' ? [[fact.callId, fact.party]] : []));
  return {
    parties,
    others: facts.filter(({ fact }) => fact !== 'party'),
    state: { ready, talking, wrapup, calls: calls.size },
  };
}

/** One agent takes one call after the other; how and when the party of each becomes known is drawn. */
const told = fc.record({
  party: fc.constantFrom('human' as const, 'machine' as const),
  how: fc.constantFrom('at the end', 'later', 'both', 'never'),
  repeats: fc.nat(2),
});
const shift = fc.array(told, { maxLength: 12 });

function course(calls: readonly (typeof told extends fc.Arbitrary<infer T> ? T : never)[]): PacingEvent[] {
  return calls.flatMap(({ party, how, repeats }, index): PacingEvent[] => {
    const time = index * 100_000;
    const of = { callId: `c${index}`, agentId: 1 };
    const end: Ended = { type: 'ended', time: time + 60_000, ...of, reason: 'completed' };
    const late: Ended = { ...end, time: time + 80_000 };
    return [
      { type: 'agent', time, agentId: 1, state: 'ready' },
      { type: 'placed', time, callId: of.callId },
      { type: 'answered', time: time + 20_000, callId: of.callId, by: 'unknown' },
      { type: 'connected', time: time + 20_000, ...of },
      { type: 'agent', time: time + 20_000, agentId: 1, state: 'talking', callId: of.callId },
      how === 'at the end' || how === 'both' ? { ...end, party } : end,
      { type: 'agent', time: time + 60_000, agentId: 1, state: 'wrapup' },
      ...(how === 'later' || how === 'both' ? [{ ...late, party }] : []),
      // The agent is long on another call when the repeats come.
      ...Array.from({ length: repeats }, () => (how === 'never' ? late : { ...late, party })),
    ];
  });
}

describe('who was on a presented call', () => {
  it('is told once, whenever it becomes known, and telling it changes nothing else', () => {
    fc.assert(
      fc.property(shift, (calls) => {
        const events = course(calls);
        const { parties, others, state } = factsOf(events);
        expect(parties).toEqual(calls.flatMap(({ party, how }, i) => (how === 'never' ? [] : [[`c${i}`, party]])));
        const silent = factsOf(
          events.map((event): PacingEvent => {
            if (event.type !== 'ended') return event;
            const { party: _, ...end } = event;
            return end;
          }),
        );
        expect(others).toEqual(silent.others);
        expect(state).toEqual(silent.state);
      }),
    );
  });

  it('is told once however its telling is doubled and however late it comes', () => {
    const positions = fc.array(fc.nat(1_000), { maxLength: 20 });
    fc.assert(
      fc.property(shift, positions, (calls, at) => {
        const events = course(calls);
        const ends = events.filter((event): event is Ended => event.type === 'ended' && event.party !== undefined);
        const doubled = [...events];
        for (const [i, position] of at.entries()) {
          const end = ends[i % Math.max(1, ends.length)];
          const original = end === undefined ? -1 : doubled.indexOf(end);
          if (end === undefined) continue;
          const room = doubled.length - original;
          const slot = original + 1 + (position % room);
          doubled.splice(slot, 0, { ...end, time: doubled[slot - 1]?.time ?? end.time });
        }
        const once = factsOf(events);
        const twice = factsOf(doubled);
        expect(twice.parties).toEqual(once.parties);
        expect(twice.others).toEqual(once.others);
        expect(twice.state).toEqual(once.state);
      }),
    );
  });

  it('is taken also of a call that a policy before this one had', () => {
    const end: Ended = { type: 'ended', time: 5, callId: 'x', agentId: 1, reason: 'completed', party: 'machine' };
    expect(factsOf([end, end]).parties).toEqual([['x', 'machine']]);
  });

  it.each<{ name: string; events: PacingEvent[] }>([
    {
      name: 'a machine that the detection kept from the pool',
      events: [{ type: 'ended', time: 9, callId: 1, reason: 'machine', party: 'machine' }],
    },
    {
      name: 'a call whose agent nobody had told of',
      events: [
        { type: 'ended', time: 9, callId: 1, agentId: 1, reason: 'machine', party: 'machine' },
        { type: 'ended', time: 9, callId: 1, agentId: 1, reason: 'machine', party: 'machine' },
      ],
    },
    {
      name: 'an end that says nothing of it',
      events: [{ type: 'ended', time: 9, callId: 1, agentId: 1, reason: 'completed' }],
    },
  ])('is not taken of $name', ({ events }) => {
    const { parties } = factsOf([
      { type: 'placed', time: 0, callId: 1 },
      { type: 'ringing', time: 3, callId: 1 },
      ...events,
    ]);
    expect(parties).toEqual([]);
  });

  it('is remembered of as many calls as agents may be writing up, and of no more', () => {
    const facts: Fact[] = [];
    const floor = new Floor({ ringMs: 25_000, graceMs: 2_000 }, (fact) => facts.push(fact));
    const say = (callId: number): void =>
      floor.observe({ type: 'ended', time: 0, callId, agentId: 1, reason: 'completed', party: 'human' });
    for (let callId = 0; callId < 20_001; callId++) say(callId);
    say(1);
    expect(facts).toHaveLength(20_001);
    say(0);
    expect(facts).toHaveLength(20_002);
  });
});

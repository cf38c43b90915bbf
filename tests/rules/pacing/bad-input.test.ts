import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PacingConfig, type PacingEvent, policies } from '../../../dialer/rules/pacing/index.ts';

const anyNumber = fc.oneof(
  fc.integer({ min: -10, max: 1000 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1, 1e18, 0.5),
);
const config: fc.Arbitrary<PacingConfig> = fc
  .record({
    maxAbandonRate: fc.oneof(fc.constantFrom(0, 0.03, 1), anyNumber),
    abandonWithinMs: fc.oneof(fc.constant(2000), anyNumber),
    band: fc.option(fc.record({ min: anyNumber, max: anyNumber }), { nil: undefined }),
    maxLines: fc.oneof(fc.constantFrom(0, 3, 100), anyNumber),
    maxCallsPerSecond: fc.oneof(fc.constantFrom(0, 0.3, 20), anyNumber),
    ringTimeoutMs: fc.oneof(fc.constant(25_000), anyNumber),
    answered: anyNumber,
    abandoned: anyNumber,
  })
  .map(({ band, answered, abandoned, ...rest }) => ({
    ...rest,
    ...(band && { targetUtilization: band }),
    history: { answered, abandoned },
  }));

const id = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom('a', '7', ''));
const time = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 600_000 }) },
  { weight: 1, arbitrary: anyNumber },
);
const event: fc.Arbitrary<PacingEvent> = fc.oneof(
  fc.record({
    type: fc.constant('agent' as const),
    time,
    agentId: id,
    state: fc.constantFrom('offline', 'away', 'ready', 'ready', 'talking', 'wrapup'),
  }),
  fc.record({ type: fc.constant('agent-leaving' as const), time, agentId: id }),
  fc.record({ type: fc.constant('placed' as const), time, callId: id }),
  fc.record({ type: fc.constant('placed' as const), time, callId: id, chance: anyNumber }),
  fc.record({ type: fc.constantFrom('ringing' as const, 'pickup' as const), time, callId: id }),
  fc.record({
    type: fc.constant('answered' as const),
    time,
    callId: id,
    by: fc.constantFrom('live', 'unknown', 'machine'),
  }),
  fc.record({ type: fc.constant('connected' as const), time, callId: id, agentId: id }),
  fc.record({
    type: fc.constant('abandoned' as const),
    time,
    callId: id,
    waitedMs: anyNumber,
    reason: fc.constantFrom('no-agent', 'caller-hangup'),
  }),
  fc.record({
    type: fc.constant('ended' as const),
    time,
    callId: id,
    reason: fc.constantFrom('busy', 'no-answer', 'machine', 'abandoned', 'completed', 'failed', 'canceled'),
    agentId: id,
  }),
  fc.record({
    type: fc.constant('ended' as const),
    time,
    callId: id,
    reason: fc.constantFrom('completed', 'machine'),
    agentId: id,
    party: fc.constantFrom('human', 'machine'),
  }),
);
const inOrder = (events: PacingEvent[]): PacingEvent[] => [...events].sort((a, b) => (a.time < b.time ? -1 : 1));
const stream = fc.array(event, { maxLength: 120 }).chain((events) => fc.constantFrom(events, inOrder(events)));

describe.each(Object.entries(policies))('%s', (_, create) => {
  it('never throws and always answers a bounded integer of at least 0, whatever it is told', () => {
    fc.assert(
      fc.property(config, stream, (settings, events) => {
        const policy = create(settings);
        const lines = Number.isNaN(settings.maxLines) ? 0 : Math.min(100_000, Math.max(0, settings.maxLines));
        for (const happened of events) {
          policy.observe(happened);
          const { place, wakeAt } = policy.decide(happened.time);
          expect(Number.isInteger(place) && place >= 0 && place <= lines).toBe(true);
          if (wakeAt === undefined) continue;
          expect(Number.isSafeInteger(wakeAt) && wakeAt > happened.time).toBe(true);
          expect(wakeAt - happened.time).toBeLessThanOrEqual(6 * 60_000);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes back any snapshot, sound or garbage, and goes on', () => {
    fc.assert(
      fc.property(fc.jsonValue(), stream, (garbage, events) => {
        const settings = {
          maxAbandonRate: 0.03,
          abandonWithinMs: 2000,
          maxLines: 50,
          maxCallsPerSecond: 10,
          ringTimeoutMs: 25_000,
        };
        const policy = create(settings);
        policy.restore?.(garbage);
        for (const happened of events) policy.observe(happened);
        const stored: unknown = JSON.parse(JSON.stringify(policy.snapshot?.() ?? null));
        const heir = create(settings);
        heir.restore?.(stored);
        heir.observe({ type: 'agent', time: 1e6, agentId: 'x', state: 'ready' });
        const { place } = heir.decide(1e6);
        expect(Number.isInteger(place) && place >= 0 && place <= 50).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('dials nothing without agents, lines, or calls per second', () => {
    const settings = {
      maxAbandonRate: 0.03,
      abandonWithinMs: 2000,
      maxLines: 50,
      maxCallsPerSecond: 10,
      ringTimeoutMs: 25_000,
    };
    expect(create(settings).decide(0).place).toBe(0);
    for (const shortage of [{ maxLines: 0 }, { maxCallsPerSecond: 0 }]) {
      const policy = create({ ...settings, ...shortage });
      policy.observe({ type: 'agent', time: 0, agentId: 1, state: 'ready' });
      expect(policy.decide(0).place).toBe(0);
    }
  });

  it('still places one call for a ready agent when the cap is 0', () => {
    const policy = create({
      maxAbandonRate: 0,
      abandonWithinMs: 2000,
      maxLines: 50,
      maxCallsPerSecond: 10,
      ringTimeoutMs: 25_000,
    });
    policy.observe({ type: 'agent', time: 0, agentId: 1, state: 'ready' });
    expect(policy.decide(0).place).toBeGreaterThanOrEqual(1);
  });
});

it('holds the calls per second in every window of a second', () => {
  const policy = policies.predictive?.({
    maxAbandonRate: 0.03,
    abandonWithinMs: 2000,
    maxLines: 500,
    maxCallsPerSecond: 4,
    ringTimeoutMs: 25_000,
  });
  if (!policy) throw new Error('the catalogue lacks the predictive policy');
  for (let agent = 0; agent < 40; agent++) policy.observe({ type: 'agent', time: 0, agentId: agent, state: 'ready' });
  const starts: number[] = [];
  for (let now = 0; now < 5000; now += 50) {
    const { place } = policy.decide(now);
    for (let i = 0; i < place; i++) {
      policy.observe({ type: 'placed', time: now, callId: starts.length });
      starts.push(now);
    }
  }
  expect(starts.length).toBeGreaterThan(12);
  for (const start of starts) {
    expect(starts.filter((other) => other >= start && other < start + 1000).length).toBeLessThanOrEqual(4);
  }
});

it('forgets calls whose end never comes: memory stays bounded', () => {
  const policy = policies.predictive?.({
    maxAbandonRate: 0.03,
    abandonWithinMs: 2000,
    maxLines: 5,
    maxCallsPerSecond: 100,
    ringTimeoutMs: 25_000,
  });
  if (!policy) throw new Error('the catalogue lacks the predictive policy');
  policy.observe({ type: 'agent', time: 0, agentId: 1, state: 'ready' });
  for (let call = 0; call < 1000; call++) policy.observe({ type: 'placed', time: call, callId: call });
  expect(policy.decide(2000).place).toBe(0);
  expect(policy.decide(400_000).place).toBeGreaterThan(0);
});

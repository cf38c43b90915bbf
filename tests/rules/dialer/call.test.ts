import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abandonAfterMs } from '../../../dialer/rules/call/ending.ts';
import {
  type Call,
  type CallSignal,
  callDeadlines,
  callStates,
  type EndTold,
  decide,
  isOldNews,
  newCall,
} from '../../../dialer/rules/call.ts';

const CA = 'CA1';
const NOW = 1_000_000;
const run = (signals: CallSignal[], start: Call = newCall()): Call =>
  signals.reduce((call, signal, index) => decide(call, signal, NOW + index).call, start);

const placing: CallSignal = { kind: 'placing' };
const accepted: CallSignal = { kind: 'accepted', carrierCallId: CA, queueMs: 0 };
const step = (name: 'initiated' | 'ringing' | 'answered', sequence: number): CallSignal => ({
  kind: 'progress',
  step: name,
  sequence,
  carrierCallId: CA,
});
const over = (
  how: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled',
  networkCode: number | null = null,
  told: Partial<EndTold> = {},
): CallSignal => ({
  kind: 'over',
  how,
  sequence: 3,
  carrierCallId: CA,
  networkCode,
  told: { lastedMs: null, endedAt: null, detection: null, ...told },
});
/** What the store does when it presents a customer. */
const reservedFor = (call: Call, agentId: string): Call => ({
  ...call,
  state: 'reserved',
  agentId,
  answeredAt: call.answeredAt ?? NOW,
});
const detected = (detection: 'human' | 'machine', connectMachines = false): CallSignal => ({
  kind: 'detected',
  detection,
  carrierCallId: CA,
  connectMachines,
});

describe('a call', () => {
  it.each([
    ['busy', null, 'busy'],
    ['no-answer', null, 'no-answer'],
    ['canceled', null, 'canceled'],
    ['failed', null, 'failed'],
    ['failed', 404, 'invalid'],
    ['failed', 480, 'switched-off'],
    ['completed', null, 'customer-hung-up'],
  ] as const)('that the carrier ends as %s (%s) has the outcome %s', (how, code, outcome) => {
    expect(run([placing, accepted, over(how, code)])).toMatchObject({ state: 'ended', outcome, deadlineAt: null });
  });

  it('is connected when both were in the room, whatever ended it', () => {
    const call = run([placing, accepted, step('answered', 2)]);
    const talking = run([{ kind: 'joined', agentId: 'a' }], reservedFor(call, 'a'));
    expect(talking.state).toBe('connected');
    expect(run([over('completed')], talking).outcome).toBe('connected');
    expect(run([{ kind: 'left', agentId: 'a' }, over('failed')], talking).outcome).toBe('connected');
  });

  it('ignores a join of an agent it was not given to', () => {
    const reserved = reservedFor(run([placing, accepted]), 'a');
    expect(decide(reserved, { kind: 'joined', agentId: 'b' }, NOW).call).toBe(reserved);
  });

  it('lets the agent’s word win over a later machine verdict, and only a later one', () => {
    const talking = run([{ kind: 'joined', agentId: 'a' }], reservedFor(run([placing, accepted]), 'a'));
    expect(run([{ kind: 'human' }, detected('machine')], talking).closing).toBeNull();
    const closed = decide(talking, detected('machine'), NOW);
    expect(closed.call.closing).toBe('machine');
    expect(closed.happened).toEqual([
      { kind: 'agent-freed', agentId: 'a', talked: false },
      { kind: 'hang-up', carrierCallId: CA },
    ]);
    expect(run([{ kind: 'human' }, over('completed')], closed.call).outcome).toBe('machine');
    expect(run([detected('machine', true)], talking).closing).toBeNull();
  });

  it('counts nobody as abandoned who had talked to an agent', () => {
    const talking = run([{ kind: 'joined', agentId: 'a' }], reservedFor(run([placing, accepted]), 'a'));
    const lost = decide(talking, { kind: 'agent-lost', agentId: 'a', presentWithinMs: 2000, redirect: true }, NOW);
    expect(lost.call).toMatchObject({ state: 'waiting', agentId: null, deadlineAt: NOW + 2000 });
    expect(lost.happened).toContainEqual({ kind: 'present-again', carrierCallId: CA });
    const given = run([{ kind: 'nobody-free' }], lost.call);
    expect(given).toMatchObject({ closing: 'agent-lost', abandonedAt: null });
    expect(run([over('completed')], given).outcome).toBe('connected');
  });

  it('counts a customer for whom nobody was free in time as abandoned', () => {
    const waiting: Call = { ...run([placing, accepted, step('answered', 2)]), state: 'waiting' };
    const { call, happened } = decide(waiting, { kind: 'nobody-free' }, NOW);
    expect(call).toMatchObject({ closing: 'abandoned', abandonedAt: NOW });
    expect(happened).toEqual([{ kind: 'abandoned' }]);
    expect(run([over('completed')], call).outcome).toBe('abandoned');
  });

  const ringing = run([placing, accepted, step('ringing', 1)]);
  const answered = run([step('answered', 2)], ringing);
  const waiting: Call = { ...answered, state: 'waiting' };
  const END = NOW + 60_000;
  it.each([
    ['rang for us', ringing, {}, 'abandoned'],
    ['was told to have answered', answered, {}, 'abandoned'],
    ['waited while we were away', waiting, {}, 'abandoned'],
    ['was presented after the end', { ...waiting, answeredAt: END + 30_000 }, {}, 'abandoned'],
    [
      'was given to an agent after the end',
      { ...reservedFor(waiting, 'a'), answeredAt: END + 30_000 },
      {},
      'abandoned',
    ],
    ['was given to an agent in time', reservedFor(waiting, 'a'), {}, 'customer-hung-up'],
    [
      'waited less than the grace after a machine was looked for',
      { ...waiting, answeredAt: END - 1_500 },
      {},
      'customer-hung-up',
    ],
    ['left within the grace', ringing, { lastedMs: 1_000 }, 'customer-hung-up'],
    ['was not timed', ringing, { lastedMs: null }, 'customer-hung-up'],
    ['may be a person', ringing, { detection: 'unknown' }, 'abandoned'],
    ['is a machine', ringing, { detection: 'machine' }, 'machine'],
    ['had an agent once', { ...waiting, connectedAt: NOW }, {}, 'connected'],
    ['was taken back', { ...ringing, closing: 'canceled' }, {}, 'canceled'],
  ] satisfies [string, Call, Partial<EndTold>, string][])(
    'whose customer %s, when the end is learnt late, is told by what the carrier says of it',
    (_, call, told, outcome) => {
      const late = over('completed', null, { lastedMs: 20_000, endedAt: END, ...told });
      expect(decide(call, late, END + 40_000).call).toMatchObject({ state: 'ended', outcome });
    },
  );

  it('counts who was found abandoned at the time of the answer, and says that they heard no message', () => {
    const late = over('completed', null, { lastedMs: 20_000, endedAt: END });
    const { call, happened } = decide(reservedFor({ ...ringing, answeredAt: END + 30_000 }, 'a'), late, END + 40_000);
    expect(call).toMatchObject({ answeredAt: END - 20_000, abandonedAt: END - 18_000, endedAt: END + 40_000 });
    expect(call.error).toBe('message-not-played');
    expect(happened).toEqual([
      { kind: 'abandoned-unheard' },
      { kind: 'agent-freed', agentId: 'a', talked: false },
      { kind: 'ended', outcome: 'abandoned' },
    ]);
  });

  it.each([
    ['a machine is looked for first and nobody was told apart', true, null, 'customer-hung-up'],
    ['a machine is looked for first and a person was found', true, 'human', 'abandoned'],
    ['a machine is looked for beside', false, null, 'abandoned'],
  ] as const)('found over counts as answered where %s: %s', (_, detectBeforeAgent, detection, outcome) => {
    const settings = { machineDetection: true, detectBeforeAgent, pacing: { abandonWithinMs: 2_000 } };
    const abandonMs = abandonAfterMs(settings, null, detection, 9_999);
    const late = over('completed', null, { lastedMs: 2_000, endedAt: END, detection });
    expect(decide(ringing, late, END, { ...callDeadlines, abandonMs }).call.outcome).toBe(outcome);
  });

  it('hangs up a second call of the carrier and one that comes after the attempt was given up', () => {
    const queued = run([placing, accepted]);
    expect(decide(queued, { ...accepted, carrierCallId: 'CA2' }, NOW).happened).toEqual([
      { kind: 'stranger', carrierCallId: 'CA2' },
    ]);
    const forgotten = run([placing, { kind: 'doubtful', cause: 'reset' }, { kind: 'not-dialled' }]);
    expect(forgotten).toMatchObject({ state: 'ended', outcome: 'failed' });
    expect(decide(forgotten, step('ringing', 1), NOW).happened).toEqual([{ kind: 'stranger', carrierCallId: CA }]);
  });

  it('hangs up when it was taken back before the carrier had answered', () => {
    const taken = run([placing, { kind: 'close', why: 'canceled', note: null }]);
    expect(taken.closing).toBe('canceled');
    expect(decide(taken, accepted, NOW).happened).toContainEqual({ kind: 'hang-up', carrierCallId: CA });
    expect(run([accepted, over('canceled')], taken).outcome).toBe('canceled');
  });

  it('counts a queue at the carrier as dialled later', () => {
    expect(run([placing, { ...accepted, queueMs: 5000 }]).placedAt).toBe(NOW + 1 + 5000);
  });
});

/** Everything that can be said to a call, in any order, as often as you like. */
const anySignal: fc.Arbitrary<CallSignal> = fc.oneof(
  fc.constantFrom<CallSignal>(
    placing,
    accepted,
    { kind: 'refused', outcome: 'failed', code: '1' },
    { kind: 'doubtful', cause: 'x' },
    { kind: 'not-dialled' },
    { kind: 'human' },
    { kind: 'nobody-free' },
    { kind: 'checked' },
    { kind: 'close', why: 'canceled', note: null },
    { kind: 'close', why: 'hung-up', note: null },
    detected('human'),
    detected('machine'),
  ),
  fc.constantFrom('initiated' as const, 'ringing' as const, 'answered' as const).map((name) => step(name, 1)),
  fc
    .constantFrom('a', 'b')
    .chain((agentId) =>
      fc.constantFrom<CallSignal>(
        { kind: 'joined', agentId },
        { kind: 'left', agentId },
        { kind: 'agent-lost', agentId, presentWithinMs: 2000, redirect: true },
      ),
    ),
  fc.constantFrom('completed' as const, 'busy' as const, 'no-answer' as const).map((how) => over(how)),
);
/** `given`: the store gives the call to this agent, if it may be given to anybody. */
const anyEvent = fc.oneof(
  { arbitrary: anySignal, weight: 6 },
  { arbitrary: fc.constantFrom('a', 'b').map((given) => ({ given })), weight: 2 },
);

const mayBeGiven = (call: Call): boolean =>
  !['reserved', 'connected', 'ended'].includes(call.state) && call.closing === null && call.agentId === null;

describe('whatever a call is told, in any order', () => {
  it('its end is final, and every agent given to it is freed exactly once', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        let call = newCall();
        let holding: string | null = null;
        let ended: Call | null = null;
        events.forEach((event, index) => {
          const now = NOW + index * 10;
          if ('given' in event) {
            if (!mayBeGiven(call)) return;
            call = reservedFor(call, event.given);
            holding = event.given;
            return;
          }
          const { call: next, happened } = decide(call, event, now);
          for (const happening of happened) {
            if (happening.kind !== 'agent-freed') continue;
            expect(happening.agentId).toBe(holding);
            holding = null;
          }
          if (ended !== null) expect(next).toBe(ended);
          if (next.state === 'ended') ended = next;
          call = next;
        });
        if (call.state === 'ended') {
          expect(holding).toBeNull();
          expect(call.outcome).not.toBeNull();
        }
        expect(callStates).toContain(call.state);
      }),
      { numRuns: 2000 },
    );
  });

  it('the same signal twice is the signal once', () => {
    fc.assert(
      fc.property(fc.array(anySignal, { maxLength: 25 }), (signals) => {
        // `checked` says "now", so twice of it is not once.
        const told = signals.filter(({ kind }) => kind !== 'checked');
        const at = (list: CallSignal[]): Call =>
          list.reduce((call, signal) => decide(call, signal, NOW).call, newCall());
        expect(at(told.flatMap((signal) => [signal, signal]))).toEqual(at(told));
      }),
      { numRuns: 1000 },
    );
  });

  it('what is old news now is old news for ever, so an earlier look at the call is enough to know it', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), fc.array(anyEvent, { maxLength: 20 }), (before, since) => {
        const follow = (start: Call, events: typeof before): Call =>
          events.reduce((call, event, index) => {
            if (!('given' in event)) return decide(call, event, NOW + index).call;
            return mayBeGiven(call) ? reservedFor(call, event.given) : call;
          }, start);
        const seen = follow(newCall(), before);
        const now = follow(seen, since);
        const steps = (['initiated', 'ringing', 'answered'] as const).map((name) => step(name, 1));
        for (const signal of [
          placing,
          accepted,
          ...steps,
          over('completed'),
          { kind: 'joined', agentId: 'a' } as const,
        ]) {
          if (!isOldNews(seen, signal)) continue;
          const { call, happened } = decide(now, signal, NOW + 99);
          expect(call).toBe(now);
          expect(happened).toEqual(decide(seen, signal, NOW + 99).happened);
        }
      }),
      { numRuns: 1000 },
    );
    // And it is no empty promise: these are what a carrier repeats most.
    const connected = run([placing, accepted, step('ringing', 1), step('answered', 2)]);
    expect(
      [placing, accepted, step('ringing', 1), step('answered', 2)].map((one) => isOldNews(connected, one)),
    ).toEqual([true, true, true, true]);
  });

  it('the carrier’s callbacks in any order and number end in the same facts', () => {
    const ends = fc.constantFrom(
      over('completed'),
      over('completed', null, { lastedMs: 30_000 }),
      over('busy'),
      over('no-answer'),
      over('failed', 404),
      over('canceled'),
    );
    const callbacks = ends.chain((end) => {
      const all = [step('initiated', 0), step('ringing', 1), step('answered', 2), end];
      return fc.tuple(
        fc.constant(end),
        fc.array(fc.constantFrom(...all), { maxLength: 6 }),
        fc.shuffledSubarray(all, { minLength: 4 }),
      );
    });
    fc.assert(
      fc.property(callbacks, fc.boolean(), ([end, repeats, all], acceptedFirst) => {
        const start = run(acceptedFirst ? [placing, accepted] : [placing]);
        const call = run([...all, ...repeats, accepted], start);
        expect(call.state).toBe('ended');
        expect(call.outcome).toBe(run([placing, accepted, end]).outcome);
        expect(call.carrierCallId).toBe(CA);
      }),
      { numRuns: 1000 },
    );
  });
});

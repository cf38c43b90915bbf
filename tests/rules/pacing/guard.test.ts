import { describe, expect, it } from 'vitest';
import { type Hold, withAbandonGuard } from '../../../dialer/rules/pacing/abandon-guard.ts';
import { AbandonLedger } from '../../../dialer/rules/pacing/cap/abandon-ledger.ts';
import type { PacingConfig, PacingPolicy } from '../../../dialer/rules/pacing/policy.ts';

const config: PacingConfig = {
  maxAbandonRate: 0.03,
  abandonWithinMs: 2000,
  maxLines: 100,
  maxCallsPerSecond: 50,
  ringTimeoutMs: 25_000,
};

describe('abandonment ledger', () => {
  it('keeps the hour and the shift, and begins a new shift after an empty night', () => {
    const ledger = new AbandonLedger({ answered: 50, abandoned: 1 });
    const hour = 3_600_000;
    ledger.count(0, true);
    ledger.count(30 * 60_000, false);
    expect(ledger.hour(59 * 60_000)).toEqual({ answered: 2, abandoned: 1 });
    expect(ledger.hour(61 * 60_000)).toEqual({ answered: 1, abandoned: 0 });
    ledger.count(16 * hour, false);
    expect({ answered: ledger.answered, abandoned: ledger.abandoned }).toEqual({ answered: 1, abandoned: 0 });
    expect(ledger.window(16 * hour)).toEqual({ answered: 53, abandoned: 2 });
  });

  it('does not count again what it is told again after it was taken over', () => {
    const ledger = new AbandonLedger(undefined);
    for (let second = 0; second < 60; second++) ledger.count(second * 1000, second % 20 === 0);
    const heir = new AbandonLedger(undefined);
    heir.load(JSON.parse(JSON.stringify(ledger)));
    heir.count(30_000, false);
    heir.count(59_000, false);
    expect(heir).toMatchObject({ answered: 60, abandoned: 3 });
    heir.count(59_001, true);
    expect(heir).toMatchObject({ answered: 61, abandoned: 4 });
  });

  it('counts a shift that it takes over once: the campaign’s records hold it already', () => {
    const ledger = new AbandonLedger({ answered: 1000, abandoned: 20 });
    for (let call = 0; call < 100; call++) ledger.count(call, call % 20 === 0);
    const stored: unknown = JSON.parse(JSON.stringify(ledger));
    const heir = new AbandonLedger({ answered: 1100, abandoned: 25 });
    heir.load(stored);
    heir.count(200, true);
    expect({ answered: heir.answered, abandoned: heir.abandoned }).toEqual({ answered: 101, abandoned: 6 });
    expect(heir.window(200)).toEqual({ answered: 1101, abandoned: 26 });
    const recordless = new AbandonLedger(undefined);
    recordless.load(stored);
    expect(recordless.window(200)).toEqual({ answered: 100, abandoned: 5 });
    heir.count(200 + 16 * 3_600_000, false);
    expect(heir.window(200 + 16 * 3_600_000)).toEqual({ answered: 1102, abandoned: 26 });
  });

  it('forgets what is older than 30 days, the records before it evenly, and stays small', () => {
    const day = 86_400_000;
    const ledger = new AbandonLedger({ answered: 3000, abandoned: 90 });
    for (let at = 0; at < 45; at++) ledger.count(at * day, at < 20);
    const half = new AbandonLedger({ answered: 3000, abandoned: 90 });
    half.count(0, true);
    expect(half.window(15 * day)).toEqual({ answered: 1501, abandoned: 46 });
    expect(ledger.window(44 * day)).toEqual({ answered: 30, abandoned: 5 });
    expect(ledger.window(80 * day)).toEqual({ answered: 0, abandoned: 0 });
    expect(JSON.stringify(ledger).length).toBeLessThan(2000);
  });
});

describe('abandonment guard', () => {
  const reckless: PacingPolicy = { observe: () => {}, decide: () => ({ place: 40, why: 'always forty' }) };
  const start = (history?: { answered: number; abandoned: number }): PacingPolicy => {
    const policy = withAbandonGuard(reckless, history ? { ...config, history } : config);
    for (let agent = 0; agent < 5; agent++) policy.observe({ type: 'agent', time: 0, agentId: agent, state: 'ready' });
    return policy;
  };
  const lose = (policy: PacingPolicy, calls: number, every: number, from = 1000): void => {
    for (let call = 0; call < calls; call++) {
      const time = from + call * 100;
      policy.observe({ type: 'placed', time, callId: call });
      policy.observe({ type: 'answered', time, callId: call, by: 'live' });
      if (call % every === 0)
        policy.observe({ type: 'abandoned', time, callId: call, waitedMs: 2000, reason: 'no-agent' });
      else policy.observe({ type: 'connected', time, callId: call, agentId: 'elsewhere' });
    }
  };

  it('lets a policy do as it likes under the cap', () => {
    expect(start().decide(0).place).toBe(40);
  });

  it('allows one call for each ready agent once the shift is over the cap, and says so', () => {
    const policy = start();
    lose(policy, 300, 20);
    const decision = policy.decide(40_000);
    expect(decision).toMatchObject({ place: 5, binding: 'cap', reason: { code: 'cap-reached' } });
    expect(decision.why).toContain('15 of 300');
    expect(decision.why).toContain('one call for each ready agent');
  });

  it('holds when the rolling window was over the cap before the shift began', () => {
    expect(start({ answered: 100_000, abandoned: 3300 }).decide(0).place).toBe(5);
  });

  it('leaves a policy that holds itself back its calls, until it loses too many while held', () => {
    const asked: [Hold, number][] = [];
    const policy = withAbandonGuard({ ...reckless, hold: (hold, most) => asked.push([hold, most]) }, config);
    for (let agent = 0; agent < 5; agent++) policy.observe({ type: 'agent', time: 0, agentId: agent, state: 'ready' });
    expect(policy.decide(500).place).toBe(40);
    lose(policy, 300, 20);
    expect(policy.decide(40_000)).toMatchObject({ place: 40, binding: 'cap' });
    const loseNow = (from: number, count: number): void => {
      for (let call = 0; call < count; call++) {
        const callId = `${from} ${call}`;
        policy.observe({ type: 'placed', time: from, callId });
        policy.observe({ type: 'abandoned', time: from + 3000, callId, waitedMs: 2000, reason: 'no-agent' });
      }
    };
    loseNow(41_000, 5);
    const sure = policy.decide(45_000);
    expect(sure).toMatchObject({ place: 40, reason: { hold: 'sure' } });
    expect(sure.why).toContain('nearly surely find an agent');
    loseNow(46_000, 10);
    expect(policy.decide(50_000)).toMatchObject({ place: 5, reason: { hold: 'one-each' } });
    expect(asked).toEqual([
      ['none', Number.POSITIVE_INFINITY],
      ['nearly-all', Number.POSITIVE_INFINITY],
      ['sure', Number.POSITIVE_INFINITY],
      ['sure', 5],
    ]);
  });

  it.each([
    { lost: 'by luck', before: 0, calls: 300, every: 22, hold: 'half' },
    { lost: 'in a shock', before: 0, calls: 300, every: 20, hold: 'nearly-all' },
    { lost: 'in a bad hour of a good shift', before: 3000, calls: 100, every: 10, hold: 'nearly-all' },
  ])('tells a policy that lost too many $lost to give up $hold of its risk', ({ before, calls, every, hold }) => {
    const asked: Hold[] = [];
    const policy = withAbandonGuard({ ...reckless, hold: (wish) => asked.push(wish) }, config);
    for (let agent = 0; agent < 5; agent++) policy.observe({ type: 'agent', time: 0, agentId: agent, state: 'ready' });
    lose(policy, before, 1000);
    lose(policy, calls, every, 8_000_000);
    const decision = policy.decide(8_040_000);
    expect(asked).toEqual([hold]);
    expect(decision.reason).toMatchObject({ hold });
    expect(decision.why).toContain(hold === 'half' ? 'half the usual risk' : 'an eighth of the usual risk');
  });

  it('does not hold what is lost at half the risk against a policy', () => {
    const policy = withAbandonGuard({ ...reckless, hold: () => {} }, config);
    policy.observe({ type: 'agent', time: 0, agentId: 'a', state: 'ready' });
    lose(policy, 1000, 32);
    for (let call = 0; call < 200; call++) {
      const time = 120_000 + 1000 * call;
      expect(policy.decide(time).place).toBe(40);
      policy.observe({ type: 'placed', time, callId: call });
      policy.observe({ type: 'answered', time, callId: call, by: 'live' });
      if (call % 25 === 0)
        policy.observe({ type: 'abandoned', time, callId: call, waitedMs: 2000, reason: 'no-agent' });
      else policy.observe({ type: 'connected', time, callId: call, agentId: 'elsewhere' });
    }
  });

  it('remembers over a change of pacer', () => {
    const policy = start();
    lose(policy, 300, 20);
    const heir = start();
    heir.restore?.(JSON.parse(JSON.stringify(policy.snapshot?.())));
    expect(heir.decide(40_000).place).toBe(5);
  });
});

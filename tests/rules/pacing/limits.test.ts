import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hold, withAbandonGuard } from '../../../dialer/rules/pacing/abandon-guard.ts';
import { AbandonLedger } from '../../../dialer/rules/pacing/abandon-ledger.ts';
import { AgentRelease } from '../../../dialer/rules/pacing/agent-release.ts';
import { BandGovernor } from '../../../dialer/rules/pacing/band-governor.ts';
import { Calibration } from '../../../dialer/rules/pacing/calibration.ts';
import { CallRateLimit } from '../../../dialer/rules/pacing/call-rate-limit.ts';
import { IdleLaw } from '../../../dialer/rules/pacing/idle-law.ts';
import { agentsToFeed, agentsToShare, LimitWatch } from '../../../dialer/rules/pacing/limit-watch.ts';
import type { PacingConfig, PacingPolicy } from '../../../dialer/rules/pacing/policy.ts';
import { RiskThreshold } from '../../../dialer/rules/pacing/risk-threshold.ts';
import { safeConfig } from '../../../dialer/rules/pacing/safe-config.ts';
import { ServiceWatch } from '../../../dialer/rules/pacing/service-watch.ts';
import { SteadyClock } from '../../../dialer/rules/pacing/steady-clock.ts';
import { UtilizationMeter } from '../../../dialer/rules/pacing/utilization-meter.ts';

const config: PacingConfig = {
  maxAbandonRate: 0.03,
  abandonWithinMs: 2000,
  maxLines: 100,
  maxCallsPerSecond: 50,
  ringTimeoutMs: 25_000,
};

describe('config', () => {
  it.each([
    {
      name: 'a band upside down is turned round',
      given: { targetUtilization: { min: 0.74, max: 0.69 } },
      expected: { band: { min: 0.69, max: 0.74 } },
    },
    {
      name: 'a band with an unreadable edge is left out',
      given: { targetUtilization: { min: Number.NaN, max: 0.7 } },
      expected: { band: undefined },
    },
    { name: 'an unreadable cap is 0', given: { maxAbandonRate: Number.NaN }, expected: { cap: 0 } },
    { name: 'negative lines are none', given: { maxLines: -4 }, expected: { maxLines: 0 } },
    { name: 'endless lines are many', given: { maxLines: Number.POSITIVE_INFINITY }, expected: { maxLines: 100_000 } },
  ])('$name', ({ given, expected }) => {
    expect(safeConfig({ ...config, ...given })).toMatchObject(expected);
  });
});

describe('steady clock', () => {
  it('never runs back, reads late events as now, and keeps durations over a corrected clock', () => {
    const clock = new SteadyClock();
    expect(clock.read(100_000)).toBe(100_000);
    expect(clock.read(99_000)).toBe(100_000);
    expect(clock.read(Number.NaN)).toBe(100_000);
    expect(clock.read(10_000)).toBe(100_000);
    expect(clock.read(15_000)).toBe(105_000);
    expect(clock.alarm(106_000)).toEqual({ wakeAt: 16_000 });
  });

  it('asks to be woken some minutes from now at most, later than now, and not at all by a clock that cannot be read', () => {
    const clock = new SteadyClock();
    clock.read(100_000);
    expect(clock.alarm(undefined)).toEqual({});
    expect(clock.alarm(50_000)).toEqual({ wakeAt: 100_001 });
    expect(clock.alarm(1e18)).toEqual({ wakeAt: 400_000 });
    clock.read(1e18);
    expect(clock.alarm(101_000)).toEqual({});
  });
});

describe('calls per second', () => {
  it('aims at more than twice the cap where hours at a limit have saved most of it, and never far above', () => {
    const threshold = new RiskThreshold(0.03);
    const aim = (answered: number, abandoned: number): number => {
      const tally = { answered, abandoned };
      return threshold.aim(tally, tally, 30);
    };
    expect(aim(1500, 18)).toBeGreaterThan(0.06);
    expect(aim(100_000, 0)).toBeLessThan(0.08);
    expect(aim(1500, 44)).toBeLessThan(0.03);
  });

  it('allows as many as stated in every window, also less than one a second', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 30, noNaN: true }),
        fc.array(fc.nat({ max: 900 }), { minLength: 5, maxLength: 60 }),
        (perSecond, gaps) => {
          const limit = new CallRateLimit(perSecond);
          const starts: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            const calls = limit.available(now);
            limit.take(now, calls);
            for (let i = 0; i < calls; i++) starts.push(now);
          }
          const window = (1000 * Math.max(1, Math.floor(perSecond))) / perSecond;
          for (const start of starts) {
            const inWindow = starts.filter((other) => other >= start && other < start + window).length;
            expect(inWindow).toBeLessThanOrEqual(Math.max(1, Math.floor(perSecond)));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('risk threshold', () => {
  it.each([
    { name: 'few risks come true', truth: 0.6, share: 0.8 },
    { name: 'more come true than foretold', truth: 1.6, share: 0.6 },
  ])('brings the rate just under the cap when $name', ({ truth, share }) => {
    const threshold = new RiskThreshold(0.03);
    const tally = { answered: 0, abandoned: 0 };
    let luck = 0.5;
    for (let call = 0; call < 6000; call++) {
      const value = threshold.value(threshold.aim(tally, tally, 10));
      luck += truth * share * value;
      const lost = luck >= 1;
      if (lost) luck -= 1;
      threshold.count(share * value, value, lost);
      tally.answered++;
      if (lost) tally.abandoned++;
    }
    expect(tally.abandoned / tally.answered).toBeGreaterThan(0.028);
    expect(tally.abandoned / tally.answered).toBeLessThanOrEqual(0.0302);
  });

  it('aims lower after overspending in the shift or in the rolling window, higher after saving', () => {
    const threshold = new RiskThreshold(0.03);
    const even = { answered: 1000, abandoned: 29 };
    const over = { answered: 1000, abandoned: 40 };
    const under = { answered: 1000, abandoned: 15 };
    const aim = (shift: typeof even, window: typeof even): number => threshold.aim(shift, window, 10);
    expect(aim(over, even)).toBeLessThan(aim(even, even));
    expect(aim(even, over)).toBeLessThan(aim(even, even));
    expect(aim(under, under)).toBeGreaterThan(aim(even, even));
    expect(aim(under, under)).toBeLessThanOrEqual(0.075);
  });
});

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
    expect(policy.decide(45_000).place).toBe(40);
    loseNow(46_000, 10);
    expect(policy.decide(50_000).place).toBe(5);
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
    policy.decide(8_040_000);
    expect(asked).toEqual([hold]);
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

describe('band governor', () => {
  const run = (talking: number): { factor: number; reserve: number } => {
    const governor = new BandGovernor({ min: 0.69, max: 0.74 });
    const meter = new UtilizationMeter(480_000);
    let restraint = { factor: 1, reserve: 0 };
    for (let now = 0; now < 3_600_000; now += 5000) {
      meter.advance(now, { ready: 90 - talking, talking, wrapup: 10 });
      restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter);
    }
    return restraint;
  };

  it('holds agents in reserve while there is too much talk, lets go while there is too little', () => {
    expect(run(80).reserve).toBeGreaterThan(run(71.5).reserve);
    expect(run(60)).toEqual({ factor: 1, reserve: 0 });
  });

  it('does not make up above the band for an outage in which nobody talked', () => {
    const governor = new BandGovernor({ min: 0.69, max: 0.74 });
    const meter = new UtilizationMeter(480_000);
    const restrained = (from: number, until: number, talking: number): number => {
      let restraint = { factor: 1, reserve: 0 };
      for (let now = from; now < until; now += 5000) {
        meter.advance(now, { ready: 90 - talking, talking, wrapup: 10 });
        restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter);
      }
      return restraint.reserve;
    };
    const usual = restrained(0, 1_800_000, 71.5);
    expect(usual).toBeGreaterThan(5);
    expect(restrained(1_800_000, 2_700_000, 3)).toBeGreaterThan(0.7 * usual);
    // Talk is as it should be again: so is caution, from the second minute on.
    for (let minute = 47; minute < 75; minute++)
      expect(restrained((minute - 2) * 60_000, (minute - 1) * 60_000, 71.5) / usual).toBeGreaterThan(
        minute < 48 ? 0 : 0.8,
      );
  });

  it('still lets go where talk stays away after an outage for its own caution', () => {
    const governor = new BandGovernor({ min: 0.69, max: 0.74 });
    const meter = new UtilizationMeter(480_000);
    const cautionAfter = (from: number, until: number, talking: number): number => {
      let restraint = { factor: 1, reserve: 0 };
      for (let now = from; now < until; now += 5000) {
        meter.advance(now, { ready: 90 - talking, talking, wrapup: 10 });
        restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter, true);
      }
      return restraint.reserve;
    };
    const usual = cautionAfter(0, 1_800_000, 71.5);
    cautionAfter(1_800_000, 2_700_000, 3);
    expect(cautionAfter(2_700_000, 3_000_000, 60)).toBeLessThan(0.7 * usual);
  });

  it('lets go sooner where its own caution is what talk lacks, not answers', () => {
    const reserved = (isCause: boolean): number => {
      const governor = new BandGovernor({ min: 0.69, max: 0.74 });
      const meter = new UtilizationMeter(480_000);
      let restraint = { factor: 1, reserve: 0 };
      for (let now = 0; now < 2_100_000; now += 5000) {
        const talking = now < 1_800_000 ? 71.5 : 45;
        meter.advance(now, { ready: 90 - talking, talking, wrapup: 10 });
        restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter, isCause);
      }
      return restraint.reserve;
    };
    expect(reserved(true)).toBeLessThan(reserved(false) - 1);
  });

  it('does nothing without a band', () => {
    const restraint = new BandGovernor(undefined).restrain(
      0,
      50,
      { serviceTime: 120, wrapupPerTalk: 0.1 },
      new UtilizationMeter(1000),
    );
    expect(restraint).toEqual({ factor: 1, reserve: 0 });
  });
});

describe('what calls take of agents', () => {
  const watched = () => {
    const learnt = new AgentRelease(2000);
    const watch = new ServiceWatch(learnt);
    /** Fifty agents, most of them talking, for so many minutes with talks of so many seconds and a share of wrap-up. */
    const work = (minutes: number, talkSeconds: number, wrapups: number): void => {
      let due = 0;
      for (let second = 0; second < 60 * minutes; second++) {
        learnt.spend(1, 35, wrapups);
        watch.spend(1, 35, wrapups);
        for (due += 35 / talkSeconds; due >= 1; due--) {
          learnt.learnTalk(0, talkSeconds, 1000, 50);
          watch.talkEnded();
        }
      }
    };
    return { learnt, watch, work };
  };

  it('is what was learnt, as long as the last minutes were not out of the ordinary', () => {
    const { learnt, watch, work } = watched();
    work(120, 110, 5);
    work(5, 100, 5.2);
    expect(watch.now().serviceTime).toBeCloseTo(learnt.serviceTime, 6);
  });

  it('follows within minutes when another list brings other talks', () => {
    const { learnt, watch, work } = watched();
    work(120, 110, 5);
    work(6, 45, 8);
    expect(watch.now().serviceTime).toBeLessThan(0.8 * learnt.serviceTime);
    expect(watch.now().serviceTime).toBeGreaterThan(50);
    expect(watch.now().wrapupPerTalk).toBeGreaterThan(learnt.wrapupPerTalk);
  });
});

describe('utilization meter', () => {
  it('accounts the time to the last minutes, and not the time without anybody', () => {
    const meter = new UtilizationMeter(60_000);
    meter.advance(0, { ready: 0, talking: 0, wrapup: 0 });
    meter.advance(1_800_000, { ready: 1, talking: 2, wrapup: 1 });
    expect(meter.utilization(10)).toBeCloseTo(0.5, 9);
    meter.advance(2_400_000, { ready: 0, talking: 0, wrapup: 0 });
    expect(meter.utilization(5)).toBeUndefined();
    expect(meter.recent(0.7, 0)).toBe(0.7);
  });
});

describe('limits that bind', () => {
  const watch = (stop: 'risk' | 'band' | 'lines' | 'speed', asked: number, placed: number): LimitWatch => {
    const limits = new LimitWatch();
    for (let now = 0; now <= 300_000; now += 1000) {
      limits.decided(now, stop, asked);
      for (let i = 0; i < placed; i++) limits.sawPlaced();
    }
    return limits;
  };

  it.each([
    { name: 'cap', stop: 'risk' as const, asked: 1, placed: 1, rate: 0.25 },
    { name: 'band', stop: 'band' as const, asked: 1, placed: 1, rate: 0.25 },
    { name: 'lines', stop: 'lines' as const, asked: 1, placed: 1, rate: 0.25 },
    { name: 'answers', stop: 'speed' as const, asked: 1, placed: 1, rate: 0.04 },
    { name: 'contacts', stop: 'risk' as const, asked: 4, placed: 1, rate: 0.25 },
  ])('names $name', ({ name, stop, asked, placed, rate }) => {
    expect(watch(stop, asked, placed).binding(rate)).toBe(name);
  });

  it('names lines, not the cap, where lines say stop a third of the time: more agents would bring nothing', () => {
    const limits = new LimitWatch();
    for (let now = 0; now <= 300_000; now += 1000) limits.decided(now, now % 3000 === 0 ? 'lines' : 'risk', 0);
    expect(limits.binding(0.25)).toBe('lines');
  });

  it('names how many agents would do: fewer where answers are short, more among whom too much talk is shared', () => {
    expect(agentsToFeed(20, 0.4, 0.69, 9)).toBe(11);
    expect(agentsToFeed(20, 0.7, 0.69, 9)).toBeUndefined();
    // Eleven share what the lines bring, but under the cap so few are not kept busy: no number of agents would do.
    expect(agentsToFeed(20, 0.4, 0.69, 12)).toBeUndefined();
    expect(agentsToFeed(20, 0.4, 0.69, undefined)).toBeUndefined();
    // Twenty who would talk 79 % if none rested: their talk fits twenty-two at 74 %.
    expect(agentsToShare(20, 0.72, 1.5, 0.74, 0.1)).toBe(22);
    expect(agentsToShare(20, 0.72, 0.2, 0.74, 0.1)).toBeUndefined();
  });
});

describe('agents idle at the cap', () => {
  const service = { serviceTime: 110, wrapupPerTalk: 0.17 };
  const named = (law: IdleLaw, more: Partial<typeof service> = {}, least = 0.69): number | undefined =>
    law.agentsFor(least, 0.25, { ...service, ...more });

  it('asks for larger teams the shorter the talks, the lower the cap and the more there is to write up', () => {
    const usual = named(new IdleLaw(0.03)) ?? 0;
    expect(usual).toBeGreaterThan(5);
    expect(usual).toBeLessThan(15);
    expect(named(new IdleLaw(0.03), { serviceTime: 40 }) ?? 0).toBeGreaterThan(1.5 * usual);
    expect(named(new IdleLaw(0.01)) ?? 0).toBeGreaterThan(1.5 * usual);
    expect(named(new IdleLaw(0.03), { wrapupPerTalk: 0.25 }) ?? 0).toBeGreaterThan(1.5 * usual);
    expect(named(new IdleLaw(0.03), { wrapupPerTalk: 0.5 })).toBeUndefined();
    expect(named(new IdleLaw(0))).toBeGreaterThan(usual);
  });

  it('makes less of what a tiny team leaves idle where few answer, and more where many do', () => {
    const seen = (rate: number): IdleLaw => {
      const law = new IdleLaw(0.03);
      law.spend(40 * 3600, 2, 3, 110);
      expect(law.factor(rate, 110, 5)).toBeGreaterThan(7);
      return law;
    };
    expect(seen(0.06).factor(0.06, 110, 15)).toBeLessThan(0.92 * seen(0.06).factor(0.06, 110, 5));
    expect(seen(0.6).factor(0.6, 110, 15)).toBeGreaterThan(1.05 * seen(0.6).factor(0.6, 110, 5));
    expect(seen(0.25).factor(0.25, 110, 15)).toBeCloseTo(seen(0.25).factor(0.25, 110, 5), 9);
  });

  it('believes what it saw the more of it there is', () => {
    const quiet = new IdleLaw(0.03);
    // Five agents of whom two are idle, where the law expects one and a half.
    quiet.spend(4 * 3600, 2, 3, 110);
    const longer = new IdleLaw(0.03);
    longer.spend(40 * 3600, 2, 3, 110);
    expect(named(quiet) ?? 0).toBeGreaterThan(named(new IdleLaw(0.03)) ?? 0);
    expect(named(longer) ?? 0).toBeGreaterThan(named(quiet) ?? 0);
  });
});

it('calibration keeps, for each band of foretold risk, how many found nobody', () => {
  const calibration = new Calibration();
  for (let i = 0; i < 100; i++) calibration.count(0.015, i < 2);
  calibration.count(Number.NaN, true);
  const row = calibration.rows().find(({ upTo }) => upTo === 0.02);
  expect(row).toMatchObject({ calls: 100, foundNobody: 2 });
  expect(row?.foretold).toBeCloseTo(1.5, 9);
  const copy = new Calibration();
  copy.load(JSON.parse(JSON.stringify(calibration)));
  expect(copy.rows()).toEqual(calibration.rows());
});

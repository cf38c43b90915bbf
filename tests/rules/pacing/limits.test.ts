import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdleLaw } from '../../../dialer/rules/pacing/band/idle-law.ts';
import { agentsToFeed, agentsToShare, LimitWatch } from '../../../dialer/rules/pacing/band/limit-watch.ts';
import { Calibration } from '../../../dialer/rules/pacing/cap/calibration.ts';
import { RiskThreshold } from '../../../dialer/rules/pacing/cap/risk-threshold.ts';
import { CallRateLimit } from '../../../dialer/rules/pacing/floor/call-rate-limit.ts';
import { SteadyClock } from '../../../dialer/rules/pacing/floor/steady-clock.ts';
import type { PacingConfig } from '../../../dialer/rules/pacing/policy.ts';
import { safeConfig } from '../../../dialer/rules/pacing/safe-config.ts';

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
      threshold.count(call * 5000, share * value, value, lost);
      tally.answered++;
      if (lost) tally.abandoned++;
    }
    expect(tally.abandoned / tally.answered).toBeGreaterThan(0.028);
    expect(tally.abandoned / tally.answered).toBeLessThanOrEqual(0.0302);
  });

  it('believes within a few abandonments that a forecast is plainly off, and takes no luck for it', () => {
    const truthOf = (calls: number, each: number, lost: number): number => {
      const threshold = new RiskThreshold(0.03);
      for (let call = 0; call < calls; call++)
        threshold.count(call * 5000, each, 0.03, call % Math.floor(calls / lost) === 0);
      return threshold.truth;
    };
    expect(truthOf(100, 0.01, 6)).toBeGreaterThan(4);
    expect(truthOf(100, 0.03, 3)).toBeLessThan(1.3);
    expect(truthOf(100, 0.03, 5)).toBeLessThan(1.5);
    expect(truthOf(5000, 0.03, 150)).toBeLessThan(1.1);
  });

  it('believes no forecast to be off for one great wave of lost calls, but for several', () => {
    const truthAfter = (lost: number, at: (call: number) => number): number => {
      const threshold = new RiskThreshold(0.03);
      for (let call = 0; call < lost; call++) threshold.count(at(call), 0.01, 0.03, true);
      for (let call = 0; call < 60; call++) threshold.count(1e7 + call * 5000, 0.01, 0.03, false);
      return threshold.truth;
    };
    expect(truthAfter(15, (call) => call * 1000)).toBeLessThan(2);
    expect(truthAfter(1500, (call) => call)).toBeGreaterThan(1);
    expect(truthAfter(15, (call) => Math.floor(call / 5) * 120_000)).toBeGreaterThan(6);
    expect(truthAfter(15, (call) => call * 120_000)).toBeGreaterThan(6);
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

import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { chooseCallerId } from '../../../dialer/rules/caller-id.ts';
import type { LimitRule } from '../../../dialer/rules/campaign-settings.ts';
import { campaignSettings } from '../../../dialer/rules/campaign-settings.ts';
import { checkLimits } from '../../../dialer/rules/limits.ts';
import type { DialFacts } from '../../../dialer/rules/screening.ts';
import { mayDial } from '../../../dialer/rules/screening.ts';

const zone = 'Asia/Shanghai';
const now = DateTime.fromISO('2026-11-23T10:00', { zone }).toMillis();
const minute = 60_000;
const first = '+12125550101';
const second = '+12125550102';

const base: DialFacts = {
  scope: { campaignId: 'c1', productLine: 'broadband' },
  settings: campaignSettings.parse({}),
  calendar: { timeZone: zone, workWeek: [1, 2, 3, 4, 5], exceptions: new Map() },
  campaignRunning: true,
  scriptApproved: true,
  timeZone: zone,
  deadlineAt: null,
  needsAgent: false,
  lockedUntil: null,
  agentReserved: false,
  numbers: [first, second],
  returnsComplaint: false,
  lastNumber: null,
  lastOutcome: null,
  blacklist: [],
  history: [],
  inLiveCall: new Set(),
};
const entry = { number: first, scope: 'all' as const, scopeId: null, endsAt: null, reason: 'opt-out' };
const past = (minutesAgo: number, number = first) => ({
  number,
  sameContact: true,
  at: now - minutesAgo * minute,
  connected: false,
});

describe('may this contact be dialled now', () => {
  it.each<[string, Partial<DialFacts>, object]>([
    ['plainly', {}, { dial: true, number: first }],
    ['not while the campaign rests', { campaignRunning: false }, { dial: false, reason: 'campaign-not-running' }],
    ['not without an approved script', { scriptApproved: false }, { dial: false, reason: 'no-approved-script' }],
    ['not after its deadline', { deadlineAt: now - 1 }, { dial: false, reason: 'deadline-passed', until: null }],
    ['not without a number', { numbers: [] }, { dial: false, reason: 'no-usable-number', until: null }],
    ['on the other number when one is blacklisted', { blacklist: [entry] }, { dial: true, number: second }],
    [
      'never when all are',
      { blacklist: [entry, { ...entry, number: second }] },
      { dial: false, reason: 'on-blacklist', until: null },
    ],
    [
      'although another campaign bars it',
      { blacklist: [{ ...entry, scope: 'campaign', scopeId: 'c2' }] },
      { dial: true, number: first },
    ],
    [
      'not when its product line bars it',
      { numbers: [first], blacklist: [{ ...entry, scope: 'product-line', scopeId: 'broadband' }] },
      { dial: false, reason: 'on-blacklist' },
    ],
    [
      'for the return call of the complaint that blocked the number',
      { returnsComplaint: true, numbers: [first], blacklist: [{ ...entry, reason: 'complaint' }] },
      { dial: true, number: first },
    ],
    [
      'not even then after an opt-out',
      { returnsComplaint: true, numbers: [first], blacklist: [entry] },
      { dial: false, reason: 'on-blacklist' },
    ],
    ['again once an entry has ended', { blacklist: [{ ...entry, endsAt: now }] }, { dial: true, number: first }],
    [
      'not in the pool after an abandoned call',
      { needsAgent: true, lockedUntil: now + 5 },
      { dial: false, reason: 'abandoned-lock', until: now + 5 },
    ],
    [
      'with an agent reserved after an abandoned call',
      { needsAgent: true, lockedUntil: now + 5, agentReserved: true },
      { dial: true, number: first },
    ],
    ['only with an agent when it was asked for', { needsAgent: true }, { dial: false, reason: 'needs-agent' }],
    ['not at night', { timeZone: 'America/New_York' }, { dial: false, reason: 'outside-hours' }],
    ['on the other number while one is in a call', { inLiveCall: new Set([first]) }, { dial: true, number: second }],
    [
      'not twice within the gap',
      { numbers: [first], history: [past(10)] },
      { dial: false, reason: 'limit-gap', until: now + 20 * minute },
    ],
    [
      'on the next number after no answer',
      { history: [past(10)], lastNumber: first, lastOutcome: 'no-answer' },
      { dial: true, number: second },
    ],
  ])('%s', (_name, change, expected) => expect(mayDial({ ...base, ...change }, now)).toMatchObject(expected));

  it('never names a number that the blacklist forbids, whatever else holds', () => {
    fc.assert(
      fc.property(
        fc.subarray([first, second, '+447700900111'], { minLength: 1 }),
        fc.subarray([first, second, '+447700900111']),
        fc.array(fc.record({ ago: fc.integer({ min: 0, max: 3000 }), which: fc.constantFrom(first, second) }), {
          maxLength: 6,
        }),
        fc.boolean(),
        (numbers, barred, calls, agentReserved) => {
          const verdict = mayDial(
            {
              ...base,
              numbers,
              agentReserved,
              blacklist: barred.map((number) => ({ ...entry, number })),
              history: calls.map(({ ago, which }) => past(ago, which)),
            },
            now,
          );
          if (verdict.dial) {
            expect(numbers).toContain(verdict.number);
            expect(barred).not.toContain(verdict.number);
          } else if (verdict.until !== null) expect(verdict.until).toBeGreaterThan(now);
        },
      ),
    );
  });
});

describe('limits', () => {
  const rule = (window: LimitRule['window'], max: number): LimitRule => ({
    id: 'r',
    scope: 'number',
    counts: 'attempts',
    window,
    max,
    action: 'defer',
  });
  it.each<[string, LimitRule, number[], number | null | 'ok']>([
    [
      'a rolling window lets the oldest go',
      rule({ kind: 'rolling-minutes', minutes: 60 }, 2),
      [50, 20],
      now + 10 * minute,
    ],
    ['exactly at the edge it has left', rule({ kind: 'rolling-minutes', minutes: 60 }, 2), [60, 20], 'ok'],
    [
      'a calendar day ends at local midnight',
      rule({ kind: 'calendar-days', days: 1 }, 1),
      [30],
      DateTime.fromISO('2026-11-24', { zone }).toMillis(),
    ],
    ['yesterday’s calls do not count today', rule({ kind: 'calendar-days', days: 1 }, 1), [11 * 60], 'ok'],
    [
      'a month ends with the month',
      rule({ kind: 'calendar-month' }, 1),
      [30],
      DateTime.fromISO('2026-12-01', { zone }).toMillis(),
    ],
    ['ever is for ever', rule({ kind: 'ever' }, 1), [100_000], null],
    ['none allowed at all', rule({ kind: 'rolling-minutes', minutes: 1 }, 0), [], null],
  ])('%s', (_name, limit, ago, expected) => {
    const verdict = checkLimits(
      [limit],
      ago.map((minutes) => past(minutes)),
      first,
      zone,
      now,
    );
    expect(verdict.ok ? 'ok' : verdict.until).toBe(expected);
  });

  it('is kept by anybody who waits as told: after `until` the same call is allowed', () => {
    const windows = fc.oneof(
      fc.record({ kind: fc.constant('rolling-minutes' as const), minutes: fc.integer({ min: 1, max: 3000 }) }),
      fc.record({ kind: fc.constant('calendar-days' as const), days: fc.integer({ min: 1, max: 30 }) }),
    );
    fc.assert(
      fc.property(
        windows,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 8 }),
        (window, max, ago) => {
          const history = ago.map((minutes) => past(minutes));
          const verdict = checkLimits([rule(window, max)], history, first, zone, now);
          if (verdict.ok || verdict.until === null) return;
          expect(verdict.until).toBeGreaterThan(now);
          expect(checkLimits([rule(window, max)], history, first, zone, verdict.until).ok).toBe(true);
        },
      ),
    );
  });
});

describe('caller ID', () => {
  const pool = [
    { number: 'general', region: '', dailyCap: null, usedToday: 0 },
    { number: 'newyork', region: '+1212', dailyCap: 2, usedToday: 1 },
    { number: 'newyork2', region: '+1212', dailyCap: 2, usedToday: 0 },
  ];
  it('prefers the region, then the least used', () => expect(chooseCallerId(pool, first)?.number).toBe('newyork2'));
  it('falls back when the regional ones are at their cap', () => {
    expect(
      chooseCallerId(
        pool.map((each) => ({ ...each, usedToday: 2 })),
        first,
      )?.number,
    ).toBe('general');
  });
  it('says none when all are', () =>
    expect(chooseCallerId([{ number: 'x', region: '', dailyCap: 0, usedToday: 0 }], first)).toBeNull());
});

import { describe, expect, it } from 'vitest';
import { blankCall } from '../../../dialer/engine/pacing/paced-call.ts';
import { createPicture } from '../../../dialer/engine/pacing/picture.ts';
import { createSetAside } from '../../../dialer/engine/pacing/set-aside.ts';
import { firstCause, foretoldOf } from '../../../dialer/engine/pacing/journal.ts';
import type { PacedDesk } from '../../../dialer/ports/pacing.ts';
import { sumOfRows, usualRange, verdictOf } from '../../../src/web/manager/pacing/usual-range.ts';

const desk = (activity: PacedDesk['activity'], since: number): PacedDesk => ({
  userId: 'a',
  campaignId: 'c',
  presence: 'signed-in',
  activity,
  since,
  attemptId: null,
  leaving: false,
  maySell: true,
});
const call = (endedAt: number | null) => ({ ...blankCall, attemptId: 'x', intendedAt: 0, endedAt });

it('a decision is due from the first agent who became ready or call that ended since the last one', () => {
  expect(firstCause([call(700), call(null)], [desk('ready', 650), desk('talking', 600)], 500)).toBe(650);
  expect(firstCause([call(400)], [desk('ready', 500)], 500)).toBeNull();
});

it('the first risks are those of the calls that were claimed', () => {
  const decision = { place: 3, risks: [0.01, 0.02, 0.03] };
  expect(foretoldOf(decision, [{ attemptId: 'a' }, { attemptId: 'b', chance: 0.4 }])).toEqual([
    { attemptId: 'a', risk: 0.01, chance: null },
    { attemptId: 'b', risk: 0.02, chance: 0.4 },
  ]);
  expect(foretoldOf({ place: 1 }, [{ attemptId: 'a' }])).toEqual([{ attemptId: 'a', risk: null, chance: null }]);
});

it('an agent suspended from selling is no capacity: not while free, and not after the talk', () => {
  const picture = createPicture('c');
  const states = (row: PacedDesk) => picture.observe([], [row], 900);
  expect(states({ ...desk('ready', 800), maySell: false })).toMatchObject([{ type: 'agent', state: 'away' }]);
  expect(picture.counts()).toMatchObject({ ready: 0, away: 1 });
  expect(picture.suspended()).toHaveLength(1);
  expect(states(desk('ready', 800))).toMatchObject([{ type: 'agent', state: 'ready' }]);
  expect(states({ ...desk('talking', 900), maySell: false })).toMatchObject([
    { type: 'agent', state: 'talking' },
    { type: 'agent-leaving' },
  ]);
});

describe('an agent for a call of their own', () => {
  const start = () => {
    const picture = createPicture('c');
    picture.observe([], [desk('ready', 100), { ...desk('ready', 200), userId: 'b' }], 300);
    return { picture, aside: createSetAside(picture) };
  };

  it('leaves the reckoning first, is taken when the policy would place again, and else is back', () => {
    const { picture, aside } = start();
    expect(aside.plan([null, null], 1_000)).toMatchObject([{ type: 'agent', agentId: 'a', state: 'away' }]);
    expect(picture.counts()).toMatchObject({ ready: 2, away: 0 });
    expect(aside.plan([null], 1_500)).toEqual([]);
    // A row that says again that they are ready is no news.
    expect(picture.observe([], [desk('ready', 100)], 1_600)).toEqual([]);
    expect(aside.ripe(0, 2_000)).toBe(0);
    expect(aside.until()).toBe(21_000);
    expect(aside.ripe(1, 3_000)).toBe(1);
    expect(aside.over(1, 3_000)).toMatchObject([{ agentId: 'a', state: 'ready', since: 100 }]);
    expect(aside.ripe(1, 3_100)).toBe(0);
    expect(aside.until()).toBe(Number.POSITIVE_INFINITY);
  });

  it('is taken after twenty seconds in any case, also when the pool has taken the first one meanwhile', () => {
    const { picture, aside } = start();
    aside.plan(['a'], 1_000);
    expect(picture.observe([], [{ ...desk('talking', 5_000), attemptId: 'x' }], 5_000)).toMatchObject([
      { agentId: 'a', state: 'talking' },
    ]);
    expect(aside.until()).toBe(Number.POSITIVE_INFINITY);
    expect(aside.ripe(1, 6_000)).toBe(0);
    expect(aside.plan([null], 7_000)).toMatchObject([{ agentId: 'b', state: 'away' }]);
    expect(aside.ripe(0, 20_000)).toBe(0);
    expect(aside.ripe(0, 21_000)).toBe(1);
  });

  it('is not set aside again at once for work that came to no call, nor for a named agent who is busy', () => {
    const { aside } = start();
    expect(aside.plan(['c'], 1_000)).toEqual([]);
    aside.plan([null], 1_000);
    aside.over(0, 2_000);
    expect(aside.plan([null], 30_000)).toEqual([]);
    expect(aside.plan([null], 62_000)).toHaveLength(1);
  });
});

it('a policy that starts in the middle hears of each talk since when it lasts, and of no call that was counted before', () => {
  const picture = createPicture('c');
  const connected = { ...call(null), state: 'connected' as const, agentId: 'a', answeredAt: 300, connectedAt: 300 };
  const ringing = { ...call(null), attemptId: 'y', state: 'ringing' as const, ringingAt: 400 };
  const lost = { ...call(null), attemptId: 'z', state: 'waiting' as const, answeredAt: 350, abandonedAt: 500 };
  picture.observe([connected, ringing, lost], [{ ...desk('talking', 300), attemptId: 'x' }], 600);
  expect(picture.replay(900)).toEqual([
    { type: 'placed', time: 0, callId: 'y' },
    { type: 'ringing', time: 400, callId: 'y' },
    { type: 'agent', time: 900, since: 300, agentId: 'a', state: 'talking', callId: 'x' },
  ]);
});

it.each([
  { name: 'too few to judge', row: { calls: 40, foretold: 2, foundNobody: 6 }, verdict: 'few' },
  { name: 'as foretold', row: { calls: 1000, foretold: 25, foundNobody: 31 }, verdict: 'fits' },
  { name: 'more than foretold', row: { calls: 1000, foretold: 25, foundNobody: 40 }, verdict: 'more' },
  { name: 'fewer than foretold', row: { calls: 1000, foretold: 25, foundNobody: 9 }, verdict: 'fewer' },
])('calibration: $name', ({ row, verdict }) => {
  expect(verdictOf(row)).toBe(verdict);
  expect(sumOfRows([row, row]).calls).toBe(2 * row.calls);
  expect(usualRange(row).low).toBeLessThanOrEqual(row.foretold);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CallSpan,
  courseOf,
  courseTimes,
  type Stretch,
  UTILIZATION_WINDOW_MS,
} from '../../../dialer/rules/course.ts';

const minute = 60_000;
const now = 1_000 * minute;
const stretch = (from: number, to: number | null, doing: Stretch['doing'], signedIn = true): Stretch => ({
  signedIn,
  doing,
  from: now + from * minute,
  to: to === null ? null : now + to * minute,
});
const call = (answered: number | null, result: CallSpan['result'], placed: number, ended: number | null): CallSpan => ({
  placedAt: now + placed * minute,
  endedAt: ended === null ? null : now + ended * minute,
  answeredAt: answered === null ? null : now + answered * minute,
  result,
});

describe('the course of a campaign', () => {
  test.each([
    { name: 'nobody', stretches: [], expected: { utilization: null, talking: 0, ready: 0 } },
    {
      name: 'half talk, half rest, and talking on',
      stretches: [stretch(-20, -10, 'ready'), stretch(-10, null, 'talking')],
      expected: { utilization: 0.5, talking: 1, ready: 0 },
    },
    {
      name: 'only what lies in the half hour counts',
      stretches: [stretch(-90, -15, 'talking'), stretch(-15, null, 'ready')],
      expected: { utilization: 0.5, talking: 0, ready: 1 },
    },
    {
      name: 'a break is not signed-in time',
      stretches: [stretch(-10, -5, 'talking'), stretch(-5, null, 'other', false)],
      expected: { utilization: 1, talking: 0, ready: 0 },
    },
    {
      name: 'what begins later is not seen',
      stretches: [stretch(1, null, 'talking')],
      expected: { utilization: null, talking: 0, ready: 0 },
    },
  ])('agents: $name', ({ stretches, expected }) => {
    expect(courseOf(stretches, [], [now])[0]).toMatchObject(expected);
  });

  test('calls: lines while they are up, abandonment of the hour before', () => {
    const calls = [
      call(null, null, -1, null),
      call(-30, 'connected', -31, -20),
      call(-2, 'abandoned', -3, -1),
      call(-2, 'connected', -3, null),
      call(-61, 'abandoned', -62, -60),
      call(2, 'abandoned', 1, null),
    ];
    expect(courseOf([], calls, [now])).toEqual([
      { at: now, utilization: null, abandon: 1 / 3, inUse: 2, talking: 0, ready: 0 },
    ]);
  });

  test('times are whole steps before now, oldest first', () => {
    expect(courseTimes(605, 300, 100)).toEqual([400, 500, 600]);
    expect(courseTimes(600, 200, 100)).toEqual([400, 500]);
    expect(courseTimes(600, 50, 100)).toEqual([]);
  });

  test('shares stay between 0 and 1, whatever the rows', () => {
    const at = fc.integer({ min: -120, max: 20 });
    const anyStretch = fc
      .tuple(at, fc.option(fc.nat(60)), fc.constantFrom('talking', 'ready', 'other' as const), fc.boolean())
      .map(([from, length, doing, signedIn]) => stretch(from, length === null ? null : from + length, doing, signedIn));
    const anyCall = fc
      .tuple(at, fc.nat(5), fc.constantFrom('connected', 'abandoned', null), fc.option(fc.nat(30)))
      .map(([placed, rang, result, length]) =>
        call(placed + rang, result, placed, length === null ? null : placed + rang + length),
      );
    fc.assert(
      fc.property(fc.array(anyStretch), fc.array(anyCall), (stretches, calls) => {
        for (const point of courseOf(stretches, calls, courseTimes(now, UTILIZATION_WINDOW_MS, minute))) {
          for (const share of [point.utilization, point.abandon]) {
            if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
          }
          expect(point.inUse).toBeLessThanOrEqual(calls.length);
          expect(point.talking + point.ready).toBeLessThanOrEqual(stretches.length);
        }
      }),
    );
  });
});

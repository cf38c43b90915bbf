import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaledClock, systemClock } from '../../../src/platform/clock.ts';
import { manualClock } from '../../support/manual-clock.ts';

describe('the clocks that run', () => {
  test('agree with the machine at speed 1', () => {
    const before = Date.now();
    const now = systemClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test('never wait too short, whatever the speed', async () => {
    for (const speed of [0.5, 1, 30, 1_000]) {
      const clock = scaledClock({ speed });
      const start = clock.now();
      const ms = 20 * speed;
      await clock.sleep(ms);
      expect(clock.now() - start).toBeGreaterThanOrEqual(ms);
    }
  });

  test('never come back too early from the time of the machine', () => {
    const epoch = fc.integer({ min: 0, max: 4_102_444_800_000 });
    fc.assert(
      fc.property(
        epoch,
        epoch,
        epoch,
        fc.double({ min: 0.01, max: 3_600, noNaN: true }),
        (realBaseMs, baseEpochMs, at, speed) => {
          const clock = scaledClock({ speed, realBaseMs, baseEpochMs });
          expect(clock.fromReal(clock.toReal(at))).toBeGreaterThanOrEqual(at);
          expect(clock.fromReal(clock.toReal(at)) - at).toBeLessThanOrEqual(Math.ceil(speed) + 1);
        },
      ),
    );
  });

  test('report what a callback throws or rejects with, and run what was not cancelled', async () => {
    const errors: unknown[] = [];
    const clock = systemClock({ onError: (error) => errors.push(error) });
    const ran: string[] = [];
    clock.after(1, () => {
      throw new Error('thrown');
    });
    clock.after(1, () => Promise.reject(new Error('rejected')));
    const cancel = clock.after(1, () => void ran.push('cancelled'));
    clock.after(2, () => void ran.push('kept'));
    cancel();
    cancel();
    await clock.sleep(20);
    expect(errors).toEqual([new Error('thrown'), new Error('rejected')]);
    expect(ran).toEqual(['kept']);
  });

  test('do not run what is years away at once', async () => {
    const clock = systemClock();
    let ran = false;
    const cancel = clock.after(400 * 86_400_000, () => {
      ran = true;
    });
    await clock.sleep(10);
    cancel();
    expect(ran).toBe(false);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('cannot have the speed %d', (speed) => {
    expect(() => scaledClock({ speed })).toThrow(RangeError);
  });
});

describe('the clock of the tests', () => {
  test('runs what falls due in the order of its time, each at its own time', async () => {
    const clock = manualClock({ startMs: 1_000 });
    const ran: [string, number][] = [];
    const note = (name: string) => () => void ran.push([name, clock.now()]);
    clock.after(30, note('c'));
    clock.after(10, note('a'));
    clock.after(10, note('b'));
    clock.after(101, note('later'));
    clock.after(20, () => {
      clock.after(5, note('from within'));
    });
    await clock.advance(100);
    expect(ran).toEqual([
      ['a', 1_010],
      ['b', 1_010],
      ['from within', 1_025],
      ['c', 1_030],
    ]);
    expect([clock.now(), clock.waiting]).toEqual([1_100, 1]);
  });

  test('lets an asynchronous loop go on by itself', async () => {
    const clock = manualClock({ startMs: 0 });
    const ticks: number[] = [];
    const loop = async () => {
      for (;;) {
        await clock.sleep(100);
        ticks.push(clock.now());
      }
    };
    void loop();
    await clock.advance(350);
    expect(ticks).toEqual([100, 200, 300]);
  });

  test('tells what a callback threw', async () => {
    const clock = manualClock();
    clock.after(5, async () => {
      await Promise.resolve();
      throw new Error('from a timer');
    });
    await expect(clock.advance(10)).rejects.toThrow('from a timer');
  });
});

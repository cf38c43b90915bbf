import { describe, expect, test } from 'vitest';
import { heldLease, type LeaseTable, leaseTable } from '../../../src/platform/lease.ts';
import { useTestDatabase } from '../../support/database.ts';
import { manualClock } from '../../support/manual-clock.ts';

describe('the table of leases', () => {
  const db = useTestDatabase();
  const table = () => leaseTable(db().database.pool);

  test('has one owner at a time, whoever asks at the same moment', async () => {
    const owners = Array.from({ length: 20 }, (_, index) => `owner-${index}`);
    const answers = await Promise.all(owners.map((owner) => table().take('race', owner, 2_000, 1_000)));
    expect(answers.filter((answer) => answer !== null)).toEqual([{ epoch: 1 }]);
  });

  test('keeps the epoch while a holding is unbroken and counts it up otherwise', async () => {
    const steps = [
      ['a', 2_000, 1_000, { epoch: 1 }], // new
      ['a', 3_000, 1_999, { epoch: 1 }], // prolonged in time
      ['b', 4_000, 2_999, null], // still a's
      ['b', 4_000, 3_000, { epoch: 2 }], // expired to the millisecond
      ['a', 9_000, 3_500, null],
      ['b', 6_000, 5_000, { epoch: 3 }], // its own, but there was a gap
    ] as const;
    for (const [owner, until, now, expected] of steps)
      expect(await table().take('epochs', owner, until, now)).toEqual(expected);
  });

  test('is released by its owner only, and the epoch goes on', async () => {
    await table().take('released', 'a', 9_000, 1_000);
    await table().release('released', 'b');
    expect(await table().take('released', 'b', 9_000, 1_000)).toBeNull();
    await table().release('released', 'a');
    expect(await table().take('released', 'b', 9_000, 1_000)).toEqual({ epoch: 2 });
  });
});

describe('a held lease', () => {
  const db = useTestDatabase();
  const holder = (owner: string, clock: { now(): number }, table: LeaseTable = leaseTable(db().database.pool)) =>
    heldLease(table, { name: 'pacer', owner, clock, ttlMs: 10_000 });

  test('ends a margin before it runs out, and the next owner begins after that', async () => {
    const clock = manualClock();
    const [first, second] = [holder('first', clock), holder('second', clock)];
    expect([first.held(), first.epoch()]).toEqual([false, null]);
    expect(await first.acquire()).toBe(true);
    expect(first.epoch()).toBe(1);
    await clock.advance(7_999);
    expect(first.held()).toBe(true);
    await clock.advance(1);
    expect([first.held(), first.epoch()]).toEqual([false, null]);
    expect(await second.acquire()).toBe(false);
    await clock.advance(2_000);
    expect(await second.acquire()).toBe(true);
    expect(await first.acquire()).toBe(false);
    await second.release();
    expect([second.held(), await first.acquire(), first.epoch()]).toEqual([false, true, 3]);
    await first.release();
  });

  test('is given up at once when a renewal fails, and can be taken again', async () => {
    const clock = manualClock();
    const real = leaseTable(db().database.pool);
    let broken = false;
    const table: LeaseTable = {
      ...real,
      take: (...args) => (broken ? Promise.reject(new Error('gone')) : real.take(...args)),
    };
    const lease = holder('doubtful', clock, table);
    expect(await lease.acquire()).toBe(true);
    broken = true;
    expect(await lease.acquire()).toBe(false);
    expect(lease.held()).toBe(false);
    broken = false;
    expect(await lease.acquire()).toBe(true);
    await lease.release();
  });

  test('counts from before the question: an answer that comes too late is worth nothing', async () => {
    const clock = manualClock();
    const real = leaseTable(db().database.pool);
    const slow: LeaseTable = {
      ...real,
      async take(...args) {
        const taken = await real.take(...args);
        await clock.advance(9_000);
        return taken;
      },
    };
    const lease = holder('late', clock, slow);
    expect(await lease.acquire()).toBe(false);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLane } from '../../../dialer/adapters/store/lane.ts';

it('a lane runs everything in the order it came, never more at once than it is wide, and a fault ends only itself', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.record({ turns: fc.integer({ min: 1, max: 5 }), fails: fc.boolean() }), { maxLength: 30 }),
      async (width, jobs) => {
        const lane = createLane(width);
        const begun: number[] = [];
        let running = 0;
        let most = 0;
        const results = await Promise.allSettled(
          jobs.map(({ turns, fails }, index) =>
            lane(async () => {
              begun.push(index);
              running += 1;
              most = Math.max(most, running);
              for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
              running -= 1;
              if (fails) throw new Error(String(index));
              return index;
            }),
          ),
        );
        expect(begun).toEqual(jobs.map((_, index) => index));
        expect(most).toBe(Math.min(width, jobs.length));
        expect(results.map(({ status }) => status)).toEqual(
          jobs.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
        );
      },
    ),
    { numRuns: 200 },
  );
});

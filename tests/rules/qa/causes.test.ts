import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeRows } from '../../../qa/rules/causes.ts';

const counted = (cause: string, period: number, times: number[], part: string | null = null) => ({
  ...{ source: 'inspection' as const, cause, reason: 'r', part, period, count: times.length },
  examples: times.map((at) => ({ at })),
});

describe('causes by period', () => {
  it('are added up by cause and part, the most frequent first, the newest as examples', () => {
    expect(causeRows([counted('b', 0, [0]), counted('a', 0, [9]), counted('b', 1, [19, 10])], 2)).toEqual([
      {
        source: 'inspection',
        cause: 'b',
        reason: 'r',
        part: null,
        counts: [1, 2],
        total: 3,
        examples: [19, 10, 0].map((at) => ({ at })),
      },
      { source: 'inspection', cause: 'a', reason: 'r', part: null, counts: [1, 0], total: 1, examples: [{ at: 9 }] },
    ]);
    expect(causeRows([counted('a', 0, [1], 'x'), counted('a', 0, [1, 2], 'y')], 1)).toMatchObject([
      { part: 'y', total: 2 },
      { part: 'x', total: 1 },
    ]);
  });

  it('lose nothing that lies in a period, and name at most the five newest', () => {
    const one = fc.record({
      cause: fc.constantFrom('a', 'b', 'c'),
      period: fc.integer({ min: -1, max: 3 }),
      times: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(one), (all) => {
        const rows = causeRows(
          all.map(({ cause, period, times }) => counted(cause, period, times)),
          3,
        );
        const inside = all.filter(({ period }) => period >= 0 && period < 3);
        expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(inside.flatMap(({ times }) => times).length);
        for (const { cause, counts, total, examples } of rows) {
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
          const newest = inside.flatMap((each) => (each.cause === cause ? each.times : [])).sort((a, b) => b - a);
          expect(examples.map(({ at }) => at)).toEqual(newest.slice(0, 5));
        }
      }),
    );
  });
});

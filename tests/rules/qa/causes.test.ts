import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCauses, occurred } from '../../../qa/rules/causes.ts';

const periods = [
  { start: 0, end: 10 },
  { start: 10, end: 20 },
];
const seen = (cause: string, at: number, part: string | null = null) => ({
  source: 'inspection' as const,
  cause,
  reason: 'r',
  at,
  part,
});

describe('causes by period', () => {
  it('are counted by cause and part, the most frequent first, the newest as examples', () => {
    const rows = countCauses([seen('b', 19), seen('b', 10), seen('a', 9), seen('b', 0), seen('a', 20)], periods);
    expect(rows).toMatchObject([
      { cause: 'b', counts: [1, 2], total: 3, examples: [{ at: 19 }, { at: 10 }, { at: 0 }] },
      { cause: 'a', counts: [1, 0], total: 1 },
    ]);
    expect(countCauses([seen('a', 1, 'x'), seen('a', 1, 'y'), seen('a', 1, 'y')], periods)).toMatchObject([
      { part: 'y', total: 2 },
      { part: 'x', total: 1 },
    ]);
    expect(occurred([seen('b', 9), seen('b', 10), seen('a', 5)], seen('b', 0), { start: 0, end: 10 })).toBe(1);
  });

  it('lose nothing that lies in a period, and name at most five', () => {
    const one = fc.record({ cause: fc.constantFrom('a', 'b', 'c'), at: fc.integer({ min: -5, max: 25 }) });
    fc.assert(
      fc.property(fc.array(one), (all) => {
        const rows = countCauses(
          all.map(({ cause, at }) => seen(cause, at)),
          periods,
        );
        expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(all.filter(({ at }) => at >= 0 && at < 20).length);
        for (const { counts, total, examples } of rows) {
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
          expect(examples).toHaveLength(Math.min(5, total));
        }
      }),
    );
  });
});

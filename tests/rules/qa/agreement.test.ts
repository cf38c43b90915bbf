import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf, krippendorffAlpha, type RatedPair } from '../../../qa/rules/agreement.ts';

type Category = 'pass' | 'fail';
const categories: Category[] = ['pass', 'fail'];

/** Counts of (pass, pass), (pass, fail), (fail, pass), (fail, fail). */
function table(pp: number, pf: number, fp: number, ff: number): RatedPair<Category>[] {
  const many = (count: number, first: Category, second: Category) =>
    Array.from({ length: count }, () => ({ first, second }));
  return [
    ...many(pp, 'pass', 'pass'),
    ...many(pf, 'pass', 'fail'),
    ...many(fp, 'fail', 'pass'),
    ...many(ff, 'fail', 'fail'),
  ];
}

describe('agreement', () => {
  // By hand: po = .7; pe = .5·.6 + .5·.4 = .5 → kappa .4 (the textbook table of 50).
  it('of a textbook table', () => {
    const found = agreementOf(table(20, 5, 10, 15), categories, 'fail');
    expect(found).toMatchObject({ pairs: 50, percent: 0.7, failures: 30 });
    expect(found.kappa).toBeCloseTo(0.4);
    expect(found.onFailures).toBeCloseTo(30 / 45);
    // q = .55: AC1 chance = 2·.55·.45 = .495.
    expect(found.ac1).toBeCloseTo((0.7 - 0.495) / 0.505);
  });

  // K. L. Gwet's own: the table "cont3x3abstractors" of his package irrCAC, 100 pregnancies by two abstractors (vignette "overview").
  it('of a published table of three categories', () => {
    const kinds = ['ectopic', 'AIU', 'NIU'] as const;
    const counts = [
      [13, 0, 0],
      [0, 20, 7],
      [0, 4, 56],
    ];
    const pairs = kinds.flatMap((first, i) =>
      kinds.flatMap((second, j) => Array.from({ length: counts[i]?.[j] ?? 0 }, () => ({ first, second }))),
    );
    const found = agreementOf(pairs, kinds, 'AIU');
    expect(found).toMatchObject({ pairs: 100, percent: 0.89 });
    expect(found.kappa).toBeCloseTo(0.7964094, 7);
    expect(found.ac1).toBeCloseTo(0.8493305, 7);
    // 20 by both, 27 by the first, 24 by the second.
    expect(found.onFailures).toBeCloseTo(40 / 51);
  });

  it('shows the prevalence paradox: 92 % agreed, kappa low, AC1 high', () => {
    const found = agreementOf(table(91, 4, 4, 1), categories, 'fail');
    expect(found.percent).toBe(0.92);
    expect(found.kappa).toBeCloseTo(0.158, 3);
    expect(found.ac1).toBeCloseTo(0.912, 3);
    expect(found.onFailures).toBeCloseTo(0.2);
  });

  it.each([
    ['no pairs', table(0, 0, 0, 0), { pairs: 0, percent: null, kappa: null, ac1: null, onFailures: null, alpha: null }],
    [
      'one pair that agrees',
      table(1, 0, 0, 0),
      { pairs: 1, percent: 1, kappa: null, ac1: 1, onFailures: null, alpha: null },
    ],
    ['one pair that does not', table(0, 1, 0, 0), { pairs: 1, percent: 0, kappa: 0, ac1: -1, onFailures: 0 }],
    ['failures agreed on', table(3, 0, 0, 3), { percent: 1, kappa: 1, ac1: 1, onFailures: 1, alpha: 1 }],
  ])('of %s', (_, pairs, expected) => {
    expect(agreementOf(pairs, categories, 'fail')).toMatchObject(expected);
  });

  it('is at most 1, and does not hang on who is first', () => {
    const count = fc.nat({ max: 30 });
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const one = agreementOf(table(a, b, c, d), categories, 'fail');
        const other = agreementOf(table(a, c, b, d), categories, 'fail');
        for (const key of ['percent', 'kappa', 'ac1', 'onFailures', 'alpha'] as const) {
          expect(one[key] ?? 0).toBeCloseTo(other[key] ?? 0);
          expect(one[key] ?? 0).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });
});

describe('Krippendorff’s alpha', () => {
  // The nominal example of K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C: four observers, gaps; alpha .743.
  it('of the published example with four raters and gaps', () => {
    const columns = ['11.1', '2232', '3333', '3333', '2222', '1234', '4444', '1121', '2222', '.555', '..11', '..3.'];
    const units = columns.map((column) => [...column].filter((rating) => rating !== '.'));
    expect(krippendorffAlpha(units)).toBeCloseTo(0.743, 3);
  });

  it('leaves out what only one has judged', () => {
    expect(krippendorffAlpha([['a', 'b'], ['a', 'a'], ['c']])).toBe(
      krippendorffAlpha([
        ['a', 'b'],
        ['a', 'a'],
      ]),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  betaCdf,
  betaQuantile,
  chartLimits,
  clopperPearson,
  effectiveSize,
  eitherDraw,
  estimateShare,
  estimateStratified,
  fitPrior,
  hajekMean,
  horvitzThompsonMean,
  horvitzThompsonTotal,
  lnGamma,
  shrunkenRate,
  wilson,
} from '../../../qa/rules/estimates.ts';

/** P(X ≤ x) of a binomial, summed term by term: slow, but another way than the beta function. */
function binomialCdf(x: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = 0;
  for (let k = 0; k <= x; k++) {
    sum += term;
    term *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return sum;
}

describe('the beta distribution', () => {
  it('has ln Γ at whole and half numbers', () => {
    expect(lnGamma(1)).toBeCloseTo(0, 12);
    expect(lnGamma(11)).toBeCloseTo(Math.log(3628800), 10);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  });

  it('gives binomial tails', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        fc.nat({ max: 59 }),
        (n, p, k) => {
          const x = Math.min(k, n - 1);
          expect(1 - betaCdf(p, x + 1, n - x)).toBeCloseTo(binomialCdf(x, n, p), 9);
        },
      ),
    );
  });

  it('is turned round by its quantile', () => {
    const parameter = fc.double({ min: 0.5, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), parameter, parameter, (p, a, b) => {
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 6);
      }),
    );
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
  });
});

describe('intervals of a share', () => {
  it.each([
    [0, 5, 0, 0.43],
    [0, 10, 0, 0.28],
    [0, 30, 0, 0.11],
    [0, 60, 0, 0.06],
    [1, 20, 0.009, 0.24],
    [2, 66, 0.008, 0.1],
    [3, 60, 0.017, 0.14],
  ])('Wilson’s of %d in %d is %d to %d', (x, n, low, high) => {
    expect(wilson(x / n, n).low).toBeCloseTo(low, 2);
    expect(wilson(x / n, n).high).toBeCloseTo(high, 2);
  });

  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I: methods 3 and 5.
  it.each([
    [81, 263, [0.2553, 0.3662], [0.2527, 0.3676]],
    [15, 148, [0.0624, 0.1605], [0.0578, 0.1617]],
    [0, 20, [0, 0.1611], [0, 0.1684]],
    [1, 29, [0.0061, 0.1718], [0.0009, 0.1776]],
  ])('of %d in %d are those of the published table', (x, n, score, exact) => {
    const printed = ({ low, high }: { low: number; high: number }) => [low, high].map((end) => Number(end.toFixed(4)));
    expect(printed(wilson(x / n, n))).toEqual(score);
    expect(printed(clopperPearson(x, n))).toEqual(exact);
  });

  // SciPy's reference, scipy.stats.binomtest(k=7, n=50).proportion_ci().
  it('the exact one of 7 in 50 is SciPy’s', () => {
    expect(clopperPearson(7, 50).low).toBeCloseTo(0.05819170033997342, 8);
    expect(clopperPearson(7, 50).high).toBeCloseTo(0.26739600249700846, 8);
  });

  it('the exact one of 0 in n is 1 − (α/2)^(1/n), and holds both tails', () => {
    expect(clopperPearson(0, 20).high).toBeCloseTo(1 - 0.025 ** (1 / 20), 9);
    expect(clopperPearson(20, 20).low).toBeCloseTo(0.025 ** (1 / 20), 9);
    const { low, high } = clopperPearson(3, 40);
    expect(binomialCdf(3, 40, high)).toBeCloseTo(0.025, 6);
    expect(1 - binomialCdf(2, 40, low)).toBeCloseTo(0.025, 6);
  });

  it.each([
    ['nothing inspected', wilson(0, 0), { low: 0, high: 1 }],
    ['nothing inspected, exactly', clopperPearson(0, 0), { low: 0, high: 1 }],
    ['a census', wilson(0.2, Number.POSITIVE_INFINITY), { low: 0.2, high: 0.2 }],
    ['none of none for a chart', chartLimits(0.1, 0), { low: 0, high: 1 }],
  ])('of %s', (_, found, expected) => expect(found).toEqual(expected));

  it('of a p-chart is three standard errors, or exact where too few are expected', () => {
    expect(chartLimits(0.1, 100)).toEqual({ low: expect.closeTo(0.01), high: expect.closeTo(0.19) });
    const { high } = chartLimits(0.02, 50);
    const x = Math.round(high * 50);
    expect(1 - binomialCdf(x, 50, 0.02)).toBeLessThanOrEqual(0.00135);
    expect(1 - binomialCdf(x - 1, 50, 0.02)).toBeGreaterThan(0.00135);
  });
});

describe('weighted estimates', () => {
  const sample = [
    { value: 1, inclusionProbability: 0.1 },
    { value: 0, inclusionProbability: 0.5 },
    { value: 1, inclusionProbability: 1 },
  ];
  it('weigh each by its chance', () => {
    expect(horvitzThompsonMean(sample, 20)).toBeCloseTo(11 / 20);
    expect(hajekMean(sample)).toBeCloseTo(11 / 13);
    expect(effectiveSize(sample)).toBeCloseTo(169 / (90 + 2));
    expect(eitherDraw(0.1, 0.05)).toBeCloseTo(0.145);
  });

  // S. K. Thompson, Sampling, 3rd edition, chapter 6, exercise 2: values 3, 10 and 7, drawn with chances .1694, .4880 and .2710; total 64.03.
  it('of a textbook’s sample with unequal chances', () => {
    const drawn = [
      { value: 3, inclusionProbability: 0.1694 },
      { value: 10, inclusionProbability: 0.488 },
      { value: 7, inclusionProbability: 0.271 },
    ];
    expect(horvitzThompsonTotal(drawn)).toBeCloseTo(64.03, 2);
    // Of the ten it was drawn from, and of the Σ 1/chance that the sample itself stands for.
    expect(horvitzThompsonMean(drawn, 10)).toBeCloseTo(6.403, 3);
    expect(hajekMean(drawn)).toBeCloseTo(64.03 / (1 / 0.1694 + 1 / 0.488 + 1 / 0.271), 3);
  });

  it.each([
    ['nothing', [], { share: null, inspected: 0, interval: { low: 0, high: 1 } }],
    [
      'all certain',
      [
        { value: 1, inclusionProbability: 1 },
        { value: 0, inclusionProbability: 1 },
      ],
      { share: 0.5, interval: { low: 0.5, high: 0.5 } },
    ],
  ])('of %s', (_, drawn, expected) => expect(estimateShare(drawn)).toMatchObject(expected));

  it('lie in their interval, whatever was drawn', () => {
    const one = fc.record({ value: fc.constantFrom(0, 1), inclusionProbability: fc.constantFrom(1, 0.5, 0.1, 0.05) });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 50 }), (drawn) => {
        const { share, interval } = estimateShare(drawn);
        expect(interval.low).toBeLessThanOrEqual((share ?? 0) + 1e-12);
        expect(interval.high).toBeGreaterThanOrEqual((share ?? 1) - 1e-12);
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  // D. R. Anderson, D. J. Sweeney, T. A. Williams, Statistics for Business and Economics: 13th edition, chapter 22, solutions 3 and 5; 8th, 21, 5.
  it.each([
    [1000, 100, 30, 0.3, 0.0437],
    [750, 65, 13, 0.2, 0.0478],
    [771, 50, 18, 0.36, 0.0663],
  ])(
    'of %d, %d drawn and %d of these having it, has the textbook’s standard error',
    (size, drawn, having, share, error) => {
      const found = estimateStratified([{ size, drawn, having }]);
      expect(found.share).toBeCloseTo(share, 12);
      expect(Number(Math.sqrt(found.variance).toFixed(4))).toBe(error);
    },
  );

  it('by strata: mean, variance with correction for finite size, and what is not covered', () => {
    // By hand: weights .8 and .2; spreads .25·4/3 and .16·5/4.
    const found = estimateStratified([
      { size: 80, drawn: 4, having: 2 },
      { size: 20, drawn: 5, having: 1 },
    ]);
    expect(found.share).toBeCloseTo(0.8 * 0.5 + 0.2 * 0.2);
    expect(found.variance).toBeCloseTo(0.64 * 0.95 * ((0.25 * 4) / 3 / 4) + 0.04 * 0.75 * ((0.16 * 5) / 4 / 5));
    expect(
      estimateStratified([
        { size: 30, drawn: 0, having: 0 },
        { size: 10, drawn: 10, having: 1 },
      ]),
    ).toMatchObject({
      uncovered: 0.75,
      interval: { low: 0.1, high: 0.1 },
    });
    expect(estimateStratified([]).share).toBeNull();
  });
});

describe('shrinking for ranking', () => {
  it('draws an agent with few inspections to the others, and hardly one with many', () => {
    const prior = fitPrior([0.9, 0.95, 0.85, 0.99, 0.7].map((rate) => ({ rate, n: 60 })));
    const few = shrunkenRate(prior, { rate: 0.5, n: 2 });
    const many = shrunkenRate(prior, { rate: 0.5, n: 400 });
    expect(few.rate).toBeGreaterThan(0.75);
    expect(many.rate).toBeCloseTo(0.5, 1);
    expect(few.interval.high - few.interval.low).toBeGreaterThan(many.interval.high - many.interval.low);
    expect(shrunkenRate(prior, { rate: 0.4, n: Number.POSITIVE_INFINITY }).rate).toBe(0.4);
  });

  // The players of D. Robinson, Introduction to Empirical Bayes (2017), chapter 3, under the prior Beta(102.0421, 289.7962).
  it.each([
    [2930, 8173, 0.354],
    [1772, 4981, 0.349],
    [516, 3028, 0.181],
    [221, 1265, 0.195],
    [90, 559, 0.202],
    [74, 474, 0.203],
  ])('of %d hits in %d is the published estimate', (hits, n, estimate) => {
    const { rate } = shrunkenRate({ a: 102.0421, b: 289.7962 }, { rate: hits / n, n });
    expect(Number(rate.toFixed(3))).toBe(estimate);
  });

  it.each([
    ['nobody', []],
    ['one agent', [{ rate: 1, n: 3 }]],
    [
      'agents of whom nothing was inspected',
      [
        { rate: 0, n: 0 },
        { rate: 0, n: 0 },
      ],
    ],
    [
      'agents all perfect',
      [
        { rate: 1, n: 20 },
        { rate: 1, n: 30 },
      ],
    ],
  ])('has a sane prior for %s', (_, agents) => {
    const { a, b } = fitPrior(agents);
    expect(a).toBeGreaterThan(0);
    expect(b).toBeGreaterThan(0);
    expect(a + b).toBeGreaterThanOrEqual(2 - 1e-9);
  });
});

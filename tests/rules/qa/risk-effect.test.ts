import { describe, expect, it } from 'vitest';
import { DEFAULT_RISK_WEIGHTS } from '../../../qa/rules/risk.ts';
import { factorEffects } from '../../../qa/rules/risk-effect.ts';

describe('the effect of a factor in a centre’s own inspections', () => {
  const effects = factorEffects({ faulty: 20, good: 80 }, [
    { factor: 'refusal-words', faulty: 10, good: 5 },
    { factor: 'complaint', faulty: 20, good: 80 },
    { factor: 'agent-record', faulty: 20, good: 80 },
    { factor: 'of-a-later-version', faulty: 1, good: 1 },
  ]);
  const of = (factor: string) => effects.find((each) => each.factor === factor);

  it('is its odds ratio with an interval, beside the counts and what is assumed', () => {
    expect(of('refusal-words')).toEqual({
      ...{ factor: 'refusal-words', faultyWith: 10, goodWith: 5, faultyWithout: 10, goodWithout: 75, assumed: 4 },
      // (10.5 × 75.5) ÷ (10.5 × 5.5), and e^(±1.96 × √(1/10.5 + 1/10.5 + 1/5.5 + 1/75.5))
      times: { value: expect.closeTo(13.727, 3), low: expect.closeTo(4.065, 3), high: expect.closeTo(46.358, 2) },
    });
  });
  it('is not known where it was there nowhere or everywhere', () => {
    expect(of('tariff-not-heard')).toMatchObject({ faultyWith: 0, goodWith: 0, goodWithout: 80, times: null });
    expect(of('complaint')).toMatchObject({ faultyWithout: 0, goodWithout: 0, times: null });
  });
  it('is told of every factor that orders the queue, and of nothing else', () => {
    expect(effects.map(({ factor }) => factor)).toEqual(Object.keys(DEFAULT_RISK_WEIGHTS));
  });
});

import { describe, expect, it } from 'vitest';
import { AskedCalls, type Foretold } from '../../../dialer/rules/pacing/floor/asked-calls.ts';
import { sureCalls } from '../../../dialer/rules/pacing/forecast/sure-calls.ts';

const calls = (count: number, first = 1): Foretold[] =>
  Array.from({ length: count }, (_, i) => ({ risk: (first + i) / 100, usualRisk: 0, threshold: 0.05 }));

describe('calls that were asked for', () => {
  it('were not placed where word of the others came at once', () => {
    const asked = new AskedCalls();
    asked.ask(1000, calls(3));
    expect(asked.told(1000)?.risk).toBe(0.01);
    expect(asked.untold(1000)).toBe(0);
    asked.ask(1500, calls(2, 7));
    expect(asked.told(1500)?.risk).toBe(0.07);
  });

  it('are under way where word comes late, each with what was foretold of it', () => {
    const asked = new AskedCalls();
    for (let second = 1; second <= 20; second++) {
      asked.ask(second * 1000, calls(1, second));
      expect(asked.told(second * 1000 + 400)?.risk).toBe(second / 100);
    }
    asked.ask(30_000, calls(4));
    expect(asked.untold(30_100)).toBe(4);
    expect(asked.told(30_400)?.risk).toBe(0.01);
    expect(asked.untold(30_400)).toBe(3);
    expect(asked.untold(32_000)).toBe(0);
  });

  it('are given up after seconds without a word, and nobody else’s call is taken for one', () => {
    const asked = new AskedCalls();
    expect(asked.told(0)).toBeUndefined();
    asked.ask(1000, calls(1));
    expect(asked.told(7000)).toBeUndefined();
  });
});

describe('sure calls', () => {
  it.each([
    { ready: 0, rate: 0.5, calls: 0 },
    { ready: 1, rate: 0.5, calls: 1 },
    { ready: 10, rate: 0.95, calls: 10 },
    { ready: 10, rate: 0.25, calls: 20 },
    { ready: 10, rate: 0, calls: 200 },
  ])('of $ready ready agents at a rate of $rate are $calls', ({ ready, rate, calls: count }) => {
    expect(sureCalls(ready, rate)).toBe(count);
  });
});

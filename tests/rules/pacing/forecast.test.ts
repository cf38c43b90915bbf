import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactForecast, riskOf, SmoothForecast } from '../../../dialer/rules/pacing/forecast/forecast.ts';
import { PartedRows } from '../../../dialer/rules/pacing/forecast/parted-rows.ts';
import { COLUMNS } from '../../../dialer/rules/pacing/horizon.ts';

const level = (p: number): Float64Array => new Float64Array(COLUMNS).fill(p);

/** Rows of one level each, of which so much is believed. */
function rows(parts: [share: number, level: number][]): PartedRows {
  const table = new Float64Array(parts.length * COLUMNS);
  const parted = new PartedRows();
  parted.start(table);
  for (const [i, [share, p]] of parts.entries()) {
    table.fill(p, i * COLUMNS, (i + 1) * COLUMNS);
    parted.add(i * COLUMNS, share);
  }
  return parted;
}

const everywhere = { first: 0, end: COLUMNS };
const exactly = (ready: number, room: number): ExactForecast => {
  const forecast = new ExactForecast();
  // A picture taken before must not shine through.
  forecast.start(2, 5, everywhere);
  for (let i = 0; i < 9; i++) forecast.addCall(0.3, level(0.9), 0);
  forecast.start(ready, room, everywhere);
  return forecast;
};
const smoothly = (ready: number, answers: number, talks = 0): SmoothForecast => {
  const forecast = new SmoothForecast();
  forecast.start(ready, { answers, talks }, everywhere);
  return forecast;
};

/** P(ready + freed − answered − reserve < 1) by adding up every combination. */
function byEnumeration(ready: number, frees: number[], answers: number[], reserve: number): number {
  const count = frees.length + answers.length;
  let sum = 0;
  for (let mask = 0; mask < 2 ** count; mask++) {
    let chance = 1;
    let spare = ready - reserve;
    for (let i = 0; i < count; i++) {
      const happens = (mask >> i) % 2 === 1;
      const p = (i < frees.length ? frees[i] : answers[i - frees.length]) ?? 0;
      chance *= happens ? p : 1 - p;
      if (happens) spare += i < frees.length ? 1 : -1;
    }
    if (spare < 1) sum += chance;
  }
  return sum;
}

const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });

describe('exact forecast', () => {
  it('equals the sum over all combinations, in any order and with agents held back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3, max: 5 }),
        chances,
        chances,
        fc.integer({ min: 0, max: 3 }),
        (ready, frees, answers, reserve) => {
          const forecast = exactly(ready, answers.length + reserve);
          forecast.addAgents(rows(frees.map((free) => [1, free])));
          forecast.addCalls(rows(answers.map((p) => [p, 1])));
          expect(forecast.nobody(reserve)[3]).toBeCloseTo(byEnumeration(ready, frees, answers, reserve), 4);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('goes evenly from one agent held back to two', () => {
    const forecast = exactly(3, 8);
    for (const p of [0.2, 0.6, 0.5, 0.4]) forecast.addCall(p, level(1), 0);
    const [one, between, two] = [1, 1.25, 2].map((reserve) => forecast.nobody(reserve)[0] ?? 0);
    expect(between).toBeCloseTo(0.75 * (one ?? 0) + 0.25 * (two ?? 0), 9);
  });
});

describe('smooth forecast', () => {
  it('comes within half a point of the exact one for thirty agents and forty calls', () => {
    for (let ready = 0; ready <= 12; ready += 2) {
      const exact = exactly(ready, 40);
      const smooth = smoothly(ready, 0);
      for (const forecast of [exact, smooth]) {
        forecast.addAgents(rows(Array.from({ length: 30 }, (_, i) => [1, 0.05 + 0.01 * i])));
        forecast.addCalls(rows(Array.from({ length: 40 }, (_, i) => [0.1 + 0.005 * i, 0.9])));
      }
      expect(Math.abs((exact.nobody(0)[0] ?? 0) - (smooth.nobody(0)[0] ?? 0))).toBeLessThan(0.005);
    }
  });

  it('counts a call added alone as it counts one of many', () => {
    for (const make of [() => exactly(1, 90), () => smoothly(1, 0)]) {
      const calls = Array.from({ length: 80 }, (_, i): [number, number] => [0.01 * i, 0.9]);
      const [together, alone] = [make(), make()];
      together.addCalls(rows(calls));
      for (const [p, busy] of calls) alone.addCall(p, level(busy), 0);
      expect(Array.from(alone.nobody(0))).toEqual(Array.from(together.nobody(0)));
    }
  });

  it('is more careful when the answer rate itself is in doubt', () => {
    const [sure, unsure] = [0, 0.04].map((doubt) => {
      const forecast = smoothly(20, doubt);
      for (let i = 0; i < 60; i++) forecast.addCall(0.25, level(1), 0);
      return forecast.nobody(0)[0] ?? 0;
    });
    expect(unsure).toBeGreaterThan(sure ?? 1);
  });

  it('is more careful when it is in doubt how likely talks end', () => {
    const [sure, unsure] = [0, 0.3].map((doubt) => {
      const forecast = smoothly(0, 0, doubt);
      forecast.addAgents(rows(Array.from({ length: 40 }, () => [1, 0.5])));
      for (let i = 0; i < 40; i++) forecast.addCall(0.25, level(1), 0);
      return forecast.nobody(0)[0] ?? 0;
    });
    expect(unsure).toBeGreaterThan(2 * (sure ?? 1));
  });

  it('says certain things when nothing is uncertain', () => {
    expect(smoothly(1, 0).nobody(0)[0]).toBe(0);
    expect(smoothly(0, 0).nobody(0)[0]).toBe(1);
  });
});

it('each further call raises the risk, each further agent lowers it', () => {
  for (const make of [() => exactly(1, 10), () => smoothly(1, 0)]) {
    const forecast = make();
    const arrival = level(1 / COLUMNS);
    for (let i = 0; i < 4; i++) forecast.addCall(0.4, level(0.8), 0);
    const before = riskOf(arrival, forecast.nobody(0));
    forecast.addCall(0.4, level(0.8), 0);
    const more = riskOf(arrival, forecast.nobody(0));
    forecast.addAgents(rows([[1, 0.7]]));
    const eased = riskOf(arrival, forecast.nobody(0));
    expect(more).toBeGreaterThan(before);
    expect(eased).toBeLessThan(more);
  }
});

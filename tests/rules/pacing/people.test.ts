import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestRest } from '../../../dialer/rules/routing.ts';
import {
  bandPosition,
  occupancy,
  sumOfTimes,
  talkUtilization,
  utilizationSpread,
} from '../../../dialer/rules/utilization.ts';

const agent = fc.record({ id: fc.oneof(fc.nat(50), fc.string({ maxLength: 3 })), readySince: fc.integer() });

describe('routing', () => {
  it('chooses the agent with the most rest, whatever the order of the list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(agent, { selector: ({ id }) => String(id), minLength: 1 }), (agents) => {
        const chosen = longestRest(agents);
        expect(chosen?.readySince).toBe(Math.min(...agents.map(({ readySince }) => readySince)));
        expect(longestRest([...agents].reverse())).toBe(chosen);
      }),
    );
  });

  it('has nobody when nobody is ready, and puts unreadable times last', () => {
    expect(longestRest([])).toBeUndefined();
    expect(
      longestRest([
        { id: 1, readySince: Number.NaN },
        { id: 2, readySince: 5 },
      ])?.id,
    ).toBe(2);
  });
});

describe('utilization', () => {
  const shift = { readyMs: 20, talkMs: 70, wrapupMs: 10 };

  it('is talk by signed-in time; occupancy counts wrap-up too; nobody signed in is not zero', () => {
    expect(talkUtilization(shift)).toBeCloseTo(0.7, 9);
    expect(occupancy(shift)).toBeCloseTo(0.8, 9);
    expect(talkUtilization({ readyMs: 0, talkMs: 0, wrapupMs: 0 })).toBeUndefined();
    expect(sumOfTimes([shift, shift])).toEqual({ readyMs: 40, talkMs: 140, wrapupMs: 20 });
  });

  it('shows its spread over agents', () => {
    const spread = utilizationSpread([
      shift,
      { readyMs: 50, talkMs: 50, wrapupMs: 0 },
      { readyMs: 0, talkMs: 0, wrapupMs: 0 },
    ]);
    expect(spread).toMatchObject({ agents: 2, lowest: 0.5, highest: 0.7 });
    expect(spread?.deviation).toBeCloseTo(0.1, 9);
    expect(utilizationSpread([])).toBeUndefined();
  });

  it.each([
    [0.68, 'below'],
    [0.69, 'inside'],
    [0.74, 'inside'],
    [0.745, 'above'],
  ] as const)('%f is %s the band', (utilization, position) => {
    expect(bandPosition(utilization, { min: 0.69, max: 0.74 })).toBe(position);
  });
});

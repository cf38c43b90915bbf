import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressive } from '../../../dialer/simulation/baselines/progressive.ts';
import { pointOf, trial } from '../../../dialer/simulation/frontier.ts';
import { ordinaryNetwork } from '../../../dialer/simulation/network-model.ts';
import { callTables } from '../../../dialer/simulation/oracle/call-tables.ts';
import { oracle } from '../../../dialer/simulation/oracle/oracle.ts';
import { Shortage } from '../../../dialer/simulation/oracle/shortage.ts';
import { createPhoneNetwork } from '../../../dialer/simulation/phone-network.ts';
import { day } from '../../../dialer/simulation/scenarios.ts';

/** By enumeration of all outcomes. */
function shortageByEnumeration(base: number, freed: number[], answered: number[]): number {
  const all = [...freed.map((p) => [p, 1] as const), ...answered.map((p) => [p, -1] as const)];
  const go = (i: number, balance: number): number => {
    const one = all[i];
    if (one === undefined) return balance <= 0 ? 1 : 0;
    return one[0] * go(i + 1, balance + one[1]) + (1 - one[0]) * go(i + 1, balance);
  };
  return go(0, base);
}

const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });

describe('the chance to find nobody', () => {
  it('is exact for small teams', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2, max: 4 }), chances, chances, (base, freed, answered) => {
        const shortage = new Shortage(1);
        shortage.start(freed.length + answered.length);
        shortage.setBase(0, base);
        for (const p of freed) shortage.addFreed(0, p);
        for (const p of answered) shortage.addAnswered(0, p);
        expect(shortage.chance(0)).toBeCloseTo(shortageByEnumeration(base, freed, answered), 9);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it.each([
    [1, 30, 0.3, 25, 0.4],
    [3, 60, 0.1, 30, 0.2],
    [0, 200, 0.15, 80, 0.3],
  ])('is close to exact for large ones (base %i)', (base, agents, p, calls, q) => {
    const chance = (count: number): number => {
      const shortage = new Shortage(1);
      shortage.start(count);
      shortage.setBase(0, base);
      for (let i = 0; i < agents; i++) shortage.addFreed(0, p);
      for (let i = 0; i < calls; i++) shortage.addAnswered(0, q);
      return shortage.chance(0);
    };
    // The exact sum holds counts up to 63, beyond what these chances reach.
    expect(Math.abs(chance(1e6) - chance(0))).toBeLessThan(0.004);
  });
});

describe('the true tables', () => {
  it('foretell how many calls placed now are presented by each horizon', () => {
    const horizons = [10, 20, 30, 50, 70];
    const never = new Float64Array(200);
    const tables = callTables(ordinaryNetwork, 0.25, 25_000, 2_000, horizons, never);
    const network = createPhoneNetwork({ seed: 3, phases: [{ from: 0, model: ordinaryNetwork }] });
    const count = 40_000;
    const presented = horizons.map(() => 0);
    let people = 0;
    for (let i = 0; i < count; i++) {
      const { setupMs, fate } = network.plan({ to: `c${i}`, at: 0, ringTimeoutMs: 25_000, attempt: 1 });
      if (fate.kind === 'person') people++;
      if ((fate.kind !== 'person' && fate.kind !== 'machine') || fate.ringMs >= 25_000) continue;
      if (fate.detection.verdict === 'machine') continue;
      if (fate.kind === 'person' && fate.person.patienceMs < fate.detection.afterMs) continue;
      const at = setupMs + fate.ringMs + fate.detection.afterMs;
      for (const [k, h] of horizons.entries()) if (at < (h + 0.5) * 500) presented[k] = (presented[k] ?? 0) + 1;
    }
    const p = people / count;
    for (const k of horizons.keys()) {
      const person = tables.person.setUp.taken[0]?.[k] ?? 0;
      const machine = tables.machine.setUp.taken[0]?.[k] ?? 0;
      expect((presented[k] ?? 0) / count).toBeCloseTo(p * person + (1 - p) * tables.machineShare * machine, 2);
    }
  });
});

describe('the oracle', () => {
  const scenario = day('two hours', '', { agents: 10, shiftMinutes: 120, crew: { breaks: [] } });

  it('is far above one call per agent, near its cap', () => {
    const best = pointOf(trial(scenario, oracle, 3));
    const plain = pointOf(trial(scenario, progressive, 3));
    expect(best.occupancy).toBeGreaterThan(plain.occupancy + 0.15);
    expect(best.abandonRate).toBeLessThan(0.04);
  });

  it('keeps a band, with fewer abandoned calls than the cap allows', () => {
    const band = { min: 0.69, max: 0.74 };
    const kept = pointOf(trial({ ...scenario, agents: 40, targetUtilization: band }, oracle, 1));
    expect(kept.utilization).toBeGreaterThan(band.min);
    expect(kept.utilization).toBeLessThan(band.max);
    expect(kept.abandonRate).toBeLessThan(0.01);
  });
});

import { describe, expect, it } from 'vitest';
import type { PacingEvent } from '../../../dialer/rules/pacing/policy.ts';
import { fixedRatio } from '../../../dialer/simulation/baselines/progressive.ts';
import { ordinaryNetwork } from '../../../dialer/simulation/network-model.ts';
import { oracle } from '../../../dialer/simulation/oracle/oracle.ts';
import { createPhoneNetwork } from '../../../dialer/simulation/phone-network.ts';
import type { PolicySource } from '../../../dialer/simulation/policy-source.ts';
import { day } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';

const scenario = day('short', 'an hour', { agents: 8, shiftMinutes: 60, crew: { breaks: [] } });

function trace(seed: number, policy: PolicySource): string {
  const events: PacingEvent[] = [];
  runShift({ scenario, seed, policy, onEvent: (event) => events.push(event) });
  return JSON.stringify(events);
}

describe('the same seed gives the same day', () => {
  it.each([
    ['fixed ratio', fixedRatio(2)],
    ['oracle', oracle],
  ])('%s', (_, policy) => {
    expect(trace(4, policy)).toBe(trace(4, policy));
    expect(trace(4, policy)).not.toBe(trace(5, policy));
  });
});

describe('the phone network', () => {
  const at = Date.UTC(2026, 2, 2, 10);
  const call = (to: string, attempt?: number) => ({
    to,
    at,
    ringTimeoutMs: 25_000,
    ...(attempt !== undefined && { attempt }),
  });
  const contacts = Array.from({ length: 200 }, (_, i) => `contact-${i}`);

  it('gives a contact the same plan whatever was called before', () => {
    const forwards = createPhoneNetwork({ seed: 9, phases: [{ from: 0, model: ordinaryNetwork }] });
    const backwards = createPhoneNetwork({ seed: 9, phases: [{ from: 0, model: ordinaryNetwork }] });
    const first = new Map(contacts.map((to) => [to, forwards.plan(call(to))]));
    for (const to of [...contacts].reverse()) expect(backwards.plan(call(to))).toEqual(first.get(to));
  });

  it('counts attempts itself: the second call to a contact is another draw', () => {
    const network = createPhoneNetwork({ seed: 9, phases: [{ from: 0, model: ordinaryNetwork }] });
    const first = contacts.map((to) => network.plan(call(to)));
    const second = contacts.map((to) => network.plan(call(to)));
    expect(second).not.toEqual(first);
    expect(contacts.map((to) => network.plan(call(to, 2)))).toEqual(second);
  });

  it('answers as often as its model says, at every hour and for contacts of every kind', () => {
    const model = {
      ...ordinaryNetwork,
      contactSpread: 1.2,
      hours: Array.from({ length: 24 }, (_, hour) => (hour === 18 ? 2 : 1)),
    };
    const network = createPhoneNetwork({ seed: 2, phases: [{ from: 0, model }] });
    for (const [hour, expected] of [
      [10, 0.25],
      [18, 0.5],
    ] as const) {
      const time = Date.UTC(2026, 2, 2, hour);
      let answered = 0;
      for (let i = 0; i < 20_000; i++) {
        const { fate } = network.plan({ to: `c${i}`, at: time, ringTimeoutMs: 25_000, attempt: 1 });
        if (fate.kind === 'person' && fate.ringMs <= 25_000) answered++;
      }
      expect(answered / 20_000).toBeCloseTo(expected, 1.7);
    }
  });

  it('tells chances that are calibrated when they are known without error', () => {
    const model = { ...ordinaryNetwork, contactSpread: 1.5, chance: { known: true, errorSd: 0, bias: 0 } };
    const network = createPhoneNetwork({ seed: 2, phases: [{ from: 0, model }] });
    const bins = Array.from({ length: 5 }, () => ({ count: 0, chance: 0, people: 0 }));
    for (let i = 0; i < 20_000; i++) {
      const contact = { to: `c${i}`, at, ringTimeoutMs: 25_000, attempt: 1 };
      const chance = network.chance(contact) ?? 0;
      const bin = bins[Math.min(4, Math.floor(chance * 5))];
      if (bin === undefined) continue;
      bin.count++;
      bin.chance += chance;
      if (network.plan(contact).fate.kind === 'person') bin.people++;
    }
    for (const bin of bins) expect(Math.abs(bin.people - bin.chance)).toBeLessThan(4 * Math.sqrt(bin.count) * 0.5);
  });
});

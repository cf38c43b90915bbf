import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createShareKeeper, type Demand } from '../../../dialer/engine/pacing/shares.ts';
import type { HeldShare, PacingStore } from '../../../dialer/ports/pacing.ts';
import { type Claim, fairParts, newHold } from '../../../dialer/rules/line-shares.ts';

const claim = (id: string, weight: number, wants: number, holds = 0): Claim => ({ id, weight, wants, holds });

describe('fair parts', () => {
  it.each([
    { name: 'by weight when all want all', wants: [100, 100, 100], expected: [50, 25, 25] },
    { name: 'what one does not want goes to the others by weight', wants: [10, 100, 100], expected: [10, 45, 45] },
    { name: 'an idle one lends all', wants: [0, 0, 100], expected: [0, 0, 100] },
    { name: 'what nobody wants is divided by weight', wants: [20, 20, 0], expected: [50, 35, 15] },
  ])('$name', ({ wants, expected }) => {
    const parts = fairParts(
      wants.map((each, i) => claim(`${i}`, i === 0 ? 2 : 1, each)),
      100,
    );
    expect([...parts.values()].map((part) => Math.round(part * 1000) / 1000)).toEqual(expected);
  });

  it('never come to more than there is, and give nobody less than its weight while it wants more', () => {
    const some = fc.record({ weight: fc.integer({ min: 1, max: 9 }), wants: fc.nat(200) });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 6 }), fc.nat(300), (list, total) => {
        const claims = list.map(({ weight, wants }, i) => claim(`${i}`, weight, wants));
        const parts = fairParts(claims, total);
        const sum = [...parts.values()].reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(total, 6);
        const weights = claims.reduce((a, { weight }) => a + weight, 0);
        for (const { id, weight, wants } of claims)
          expect(parts.get(id) ?? 0).toBeGreaterThanOrEqual(Math.min(wants, (total * weight) / weights) - 1e-6);
      }),
    );
  });
});

/** Campaigns whose calls begin and end, each looking at the account when its turn comes. */
type Step = { campaign: number; act: 'renew' | 'place' | 'end'; amount: number };
const step: fc.Arbitrary<Step> = fc.record({
  campaign: fc.nat(3),
  act: fc.constantFrom('renew', 'place', 'end'),
  amount: fc.nat(60),
});

describe('holds', () => {
  const total = 40;

  it('together never exceed the account, whatever order pacers renew, place and end calls in', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const holds = [0, 0, 0, 0];
        const used = [0, 0, 0, 0];
        const wants = [0, 0, 0, 0];
        for (const { campaign, act, amount } of steps) {
          if (act === 'place') {
            wants[campaign] = amount;
            used[campaign] = Math.max(used[campaign] ?? 0, Math.min(holds[campaign] ?? 0, amount));
          } else if (act === 'end') used[campaign] = Math.max(0, (used[campaign] ?? 0) - amount);
          else {
            const claims = holds.map((held, i) => claim(`${i}`, i + 1, wants[i] ?? 0, held));
            holds[campaign] = Math.floor(newHold(`${campaign}`, claims, used[campaign] ?? 0, total));
          }
          expect(holds.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(total);
          for (const [i, calls] of used.entries()) expect(calls).toBeLessThanOrEqual(holds[i] ?? 0);
        }
      }),
    );
  });
});

describe('a pacer’s hold', () => {
  const rows = new Map<string, HeldShare>();
  const store: Pick<PacingStore, 'holdShare'> = {
    holdShare: async ({ campaignId, weight, wants }, decide) => {
      const holds = decide([...rows.values()].filter(({ id }) => id !== campaignId));
      rows.set(campaignId, { id: campaignId, weight, wants, holds });
      return holds;
    },
  };
  const account = { lines: 100, callsPerSecond: 10 };
  const need = (inUse: number, place: number): Demand => ({
    weight: 1,
    inUse,
    place,
    most: { lines: 1000, callsPerSecond: 50 },
  });

  it('borrows what the other leaves idle, and gives it back as calls end', async () => {
    const [a, b] = ['a', 'b'].map((campaignId) => createShareKeeper({ campaignId, store, account }));
    if (!a || !b) throw new Error('two campaigns');
    expect(await a.share(need(0, 10), 0)).toEqual(account);
    // The other is not there yet when it first asks; then the first lets go of half.
    expect((await b.share(need(0, 60), 1000)).lines).toBe(0);
    expect((await a.share(need(10, 0), 6000)).lines).toBeLessThanOrEqual(50);
    expect((await b.share(need(0, 60), 7000)).lines).toBeGreaterThanOrEqual(50);
    expect((await a.share(need(0, 0), 12_000)).lines).toBeLessThan(30);
    expect((await b.share(need(50, 90), 13_000)).lines).toBe(80);
    // Now the first wants all: the other keeps its calls and lets go of the rest, and later of what has ended.
    expect((await a.share(need(15, 90), 18_000)).lines).toBe(20);
    expect((await b.share(need(70, 90), 19_000)).lines).toBe(70);
    expect((await a.share(need(20, 90), 20_000)).lines).toBe(30);
    expect((await b.share(need(45, 90), 25_000)).lines).toBe(50);
    expect((await a.share(need(30, 90), 26_000)).lines).toBe(50);
    // A pacer that stops leaves the account to the others at once.
    await a.release(27_000);
    expect((await b.share(need(45, 90), 31_000)).lines).toBe(100);
  });
});

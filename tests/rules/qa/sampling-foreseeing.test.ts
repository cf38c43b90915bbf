/** What somebody who may read the whole database knows before a draw: every key revealed so far, and the hash of the one to come. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitmentOf, drawKeyOf, drawSamples, isDrawKey } from '../../../qa/rules/sampling.ts';
import { allAgents, entries, frameOf, idsOf, request } from './sampling-helpers.ts';

const draws = fc.record({
  campaignId: fc.uuid(),
  kind: fc.constantFrom('daily', 'weekly', 'overlap'),
  from: fc.integer({ min: 10, max: 28 }).map((day) => `2026-11-${day}`),
  round: fc.nat({ max: 3 }),
});

describe('no foreseeing', () => {
  it('each draw of each secret has a key of its own, always the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), draws, draws, (secret, other, one, another) => {
        const key = drawKeyOf(secret, one);
        expect(isDrawKey(key)).toBe(true);
        expect(drawKeyOf(secret, { ...one })).toBe(key);
        const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
        expect(drawKeyOf(other, another) === key).toBe(secret === other && same(one, another));
      }),
    );
  });

  it('whoever guesses by all that was revealed, or by the promise itself, hits no more than by luck', () => {
    const frame = frameOf(entries([40, 40, 40, 40, 40]));
    const asked = request({ alreadyDrawn: allAgents(frame) });
    const drawnBy = (key: string): Set<string> => {
      const result = drawSamples(frame, asked, key, commitmentOf(key));
      if (!result.ok) throw new Error('refused');
      return new Set(idsOf(result.draw));
    };
    let hits = 0;
    let guesses = 0;
    for (let trial = 0; trial < 60; trial++) {
      const keys = Array.from({ length: 6 }, (_, day) =>
        drawKeyOf(`secret ${trial}`, { campaignId: 'c', kind: 'daily', from: `2026-11-2${day}`, round: 0 }),
      );
      const next = keys.pop() ?? '';
      const drawn = drawnBy(next);
      const known = [
        ...keys,
        commitmentOf(next),
        ...keys.map((key) => drawKeyOf(key, { campaignId: 'c', kind: 'daily', from: '2026-11-25', round: 0 })),
      ];
      for (const key of known) for (const id of drawnBy(key)) hits += drawn.has(id) ? 1 : 0;
      guesses += known.length * 20;
    }
    // 20 of 200 are drawn: a guess is right one time in ten. 13,200 guesses: ten standard deviations either way are 0.026.
    expect(guesses).toBe(13_200);
    expect(Math.abs(hits / guesses - 0.1)).toBeLessThan(0.026);
  });
});

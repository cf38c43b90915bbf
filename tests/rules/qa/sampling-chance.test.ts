import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedHash } from '../../../qa/rules/sampling/keyed-hash.ts';
import {
  commitmentOf,
  type DrawRequest,
  drawOverlap,
  frameEntries,
  isDrawKey,
  OVERLAP_ALGORITHM,
  verifyDraw,
} from '../../../qa/rules/sampling.ts';
import { draw, entries, frameOf, keyOf, request } from './sampling-helpers.ts';

describe('the keyed hash', () => {
  it('is HMAC-SHA-256 of the label, short or long, in any script', () => {
    const label = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 80 }));
    fc.assert(
      fc.property(fc.nat(), label, (n, text) => {
        const key = keyOf(n);
        const digest = createHmac('sha256', Buffer.from(key, 'hex')).update(text, 'utf8').digest();
        expect(keyedHash(key).uniform(text)).toBe(Number(digest.readBigUInt64BE(0) >> 11n) / 2 ** 53);
      }),
    );
  });

  it('is committed to by the SHA-256 of the key', () => {
    const key = keyOf(1);
    expect(isDrawKey(key)).toBe(true);
    expect(isDrawKey(key.toUpperCase())).toBe(false);
    expect(commitmentOf(key)).toBe(createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex'));
  });
});

describe('the chance of being drawn', () => {
  // Agents of very different size; one tightened; two who must be drawn this week and have too little for a share of their own.
  const frame = frameOf([
    ...entries([2, 3, 7, 24, 41]),
    ...entries([2], 'complaint').map((r) => ({ ...r, recordingId: `x${r.recordingId}` })),
  ]);
  const asked = request({
    agentRates: [{ agentId: 'agent-2', rate: 0.3, minimum: 2 }],
    alreadyDrawn: ['agent-1', 'agent-2', 'agent-3', 'agent-4'],
  });
  const trials = 6000;
  const fails = (id: string) => id.endsWith('1') || id.startsWith('r-1') || id.startsWith('x');
  const times = new Map<string, number>();
  const estimates: number[] = [];
  const strata = new Map<string, number>();
  for (let n = 0; n < trials; n++) {
    let estimate = 0;
    const made = draw(frame, asked, n);
    for (const { recordingId, inclusionProbability } of made.drawn) {
      times.set(recordingId, (times.get(recordingId) ?? 0) + 1);
      if (fails(recordingId)) estimate += 1 / inclusionProbability;
    }
    estimates.push(estimate);
    for (const { agentId, inclusionProbability } of made.strata)
      strata.set(agentId, (strata.get(agentId) ?? 0) + inclusionProbability / trials);
  }

  it('is for every recording what the draw says it is', () => {
    for (let i = 0; i < frame.recordingIds.length; i++) {
      const id = frame.recordingIds.at(i);
      const said = frame.forcedOf[i] === 0 ? (strata.get(frame.agentIds[frame.agentOf[i] ?? 0] ?? '') ?? 0) : 1;
      const share = (times.get(id) ?? 0) / trials;
      expect(Math.abs(share - said)).toBeLessThanOrEqual(4.5 * Math.sqrt((said * (1 - said)) / trials));
    }
  });

  it('makes the Horvitz–Thompson total unbiased', () => {
    const truth = [...frame.recordingIds].filter(fails).length;
    const mean = estimates.reduce((sum, x) => sum + x, 0) / trials;
    const variance = estimates.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (trials - 1);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * Math.sqrt(variance / trials));
  });
});

describe('the chance in tiny frames of unequal agents, where a careless draw is furthest off', () => {
  it.each<[string, number[], Partial<DrawRequest>]>([
    ['one and two', [1, 2], { rate: 0.3, alreadyDrawn: ['agent-0', 'agent-1'] }],
    ['one and nine', [1, 9], { rate: 0.2, alreadyDrawn: ['agent-0', 'agent-1'] }],
    ['one, two and five', [1, 2, 5], { rate: 0.25, alreadyDrawn: ['agent-0', 'agent-1', 'agent-2'] }],
    ['twos, each promised one', [2, 2, 2], { rate: 0.5 }],
    [
      'a nine, promised five, beside ones',
      [9, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      { kind: 'weekly', rate: 0.5, agentRates: [{ agentId: 'agent-0', rate: 0.1, minimum: 5 }] },
    ],
    [
      'a three, promised two, beside a six',
      [3, 6],
      { rate: 0.34, agentRates: [{ agentId: 'agent-0', rate: 0.4, minimum: 2 }] },
    ],
  ])('%s', (_, sizes, change) => {
    const frame = frameOf(entries(sizes));
    const trials = 2500;
    const times = new Map<string, number>();
    const said = new Map<string, number>();
    const drawn = new Map<string, number[]>();
    for (let n = 0; n < trials; n++) {
      const made = draw(frame, request(change), n);
      for (const { recordingId } of made.drawn) times.set(recordingId, (times.get(recordingId) ?? 0) + 1);
      for (const { agentId, inclusionProbability, drawn: count } of made.strata) {
        said.set(agentId, (said.get(agentId) ?? 0) + inclusionProbability / trials);
        drawn.set(agentId, drawn.get(agentId) ?? []);
        drawn.get(agentId)?.push(count);
      }
    }
    for (const [i, id] of [...frame.recordingIds].entries()) {
      const chance = said.get(frame.agentIds[frame.agentOf[i] ?? 0] ?? '') ?? 0;
      expect(Math.abs((times.get(id) ?? 0) / trials - chance)).toBeLessThanOrEqual(
        4 * Math.sqrt((chance * (1 - chance)) / trials) + 1e-9,
      );
    }
    // How many of an agent are drawn varies far less than which: the sharper test.
    for (const [agent, size] of sizes.entries()) {
      const counts = drawn.get(`agent-${agent}`) ?? [];
      const mean = counts.reduce((sum, count) => sum + count, 0) / trials;
      const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / trials;
      const expected = size * (said.get(`agent-${agent}`) ?? 0);
      expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4 * Math.sqrt(variance / trials) + 1e-9);
    }
  });
});

describe('the blind overlap', () => {
  const asked = (size: number, avoided: string[] = []) => ({ algorithm: OVERLAP_ALGORITHM, size, avoided });
  const taken = Array.from({ length: 30 }, (_, i) => ({ recordingId: `r${i}`, agentId: `agent-${i % 3}` }));
  const idsOf = (drawn: readonly { recordingId: string }[]) => drawn.map(({ recordingId }) => recordingId);

  it('is a fixed number of what the week’s draws took, whatever the order, and larger only adds', () => {
    const small = drawOverlap(taken, asked(5), keyOf(3));
    const large = drawOverlap([...taken].reverse(), asked(9), keyOf(3));
    expect(small).toHaveLength(5);
    for (const { inclusionProbability } of small) expect(inclusionProbability).toBeCloseTo(5 / 30);
    expect(idsOf(large)).toEqual(expect.arrayContaining(idsOf(small)));
    expect(drawOverlap([], asked(5), keyOf(3))).toEqual([]);
    const all = drawOverlap(taken, asked(50), keyOf(3));
    expect(all.map(({ inclusionProbability }) => inclusionProbability)).toEqual(taken.map(() => 1));
  });

  it('takes what the supervisor has drawn already only when nothing else is left, and keeps the chance of each', () => {
    const avoided = idsOf(taken.slice(0, 24));
    const within = drawOverlap(taken, asked(5, avoided), keyOf(7));
    expect(within.filter(({ recordingId }) => avoided.includes(recordingId))).toEqual([]);
    expect(within[0]?.inclusionProbability).toBeCloseTo(5 / 6);
    const beyond = drawOverlap(taken, asked(12, avoided), keyOf(7));
    expect(idsOf(beyond)).toEqual(expect.arrayContaining(idsOf(taken.slice(24))));
    const fallen = beyond.filter(({ recordingId }) => avoided.includes(recordingId));
    expect(fallen).toHaveLength(6);
    for (const { inclusionProbability } of fallen) expect(inclusionProbability).toBeCloseTo(6 / 24);
  });

  it('is recomputed from its frame and key like any draw, and a swapped recording is found', () => {
    const frame = frameOf(taken.map((each) => ({ ...each, forced: null, late: false })));
    const request = asked(6, ['r1', 'r2']);
    const drawn = drawOverlap(taken, request, keyOf(9));
    const kept = {
      request,
      key: keyOf(9),
      keyCommitment: commitmentOf(keyOf(9)),
      promise: commitmentOf(keyOf(9)),
      frameHash: frame.hash,
      entries: [...frameEntries(frame)],
      drawn,
      figures: {
        algorithm: request.algorithm,
        rate: 6 / taken.length,
        frameSize: taken.length,
        size: 6,
        forced: 0,
        late: 0,
      },
    };
    expect(verifyDraw(kept)).toMatchObject({ same: true, drawnSize: 6 });
    expect(verifyDraw({ ...kept, drawn: drawn.slice(1) }).same).toBe(false);
    expect(
      verifyDraw({ ...kept, keyCommitment: commitmentOf(keyOf(8)), promise: commitmentOf(keyOf(8)) }).differences,
    ).toMatchObject([{ fault: 'key-differs-from-commitment' }]);
  });
});

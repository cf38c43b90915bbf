import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  buildFrame,
  commitmentOf,
  FORCED_REASONS,
  type FrameEntry,
  drawSamples,
  frameEntries,
  type StoredDraw,
  verifyDraw,
} from '../../../qa/rules/sampling.ts';
import { draw, entries, frameOf, keyOf, request } from './sampling-helpers.ts';

const rows = entries([12, 30, 5]);
const frame = frameOf(rows);
const made = draw(frame, request(), 4);
const stored: StoredDraw = {
  request: made.request,
  key: keyOf(4),
  keyCommitment: made.keyCommitment,
  promise: made.keyCommitment,
  frameHash: made.frameHash,
  entries: rows,
  drawn: made.drawn,
  figures: {
    algorithm: made.request.algorithm,
    rate: made.request.rate,
    frameSize: 47,
    size: made.drawn.length,
    forced: made.forcedSize,
    late: 0,
  },
};
const [first, ...others] = made.drawn;
const undrawn = rows.find(({ recordingId }) => !made.drawn.some((row) => row.recordingId === recordingId));
if (first === undefined || undrawn === undefined) throw new Error('the fixture draws some, not all');
const swapped = { ...first, recordingId: undrawn.recordingId, agentId: undrawn.agentId };

describe('verifying a stored draw', () => {
  it('finds an untouched draw the same, in whatever order its rows are kept', () => {
    expect(verifyDraw(stored)).toMatchObject({ same: true, frameSize: 47, differences: [] });
    expect(verifyDraw({ ...stored, entries: [...rows].reverse(), drawn: [...made.drawn].reverse() }).same).toBe(true);
    expect([...frameEntries(frame)]).toEqual(expect.arrayContaining(rows));
  });

  it.each<[string, Partial<StoredDraw>, string[]]>([
    ['a rate told otherwise', { figures: { ...stored.figures, rate: 0.5 } }, ['figure-differs']],
    ['a size told otherwise', { figures: { ...stored.figures, size: 99, frameSize: 1000 } }, ['figure-differs']],
    ['forced ones told that are none', { figures: { ...stored.figures, forced: 7, late: 1 } }, ['figure-differs']],
    ['a recording swapped', { drawn: [swapped, ...others] }, ['not-stored', 'not-drawn']],
    ['a recording dropped', { drawn: others }, ['not-stored']],
    ['a recording kept twice', { drawn: [...made.drawn, first] }, ['stored-twice']],
    ['a chance changed', { drawn: [{ ...first, inclusionProbability: 0.5 }, ...others] }, ['differs']],
    ['a reason changed', { drawn: [{ ...first, reason: 'tightened' }, ...others] }, ['differs']],
    ['the frame hash changed', { frameHash: 'ab' }, ['frame-changed']],
    ['another key revealed', { key: keyOf(5) }, ['key-differs-from-commitment']],
    ['another key than was promised', { promise: commitmentOf(keyOf(5)) }, ['promise-not-kept']],
    ['no promise', { promise: '' }, ['promise-not-kept']],
    ['a recording twice in the frame', { entries: [...rows, ...rows.slice(0, 1)] }, ['recording-twice']],
    ['an algorithm it does not know', { request: request({ algorithm: 'fairline-ring/0' }) }, ['unknown-algorithm']],
  ])('finds %s', (_, change, expected) => {
    const verdict = verifyDraw({ ...stored, ...change });
    expect(verdict.same).toBe(false);
    expect([...new Set(verdict.differences.map(({ fault }) => fault))]).toEqual(expected);
  });

  // What the algorithm of this name drew must be what it draws for ever, or draws that were stored would no longer verify.
  it('draws again what it drew when draws were first stored', () => {
    const frozen: FrameEntry[] = Array.from({ length: 500 }, (_, i) => {
      const hex = createHash('sha256').update(`recording ${i}`).digest('hex');
      const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
      return {
        recordingId: parts.join('-'),
        agentId: `agent-${i % 7 === 0 ? 0 : i % 5}`,
        forced: i % 50 === 3 ? (FORCED_REASONS[i % 4] ?? null) : null,
        late: i % 11 === 0,
      };
    });
    const key = '5a'.repeat(32);
    const asked = { agentRates: [{ agentId: 'agent-2', rate: 0.3, minimum: 5 }], alreadyDrawn: ['agent-0'] };
    const result = drawSamples(frameOf(frozen), request(asked), key, commitmentOf(key));
    if (!result.ok) throw new Error('refused');
    const lines = Array.from(result.draw.drawn, (row) =>
      [row.recordingId, row.agentId, row.reason, row.inclusionProbability, row.late].join(' '),
    );
    expect(result.draw.frameHash).toBe('46b29ae4091d80c23f1875a780fb9497cfc36a99133b17171efc43dbc9b3afc2');
    expect(lines).toHaveLength(76);
    expect(createHash('sha256').update(lines.toSorted().join('\n')).digest('hex')).toBe(
      '7d42f701571cb57052d313ed9f4faee74d13ae8bc0320212e377f09a991faf00',
    );
  });

  it('finds a key and commitment that were both replaced', () => {
    const key = keyOf(99);
    expect(verifyDraw({ ...stored, key, keyCommitment: commitmentOf(key) }).same).toBe(false);
  });

  it('finds a recording removed from the frame', () => {
    const entriesLeft = rows.filter(({ recordingId }) => recordingId !== undrawn.recordingId);
    expect(verifyDraw({ ...stored, entries: entriesLeft }).differences).toContainEqual(
      expect.objectContaining({ fault: 'frame-changed' }),
    );
  });
});

describe('a frame', () => {
  it('refuses ids that could forge its canonical text', () => {
    expect(buildFrame([{ recordingId: 'a\tb', agentId: 'x', forced: null, late: false }])).toMatchObject({ ok: false });
    expect(buildFrame([{ recordingId: 'a', agentId: '', forced: null, late: false }])).toMatchObject({ ok: false });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitmentOf, drawSamples } from '../../../qa/rules/sampling.ts';
import { allAgents, draw, entries, frameOf, idsOf, keyOf, request } from './sampling-helpers.ts';

const sizes = fc.array(fc.nat({ max: 40 }), { maxLength: 12 });
const rate = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
const trial = fc.nat();

describe('a daily draw', () => {
  it('takes the rate of the frame, rounded up, exactly, where nothing is promised', () => {
    fc.assert(
      fc.property(sizes, rate, trial, (agents, share, n) => {
        const frame = frameOf(entries(agents));
        const made = draw(frame, request({ rate: share, alreadyDrawn: allAgents(frame) }), n);
        // In whole thousandths, and not by the rule that is tested.
        const thousandths = Math.round(share * 1000) * frame.recordingIds.length;
        expect(made.drawn).toHaveLength(Math.floor((thousandths + 999) / 1000));
        expect(new Set(idsOf(made)).size).toBe(made.drawn.length);
      }),
    );
  });

  it('is the same for the same frame, whatever order its rows came in', () => {
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.nat()), trial, (agents, mix, n) => {
        const rows = entries(agents);
        const shuffled = rows.map((row) => ({ row, at: mix.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        const [one, other] = [frameOf(rows), frameOf(shuffled.map(({ row }) => row))];
        expect(other.hash).toBe(one.hash);
        expect(draw(other, request(), n)).toEqual(draw(one, request(), n));
      }),
    );
  });

  it('takes another sample under another key', () => {
    const frame = frameOf(entries([50, 50]));
    const samples = new Set(
      Array.from({ length: 50 }, (_, n) =>
        idsOf(draw(frame, request(), n))
          .sort()
          .join(),
      ),
    );
    expect(samples.size).toBe(50);
  });

  it('only adds recordings when the rate, an agent’s rate or an agent’s minimum rises', () => {
    fc.assert(
      fc.property(sizes, rate, rate, rate, fc.nat({ max: 9 }), trial, (agents, low, rise, agentRate, minimum, n) => {
        const frame = frameOf(entries(agents));
        const high = Math.min(1, low + rise);
        const tightened = { agentId: 'agent-0', rate: agentRate, minimum };
        const harder = { agentId: 'agent-0', rate: Math.min(1, agentRate + rise), minimum: minimum + 2 };
        const base = draw(frame, request({ rate: low }), n);
        for (const more of [
          request({ rate: high }),
          request({ rate: low, agentRates: [tightened] }),
          request({ rate: high, agentRates: [harder] }),
        ]) {
          const ids = new Set(idsOf(draw(frame, more, n)));
          // At a rate of 0 the weekly promise is off, so only a positive rate can be compared.
          if (low > 0) expect(idsOf(base).every((id) => ids.has(id))).toBe(true);
        }
        const some = idsOf(draw(frame, request({ rate: low, agentRates: [tightened] }), n));
        const more = new Set(idsOf(draw(frame, request({ rate: low, agentRates: [harder] }), n)));
        expect(some.every((id) => more.has(id))).toBe(true);
      }),
    );
  });

  it('keeps every agent near the common share', () => {
    fc.assert(
      fc.property(fc.array(fc.constant(30), { minLength: 1, maxLength: 20 }), rate, trial, (agents, share, n) => {
        const frame = frameOf(entries(agents));
        const made = draw(frame, request({ rate: share, alreadyDrawn: allAgents(frame) }), n);
        for (const { size, drawn } of made.strata) expect(Math.abs(drawn - share * size)).toBeLessThan(3);
      }),
    );
  });

  it('draws every agent who has not been drawn this week, and says which were added for it', () => {
    fc.assert(
      fc.property(sizes, fc.subarray([0, 1, 2, 3, 4, 5]), trial, (agents, drawnBefore, n) => {
        const frame = frameOf(entries(agents));
        const alreadyDrawn = drawnBefore.map((agent) => `agent-${agent}`);
        const made = draw(frame, request({ alreadyDrawn }), n);
        for (const { agentId, drawn } of made.strata)
          if (!alreadyDrawn.includes(agentId)) expect(drawn).toBeGreaterThan(0);
        const added = made.drawn.filter(({ reason }) => reason === 'once-a-week').length;
        expect(made.drawn.length - added).toBe(made.lotSize);
      }),
    );
  });

  it('keeps the weekly promise over any week of days', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 }), { maxLength: 7 }),
        trial,
        (week, n) => {
          const drawn = new Set<string>();
          const present = new Set<string>();
          for (const [day, agents] of week.entries()) {
            const rows = entries(agents).map((row) => ({ ...row, recordingId: `${day}-${row.recordingId}` }));
            for (const { agentId } of rows) present.add(agentId);
            for (const row of draw(frameOf(rows), request({ alreadyDrawn: [...drawn] }), n + day).drawn)
              drawn.add(row.agentId);
            expect([...present].filter((agent) => !drawn.has(agent))).toEqual([]);
          }
        },
      ),
    );
  });

  it('takes forced recordings always, with a chance of 1, beside the share of the others', () => {
    const rows = [
      ...entries([20, 20]),
      ...entries([3], 'complaint').map((row) => ({ ...row, recordingId: `x${row.recordingId}` })),
    ];
    const frame = frameOf(rows);
    const made = draw(frame, request({ alreadyDrawn: allAgents(frame) }), 7);
    expect(made.drawn.filter(({ reason }) => reason === 'complaint')).toHaveLength(3);
    expect(made.drawn.filter(({ inclusionProbability }) => inclusionProbability === 1)).toHaveLength(3);
    expect(made.drawn.filter(({ reason }) => reason === 'lot')).toHaveLength(4);
  });

  it('raises a tightened agent to the rate or the minimum, whichever is more, and never above what there is', () => {
    const frame = frameOf(entries([30, 10, 3]));
    const agentRates = frame.agentIds.map((agentId) => ({ agentId, rate: 0.3, minimum: 5 }));
    const made = draw(frame, request({ agentRates, alreadyDrawn: allAgents(frame) }), 3);
    for (let n = 0; n < 20; n++) {
      const { drawn } = draw(frame, request({ agentRates, alreadyDrawn: allAgents(frame) }), n);
      expect(new Set(drawn.map(({ reason }) => reason))).toEqual(new Set(['lot', 'tightened']));
    }
    const bySize = new Map(made.strata.map(({ size, drawn, promised }) => [size, { drawn, promised }]));
    expect(bySize.get(30)?.promised).toBe(9);
    expect(bySize.get(10)?.promised).toBe(5);
    expect(bySize.get(3)).toEqual({ drawn: 3, promised: 3 });
  });

  it.each([
    ['an empty frame', [], 0.1, 0],
    ['a frame of one', [1], 0.1, 1],
    ['a rate of 0', [10, 10], 0, 0],
    ['a rate of 100 %', [10, 10], 1, 20],
    ['7 % of 100, which floating point makes a little more than 7', [100], 0.07, 7],
  ])('of %s', (_, agents, share, expected) => {
    const made = draw(frameOf(entries(agents)), request({ rate: share }), 1);
    expect(made.drawn).toHaveLength(expected);
    for (const { inclusionProbability } of made.drawn) expect(inclusionProbability).toBeGreaterThan(0);
    if (share === 1) expect(made.drawn.every(({ inclusionProbability }) => inclusionProbability === 1)).toBe(true);
  });

  it('marks what came late', () => {
    const late = entries([3]).map((row) => ({ ...row, late: true }));
    expect(draw(frameOf(late), request(), 1).drawn).toMatchObject([{ late: true }]);
  });

  it('refuses impossible rates, minimums and keys, and names each', () => {
    const frame = frameOf(entries([5]));
    const bad = request({
      algorithm: 'other/9',
      rate: 1.2,
      agentRates: [
        { agentId: 'a', rate: Number.NaN, minimum: 1.5 },
        { agentId: 'a', rate: 0, minimum: 0 },
      ],
    });
    const result = drawSamples(frame, bad, 'short', '');
    const faults = result.ok ? [] : result.faults.map(({ fault }) => fault);
    expect(faults).toEqual([
      'unknown-algorithm',
      'rate-out-of-range',
      'rate-out-of-range',
      'bad-minimum',
      'agent-rate-twice',
      'bad-key',
    ]);
    expect(drawSamples(frame, request(), keyOf(1), commitmentOf(keyOf(2)))).toEqual({
      ok: false,
      faults: [{ fault: 'key-differs-from-commitment' }],
    });
  });
});

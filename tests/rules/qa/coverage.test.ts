import { describe, expect, it } from 'vitest';
import {
  betaQuantile,
  clopperPearson,
  estimateShare,
  fitPrior,
  hajekMean,
  horvitzThompsonMean,
  shrunkenRate,
  wilson,
} from '../../../qa/rules/estimates.ts';
import { keyedHash } from '../../../qa/rules/sampling/keyed-hash.ts';
import { draw, entries, frameOf, keyOf, request } from './sampling-helpers.ts';

const { uniform } = keyedHash(keyOf(0));

describe('intervals cover at their rate', () => {
  it.each([0.02, 0.1, 0.5, 0.93])('of a binomial share of %d: the exact one always, Wilson’s on the whole', (p) => {
    const trials = 1500;
    const n = 66;
    const hits = { wilson: 0, exact: 0 };
    for (let t = 0; t < trials; t++) {
      let x = 0;
      for (let i = 0; i < n; i++) if (uniform(`${p} ${t} ${i}`) < p) x += 1;
      const w = wilson(x / n, n);
      const e = clopperPearson(x, n);
      if (w.low <= p && p <= w.high) hits.wilson += 1;
      if (e.low <= p && p <= e.high) hits.exact += 1;
    }
    expect(hits.exact / trials).toBeGreaterThan(0.94);
    expect(hits.wilson / trials).toBeGreaterThan(0.92);
  });

  it('of a centre’s fortnight drawn day by day, agents unequal in number and quality, one tightened, complaints forced', () => {
    // Agent 4 is bad and inspected at 30 %: an unweighted share would make the centre look worse than it is.
    const failRates = [0.02, 0.05, 0.04, 0.08, 0.35, 0.03];
    const sizes = [20, 15, 6, 30, 18, 3];
    const days = 10;
    const frames = Array.from({ length: days }, (_, day) => {
      const rows = entries(sizes).map((row) => ({
        ...row,
        recordingId: `${day}-${row.recordingId}`,
        forced: uniform(`complaint ${day} ${row.recordingId}`) < 0.01 ? ('complaint' as const) : null,
      }));
      return frameOf(rows);
    });
    const fails = (id: string, agentId: string) => uniform(`fails ${id}`) < (failRates[Number(agentId.slice(6))] ?? 0);
    let failing = 0;
    let population = 0;
    for (const frame of frames) {
      for (const [i, id] of [...frame.recordingIds].entries()) {
        population += 1;
        if (fails(id, frame.agentIds[frame.agentOf[i] ?? 0] ?? '')) failing += 1;
      }
    }
    const truth = failing / population;
    const trials = 400;
    let covered = 0;
    let sum = 0;
    let sumSquares = 0;
    let raw = 0;
    let hajek = 0;
    for (let t = 0; t < trials; t++) {
      const sample = frames.flatMap((frame, day) => {
        const asked = request({
          agentRates: [{ agentId: 'agent-4', rate: 0.3, minimum: 5 }],
          alreadyDrawn: day % 5 === 0 ? [] : [...frame.agentIds],
        });
        return draw(frame, asked, t * days + day).drawn.map(({ recordingId, agentId, inclusionProbability }) => ({
          value: fails(recordingId, agentId) ? 1 : 0,
          inclusionProbability,
        }));
      });
      const { interval } = estimateShare(sample);
      const mean = horvitzThompsonMean(sample, population) ?? 0;
      if (interval.low <= truth && truth <= interval.high) covered += 1;
      sum += mean;
      sumSquares += mean * mean;
      hajek += (hajekMean(sample) ?? 0) / trials;
      raw += sample.reduce((total, { value }) => total + value, 0) / sample.length / trials;
    }
    const mean = sum / trials;
    const error = Math.sqrt((sumSquares / trials - mean * mean) / trials);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * error);
    // What the pages show is nearly so: its bias is small against its own error in one draw.
    expect(Math.abs(hajek - truth)).toBeLessThan(0.25 * error * Math.sqrt(trials));
    expect(raw - truth).toBeGreaterThan(20 * error);
    expect(covered / trials).toBeGreaterThan(0.92);
  });

  it('of shrunken rates, over agents whose true rates are spread like the prior', () => {
    let covered = 0;
    let closer = 0;
    const agents = 400;
    const truths = Array.from({ length: agents }, (_, i) => betaQuantile(uniform(`truth ${i}`), 18, 2));
    const seen = truths.map((truth, i) => {
      const n = 3 + (i % 30);
      let x = 0;
      for (let k = 0; k < n; k++) if (uniform(`seen ${i} ${k}`) < truth) x += 1;
      return { rate: x / n, n };
    });
    const prior = fitPrior(seen);
    let rawError = 0;
    let shrunkenError = 0;
    for (const [i, one] of seen.entries()) {
      const truth = truths[i] ?? 0;
      const { rate, interval } = shrunkenRate(prior, one);
      if (interval.low <= truth && truth <= interval.high) covered += 1;
      if (Math.abs(rate - truth) < Math.abs(one.rate - truth)) closer += 1;
      rawError += (one.rate - truth) ** 2;
      shrunkenError += (rate - truth) ** 2;
    }
    expect(prior.a / (prior.a + prior.b)).toBeCloseTo(0.9, 1);
    expect(covered / agents).toBeGreaterThan(0.9);
    expect(shrunkenError).toBeLessThan(0.7 * rawError);
    expect(closer / agents).toBeGreaterThan(0.5);
  });
});

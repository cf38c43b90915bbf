import { fitPrior, shrunkenRate } from '../estimates.ts';
import type { AgentCard, InspectedRecording } from './agent-card.ts';

export const MEASURES = [
  'effectiveRate',
  'validSales',
  'utilization',
  'complaints',
  'selfCheck',
  'attendance',
  'conduct',
] as const;
export type Measure = (typeof MEASURES)[number];

/** How a measure becomes points: `none` gives 0 points, `full` gives 100, straight between; `full` below `none` where less is better. */
export interface Scale {
  readonly weight: number;
  readonly none: number;
  readonly full: number;
}

/** A centre's own weights. A weight of 0 leaves a measure out. */
export type CompositeScales = Readonly<Record<Measure, Scale>>;

export const DEFAULT_SCALES: CompositeScales = {
  effectiveRate: { weight: 40, none: 0.7, full: 1 },
  validSales: { weight: 20, none: 0, full: 20 },
  utilization: { weight: 5, none: 0.5, full: 0.69 },
  complaints: { weight: 15, none: 0.01, full: 0 },
  selfCheck: { weight: 10, none: 0.7, full: 1 },
  attendance: { weight: 5, none: 0.8, full: 1 },
  conduct: { weight: 5, none: 60, full: 100 },
};

export interface Composite {
  /** 0 to 100; null where nothing could be measured. */
  readonly score: number | null;
  readonly parts: readonly {
    readonly measure: Measure;
    readonly value: number;
    readonly points: number;
    readonly weight: number;
  }[];
  /** Measures with weight for which there was nothing to go by; the others carry their weight. */
  readonly missing: readonly Measure[];
}

/** S1: the composite score by the centre's weights. Other scales on the same card are the preview of their effect. */
export function compositeOf(card: AgentCard, scales: CompositeScales): Composite {
  const parts: { measure: Measure; value: number; points: number; weight: number }[] = [];
  const missing: Measure[] = [];
  for (const measure of MEASURES) {
    const { weight, none, full } = scales[measure];
    if (weight <= 0) continue;
    const value = measured(card, measure);
    if (value === null) missing.push(measure);
    else parts.push({ measure, value, weight, points: pointsOf(value, none, full) });
  }
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const total = parts.reduce((sum, { weight, points }) => sum + weight * points, 0);
  return { score: weights === 0 ? null : total / weights, parts, missing };
}

function pointsOf(value: number, none: number, full: number): number {
  if (none === full) return value === full ? 100 : 0;
  return Math.min(100, Math.max(0, (100 * (value - none)) / (full - none)));
}

function measured(card: AgentCard, measure: Measure): number | null {
  switch (measure) {
    case 'effectiveRate':
      return card.effectiveRate.value;
    case 'validSales':
      return card.validSales;
    case 'utilization':
      return card.utilization;
    case 'complaints':
      return card.complaintRate.value;
    case 'selfCheck':
      return card.selfCheckAccuracy.value;
    case 'attendance':
      return card.attendance;
    case 'conduct':
      return card.conduct.mean;
  }
}

export interface Ranked {
  readonly agentId: string;
  /** 1 is best; equals share a rank. null where nothing was inspected. */
  readonly rank: number | null;
  /** The effective rate drawn towards the centre's where little was inspected, with its 95 % interval. */
  readonly shrunken: { readonly rate: number; readonly low: number; readonly high: number };
}

/** S1: agents ranked by their shrunken effective rate, so that two lucky recordings do not outrank two hundred good ones. */
export function rankAgents(
  agents: readonly { readonly agentId: string; readonly inspected: readonly InspectedRecording[] }[],
): Ranked[] {
  const seen = agents.map(({ agentId, inspected }) => {
    let weight = 0;
    let good = 0;
    let squares = 0;
    for (const { sale, qualified, inclusionProbability } of inspected) {
      if (!sale) continue;
      weight += 1 / inclusionProbability;
      squares += 1 / inclusionProbability ** 2;
      if (qualified) good += 1 / inclusionProbability;
    }
    // Kish's effective size, without the correction for a finite population: a census of few says no more of next month than a sample.
    const n = weight === 0 ? 0 : weight ** 2 / squares;
    return { agentId, rate: weight === 0 ? 0 : good / weight, n };
  });
  const prior = fitPrior(seen);
  const rated = seen.map((one) => ({ agentId: one.agentId, n: one.n, ...shrunkenRate(prior, one) }));
  const rates = rated.filter(({ n }) => n > 0).map(({ rate }) => rate);
  return rated
    .map(({ agentId, n, rate, interval }) => ({
      agentId,
      rank: n === 0 ? null : 1 + rates.filter((other) => other > rate).length,
      shrunken: { rate, ...interval },
    }))
    .sort((a, b) => (a.rank ?? Number.MAX_VALUE) - (b.rank ?? Number.MAX_VALUE) || (a.agentId < b.agentId ? -1 : 1));
}

/** One card from what was counted of its people. */
import { z } from 'zod';
import type { AgentQuality, AgentWork, Attendance } from '../../ports/figures.ts';
import { counted } from '../../rules/rate.ts';
import {
  agentCard,
  type CompositeScales,
  compositeOf,
  DEFAULT_MONTH_LIMITS,
  DEFAULT_SCALES,
  type InspectedRecording,
  type Ranked,
} from '../../rules/scorecard.ts';
import { wireRate } from '../wire-rate.ts';
import type { CardQuery, Period, Subject } from './period.ts';

export type Band = { min: number; max: number };

const share = z.number().min(0).max(1);
const score = z.number().min(0).max(100);
export const weightsShape = z.object({
  effectiveRate: share,
  utilization: share,
  sales: share,
  complaints: share,
  selfCheck: share,
  conduct: share,
  /** Centres that set their weights before attendance was measured gave it none. */
  attendance: share.default(0),
  /** S3: from which composite on a month is excellent, and under which it is short. */
  excellentFrom: score.default(DEFAULT_MONTH_LIMITS.excellentFrom),
  shortBelow: score.default(DEFAULT_MONTH_LIMITS.shortBelow),
});
export type Weights = z.infer<typeof weightsShape>;
/** The default scales' own weights, as shares of 1. */
export const defaultWeights: Weights = {
  effectiveRate: 0.4,
  utilization: 0.05,
  sales: 0.2,
  complaints: 0.15,
  selfCheck: 0.1,
  conduct: 0.05,
  attendance: 0.05,
  ...DEFAULT_MONTH_LIMITS,
};

/** The centre's weights on the default scales; a composite without any weight is not shown. */
export function scalesOf(weights: Weights): CompositeScales {
  const weigh = (measure: keyof CompositeScales, weight: number) => ({ ...DEFAULT_SCALES[measure], weight });
  return {
    effectiveRate: weigh('effectiveRate', weights.effectiveRate),
    validSales: weigh('validSales', weights.sales),
    utilization: weigh('utilization', weights.utilization),
    complaints: weigh('complaints', weights.complaints),
    selfCheck: weigh('selfCheck', weights.selfCheck),
    attendance: weigh('attendance', weights.attendance),
    conduct: weigh('conduct', weights.conduct),
  };
}

export function cardOf(
  subject: Subject,
  period: CardQuery['period'],
  { from, to }: Period,
  quality: readonly AgentQuality[],
  worked: readonly AgentWork[],
  days: readonly Attendance[],
  band: Band | null,
  scales: CompositeScales,
  ranked: Ranked | null,
  /** Complaints that name nobody: the centre's, beside those about its agents. */
  unnamedComplaints: number,
) {
  const own = quality.filter(({ agentId }) => subject.agents.includes(agentId));
  const time = worked.filter(({ agentId }) => subject.agents.includes(agentId));
  const present = days.filter(({ agentId }) => subject.agents.includes(agentId));
  const sum = <T>(rows: readonly T[], value: (row: T) => number): number =>
    rows.reduce((total, row) => total + value(row), 0);
  const inspected: InspectedRecording[] = own.flatMap((each) => each.inspected);
  const signedInMs = sum(time, (row) => row.signedInMs);
  const talkMs = sum(time, (row) => row.talkMs);
  const wrapUpMs = sum(time, (row) => row.wrapUpMs);
  const marks = own.flatMap(({ conductMarks }) => (conductMarks === null ? [] : [conductMarks]));
  const complaints = sum(own, (row) => row.complaints) + unnamedComplaints;
  const card = agentCard(
    {
      attempts: sum(time, (row) => row.attempts),
      conversations: sum(time, (row) => row.conversations),
      talkSeconds: talkMs / 1000,
      signedInSeconds: signedInMs / 1000,
      dueDays: sum(present, (row) => row.due),
      attendedDays: sum(present, (row) => row.attended),
      sales: sum(own, (row) => row.sales),
      validSales: sum(own, (row) => row.validSales),
      complaints,
      inspected,
    },
    { low: band?.min ?? 0, high: band?.max ?? 1 },
  );
  const conductMarks = marks.length === 0 ? null : sum(marks, (mark) => mark) / marks.length;
  const composite = compositeOf({ ...card, conduct: { mean: conductMarks, count: marks.length } }, scales);
  return {
    subject: { id: subject.id, name: subject.name },
    teamId: subject.teamId,
    period,
    from,
    to,
    attempts: card.attempts,
    conversations: card.conversations,
    talkMs,
    wrapUpMs,
    signedInMs,
    breakMs: sum(time, (row) => row.breakMs),
    talkUtilization: card.utilization,
    occupancy: signedInMs > 0 ? (talkMs + wrapUpMs) / signedInMs : null,
    band,
    sales: card.sales,
    validSales: card.validSales,
    inspected: inspected.length,
    effectiveRate: wireRate(card.effectiveRate),
    unqualified: inspected.filter(({ qualified }) => !qualified).length,
    unqualifiedByCriterion: Object.fromEntries(
      Object.entries(card.unqualifiedBy).map(([criterion, rate]) => [criterion, rate.numerator]),
    ),
    complaints,
    complaintRate: wireRate(card.complaintRate),
    selfCheckAccuracy: wireRate(card.selfCheckAccuracy),
    attendance: wireRate(
      counted(
        sum(present, (row) => row.attended),
        sum(present, (row) => row.due),
      ),
    ),
    conductMarks,
    questionsInTime: wireRate(
      counted(
        sum(own, ({ questions }) => questions.inTime),
        sum(own, ({ questions }) => questions.answered),
      ),
    ),
    questionsHandedOver: sum(own, ({ questions }) => questions.handedOver),
    composite: composite.score,
    compositeParts: composite.parts.map((part) => ({ ...part })),
    shrunken: ranked?.rank == null ? null : ranked.shrunken,
    rank: ranked?.rank ?? null,
  };
}

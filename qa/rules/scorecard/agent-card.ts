import { FATAL_CRITERIA, type FatalCriterionId } from '../form.ts';
import { counted, estimated, type Rate } from '../rate.ts';

/** One inspected recording of an agent, as the scorecard needs it. Calibrations are not among them. */
export interface InspectedRecording {
  readonly sale: boolean;
  readonly qualified: boolean;
  readonly failedFatal: readonly FatalCriterionId[];
  readonly inclusionProbability: number;
  /** What the agent's own check said of the same call; null if there was none. */
  readonly selfCheck: 'passed' | 'in-doubt' | null;
  /** 0 to 100, of the conduct form; null where it was not filled in. */
  readonly conductScore: number | null;
}

/** What was counted of an agent in a day, week or month. Times in seconds. */
export interface AgentCounts {
  readonly attempts: number;
  readonly conversations: number;
  readonly talkSeconds: number;
  readonly signedInSeconds: number;
  /** Working days of the centre in the period so far, since the agent joined, and those on which the agent signed in. */
  readonly dueDays: number;
  readonly attendedDays: number;
  readonly sales: number;
  /** Sales that are valid (valid, on trial or billable) and sales that ended void, at the end of the period. */
  readonly validSales: number;
  readonly complaints: number;
  readonly inspected: readonly InspectedRecording[];
}

/** D1: the band talk utilization is to stay in, as shares. */
export interface UtilizationBand {
  readonly low: number;
  readonly high: number;
}

export interface AgentCard {
  readonly attempts: number;
  readonly conversations: number;
  readonly talkSeconds: number;
  readonly sales: number;
  readonly validSales: number;
  /** Conversations ÷ attempts. */
  readonly connectRate: Rate;
  /** Talk time ÷ signed-in time; a share of time, so it has no interval. null without signed-in time. */
  readonly utilization: number | null;
  readonly utilizationAgainstBand: 'below' | 'inside' | 'above' | null;
  /** Valid sales ÷ sales inspected, weighted by chance (S1, E: effective rate). */
  readonly effectiveRate: Rate;
  /** Unqualified inspected recordings by criterion ÷ recordings inspected, weighted. One recording may fail several. */
  readonly unqualifiedBy: Readonly<Record<FatalCriterionId, Rate>>;
  /** Complaints ÷ conversations. */
  readonly complaintRate: Rate;
  /** Calls of which self-check and inspection said the same ÷ calls that have both. */
  readonly selfCheckAccuracy: Rate;
  /** Calls the inspection failed though the self-check passed them ÷ calls the inspection failed. */
  readonly faultsNotSeen: Rate;
  readonly attendance: number | null;
  /** Mean conduct score, 0 to 100, and of how many. */
  readonly conduct: { readonly mean: number | null; readonly count: number };
}

/** S1: one agent's card of one period. */
export function agentCard(counts: AgentCounts, band: UtilizationBand): AgentCard {
  const { inspected, signedInSeconds, dueDays } = counts;
  const utilization = signedInSeconds > 0 ? counts.talkSeconds / signedInSeconds : null;
  const weighed = (having: (one: InspectedRecording) => boolean) =>
    estimated(inspected.map((one) => ({ value: having(one) ? 1 : 0, inclusionProbability: one.inclusionProbability })));
  const sales = inspected.filter(({ sale }) => sale);
  const checked = inspected.filter(({ selfCheck }) => selfCheck !== null);
  const failed = checked.filter(({ qualified }) => !qualified);
  const scores = inspected.flatMap(({ conductScore }) => (conductScore === null ? [] : [conductScore]));
  const by = (id: FatalCriterionId) => weighed(({ failedFatal }) => failedFatal.includes(id));
  return {
    attempts: counts.attempts,
    conversations: counts.conversations,
    talkSeconds: counts.talkSeconds,
    sales: counts.sales,
    validSales: counts.validSales,
    connectRate: counted(counts.conversations, counts.attempts),
    utilization,
    utilizationAgainstBand:
      utilization === null ? null : utilization < band.low ? 'below' : utilization > band.high ? 'above' : 'inside',
    effectiveRate: estimated(
      sales.map(({ qualified, inclusionProbability }) => ({ value: qualified ? 1 : 0, inclusionProbability })),
    ),
    unqualifiedBy: {
      'right-person': by(FATAL_CRITERIA[0]),
      understood: by(FATAL_CRITERIA[1]),
      'approved-script': by(FATAL_CRITERIA[2]),
      'explicit-consent': by(FATAL_CRITERIA[3]),
    },
    complaintRate: counted(counts.complaints, counts.conversations),
    selfCheckAccuracy: counted(
      checked.filter(({ selfCheck, qualified }) => (selfCheck === 'passed') === qualified).length,
      checked.length,
    ),
    faultsNotSeen: counted(failed.filter(({ selfCheck }) => selfCheck === 'passed').length, failed.length),
    attendance: dueDays > 0 ? counts.attendedDays / dueDays : null,
    conduct: {
      mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
      count: scores.length,
    },
  };
}

import { counted, type Rate } from '../rate.ts';

/** S2: what is counted of a team or a manager in a period. */
export interface TeamCounts {
  readonly attempts: number;
  readonly conversations: number;
  readonly sales: number;
  readonly voidSales: number;
  readonly complaints: number;
  /** Hours of the clock from intake to close of each complaint that was closed in the period. */
  readonly handlingHours: readonly number[];
  /** Remarks and questions of the client, and those answered in time. */
  readonly clientRemarks: number;
  readonly clientRemarksAnsweredInTime: number;
}

export interface TeamCard {
  readonly attempts: number;
  readonly conversations: number;
  readonly sales: number;
  /** Void sales ÷ sales. */
  readonly invalidRate: Rate;
  /** Complaints ÷ 1,000 conversations, and ÷ 10,000 sales: both are asked for in the field. */
  readonly complaintsPerThousandConversations: number | null;
  readonly complaintsPerTenThousandSales: number | null;
  readonly handlingHours: { readonly median: number | null; readonly longest: number | null; readonly count: number };
  readonly clientAnsweredInTime: Rate;
}

/** S2: the card of a team. */
export function teamCard(counts: TeamCounts): TeamCard {
  const hours = counts.handlingHours.toSorted((a, b) => a - b);
  const middle = Math.floor(hours.length / 2);
  const upper = hours[middle] ?? null;
  const median = upper === null || hours.length % 2 === 1 ? upper : ((hours[middle - 1] ?? upper) + upper) / 2;
  return {
    attempts: counts.attempts,
    conversations: counts.conversations,
    sales: counts.sales,
    invalidRate: counted(counts.voidSales, counts.sales),
    complaintsPerThousandConversations: per(1000, counts.complaints, counts.conversations),
    complaintsPerTenThousandSales: per(10_000, counts.complaints, counts.sales),
    handlingHours: { median, longest: hours.at(-1) ?? null, count: hours.length },
    clientAnsweredInTime: counted(counts.clientRemarksAnsweredInTime, counts.clientRemarks),
  };
}

function per(unit: number, numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : (unit * numerator) / denominator;
}

/** What a month was for one agent. */
export type MonthMark = 'excellent' | 'ordinary' | 'short';

/** Composite scores, 0 to 100. */
export interface MonthLimits {
  readonly excellentFrom: number;
  readonly shortBelow: number;
}
export const DEFAULT_MONTH_LIMITS: MonthLimits = { excellentFrom: 90, shortBelow: 60 };

/** A month by its composite score; null without one. */
export function monthMark(score: number | null, { excellentFrom, shortBelow }: MonthLimits): MonthMark | null {
  if (score === null) return null;
  return score >= excellentFrom ? 'excellent' : score < shortBelow ? 'short' : 'ordinary';
}

/**
 * S3: how many months in a row, up to the last, were excellent, or short. A month without a mark (on leave, not yet hired) neither counts nor
 * breaks the row. `months`: oldest first.
 */
export function streakOf(
  months: readonly (MonthMark | null)[],
): { readonly mark: 'excellent' | 'short'; readonly months: number } | null {
  const marked = months.filter((mark) => mark !== null).reverse();
  const [last] = marked;
  if (last === undefined || last === 'ordinary') return null;
  const end = marked.findIndex((mark) => mark !== last);
  return { mark: last, months: end === -1 ? marked.length : end };
}

/** S4: what is counted of a call-back campaign. */
export interface CallBackCounts {
  readonly toBeCalled: number;
  readonly called: number;
  readonly satisfied: number;
  readonly fairlySatisfied: number;
  readonly reported: number;
  readonly solved: number;
  readonly recordsChecked: number;
  readonly recordsAccurate: number;
}

export interface CallBackCard {
  /** Called ÷ to be called. */
  readonly completion: Rate;
  /** (Satisfied + fairly satisfied) ÷ called. */
  readonly satisfaction: Rate;
  /** Solved ÷ reported. */
  readonly resolution: Rate;
  /** Accurate records ÷ records checked. */
  readonly recordAccuracy: Rate;
}

/** S4: the four figures of a call-back. */
export function callBackCard(counts: CallBackCounts): CallBackCard {
  return {
    completion: counted(counts.called, counts.toBeCalled),
    satisfaction: counted(counts.satisfied + counts.fairlySatisfied, counts.called),
    resolution: counted(counts.solved, counts.reported),
    recordAccuracy: counted(counts.recordsAccurate, counts.recordsChecked),
  };
}

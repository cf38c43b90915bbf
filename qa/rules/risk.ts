/** What is known of a sale before anybody has listened. null: not known, and then it raises and lowers nothing. */
export interface RiskFacts {
  readonly saleId: string;
  readonly selfCheck: 'passed' | 'in-doubt' | null;
  /** The agent's expected share of unqualified sales, 0 to 1 (shrunken, so that it is there from the first day). */
  readonly agentFailRate: number;
  readonly agentTightened: boolean;
  readonly talkSeconds: number;
  /** The usual length of a sale in this campaign: median and the width from its lower to its upper quartile, seconds. */
  readonly usualTalk: { readonly median: number; readonly quartileRange: number } | null;
  /** Share of the talk in which the agent spoke, 0 to 1. */
  readonly agentTalkShare: number | null;
  /** Findings of a machine that read the transcript. They order the queue; they never decide. */
  readonly transcriptFindings: readonly TranscriptFinding[];
  readonly complaint: boolean;
}

export const TRANSCRIPT_FINDINGS = [
  'no-consent-words',
  'tariff-not-heard',
  'cancel-not-heard',
  'identity-not-asked',
  'refusal-words',
  'minor-or-unwell',
] as const;
export type TranscriptFinding = (typeof TRANSCRIPT_FINDINGS)[number];

export type RiskFactor =
  | 'agent-record'
  | 'self-check-in-doubt'
  | 'self-check-missing'
  | 'agent-tightened'
  | 'unusually-short'
  | 'unusually-long'
  | 'agent-spoke-nearly-all'
  | 'complaint'
  | TranscriptFinding;

/** By how much each factor multiplies the odds that a sale is unqualified. A centre may set its own from its inspections. */
export type RiskWeights = Readonly<Record<Exclude<RiskFactor, 'agent-record'>, number>>;

/** Starting values by judgement, not by measurement: to be replaced by `oddsRatio` once there are inspections to learn from. */
export const DEFAULT_RISK_WEIGHTS: RiskWeights = {
  'self-check-in-doubt': 8,
  'self-check-missing': 1.5,
  'agent-tightened': 1.5,
  'unusually-short': 2.5,
  'unusually-long': 1.5,
  'agent-spoke-nearly-all': 2,
  complaint: 20,
  'no-consent-words': 5,
  'tariff-not-heard': 4,
  'cancel-not-heard': 3,
  'identity-not-asked': 3,
  'refusal-words': 4,
  'minor-or-unwell': 6,
};

export interface RiskScore {
  readonly saleId: string;
  /** The expected chance that the sale is unqualified, if the factors were independent: an order, not a verdict. */
  readonly risk: number;
  /** What raised it, most first: each with the factor it multiplied the odds by. */
  readonly raisedBy: readonly { readonly factor: RiskFactor; readonly times: number }[];
}

const FAIL_RATE_LEAST = 0.001;
const NEARLY_ALL = 0.85;
/** Tukey's fences: more than 1.5 quartile ranges away is unusual. */
const FENCE = 1.5;

/** Q12: how likely a fault is in a sale, as odds that start at the agent's record and are multiplied by what is known of the call. */
export function riskOf(facts: RiskFacts, weights: RiskWeights): RiskScore {
  const rate = Math.min(1 - FAIL_RATE_LEAST, Math.max(FAIL_RATE_LEAST, facts.agentFailRate));
  const raisedBy = factorsOf(facts)
    .map((factor) => ({ factor, times: weights[factor] }))
    .filter(({ times }) => times !== 1)
    .sort((a, b) => b.times - a.times || (a.factor < b.factor ? -1 : 1));
  const odds = raisedBy.reduce((product, { times }) => product * times, rate / (1 - rate));
  return {
    saleId: facts.saleId,
    risk: odds / (1 + odds),
    raisedBy: [{ factor: 'agent-record', times: rate / (1 - rate) }, ...raisedBy],
  };
}

/** A risk as if one factor had not raised it, for whoever is not to know of that. */
export function without(
  factor: RiskFactor,
  risk: { readonly score: number; readonly raisedBy: readonly { readonly code: string; readonly weight: number }[] },
): { score: number; raisedBy: { code: string; weight: number }[] } {
  const times = risk.raisedBy.find(({ code }) => code === factor)?.weight ?? 1;
  return {
    // As many digits as a stored score has: more of them would tell that something was taken away.
    score: Number((risk.score / (risk.score + times * (1 - risk.score))).toPrecision(4)),
    raisedBy: risk.raisedBy.filter(({ code }) => code !== factor),
  };
}

/** The queue of a 100 % re-check: the likeliest fault first; equals by id, so that the order is the same for everybody. */
export function byRisk(sales: readonly RiskFacts[], weights: RiskWeights): RiskScore[] {
  return sales.map((facts) => riskOf(facts, weights)).sort((a, b) => b.risk - a.risk || (a.saleId < b.saleId ? -1 : 1));
}

function factorsOf(facts: RiskFacts): Exclude<RiskFactor, 'agent-record'>[] {
  const factors: Exclude<RiskFactor, 'agent-record'>[] = [...new Set(facts.transcriptFindings)];
  if (facts.selfCheck === 'in-doubt') factors.push('self-check-in-doubt');
  if (facts.selfCheck === null) factors.push('self-check-missing');
  if (facts.agentTightened) factors.push('agent-tightened');
  if (facts.complaint) factors.push('complaint');
  if (facts.agentTalkShare !== null && facts.agentTalkShare > NEARLY_ALL) factors.push('agent-spoke-nearly-all');
  if (facts.usualTalk !== null) {
    const { median, quartileRange } = facts.usualTalk;
    // Quartiles lie about half the range from the median, so the fences lie two ranges from it.
    const away = (facts.talkSeconds - median) / Math.max(1, quartileRange);
    if (away < -(FENCE + 0.5)) factors.push('unusually-short');
    if (away > FENCE + 0.5) factors.push('unusually-long');
  }
  return factors;
}

/**
 * The odds ratio of a factor, learnt from inspected sales: (a + ½)(d + ½) ÷ ((b + ½)(c + ½)), with a = faulty having it, b = faulty without,
 * c = good having it, d = good without (the halves are Haldane's and Anscombe's, against empty cells).
 */
export function oddsRatio(faultyWith: number, faultyWithout: number, goodWith: number, goodWithout: number): number {
  return ((faultyWith + 0.5) * (goodWithout + 0.5)) / ((faultyWithout + 0.5) * (goodWith + 0.5));
}

/** Quality's part of a campaign's weekly summary. */
import { estimateShare } from '../rules/estimates.ts';
import type { AgentQuality, Span } from '../ports/figures.ts';

export type Figures = {
  byAgent(span: Span, campaignId: string | null): Promise<AgentQuality[]>;
  tasks(campaignId: string, span: Span): Promise<{ asked: number; done: number; confirmed: number }>;
  complaints(
    campaignId: string,
    span: Span,
  ): Promise<{ opened: number; valid: number; closed: number; overdue: number }>;
  draws(
    campaignId: string,
    span: Span,
  ): Promise<{ id: string; kind: string; frameSize: number; size: number; inspected: number }[]>;
  words(campaignId: string, span: Span): Promise<{ topic: string; attemptId: string; text: string; count: number }[]>;
  spotCheck(campaignId: string, span: Span, limit: number): Promise<string[]>;
};

/** Recordings offered to the client for listening. */
const spotChecks = 5;

type Problem = {
  code: string;
  severity: 'info' | 'warning' | 'serious';
  values: Record<string, string | number>;
  caseIds: string[];
};

/** A share of an estimate as pages show rates. */
export function rateOf(sample: AgentQuality['sample']) {
  const { share, interval, inspected } = estimateShare(sample);
  const weight = sample.reduce((sum, { inclusionProbability }) => sum + 1 / inclusionProbability, 0);
  return {
    numerator: (share ?? 0) * weight,
    denominator: weight,
    value: share,
    low: share === null ? null : interval.low,
    high: share === null ? null : interval.high,
    n: inspected,
  };
}

export async function qualityWeek(figures: Figures, campaignId: string, from: number, to: number) {
  const span = { from, to };
  const [agents, tasks, complaints, draws, words, spotCheck] = await Promise.all([
    figures.byAgent(span, campaignId),
    figures.tasks(campaignId, span),
    figures.complaints(campaignId, span),
    figures.draws(campaignId, span),
    figures.words(campaignId, span),
    figures.spotCheck(campaignId, span, spotChecks),
  ]);
  const sum = (value: (agent: AgentQuality) => number): number =>
    agents.reduce((total, agent) => total + value(agent), 0);
  const sample = agents.flatMap((agent) => agent.sample);
  const effectiveRate = rateOf(sample);
  const unqualifiedByCriterion: Record<string, number> = {};
  for (const agent of agents) {
    for (const [criterion, count] of Object.entries(agent.unqualifiedByCriterion)) {
      unqualifiedByCriterion[criterion] = (unqualifiedByCriterion[criterion] ?? 0) + count;
    }
  }
  const topics = [...new Set(words.map(({ topic }) => topic))];
  return {
    sales: sum(({ sales }) => sales),
    validSales: sum(({ validSales }) => validSales),
    inspected: sample.length,
    effectiveRate,
    unqualifiedByCriterion,
    correctiveCalls: tasks,
    complaints,
    byAgent: agents.map(({ agentId, sample: own, validSales }) => ({ agentId, inspected: own.length, validSales })),
    voice: topics.map((topic) => {
      const own = words.filter((word) => word.topic === topic);
      return {
        topic,
        count: own[0]?.count ?? 0,
        words: own.filter(({ text }) => text !== '').map(({ attemptId, text }) => ({ attemptId, text })),
      };
    }),
    problems: problemsOf(unqualifiedByCriterion, sample.length, complaints, draws),
    draws,
    spotCheck,
  };
}

function problemsOf(
  unqualified: Record<string, number>,
  inspected: number,
  complaints: { overdue: number },
  draws: { kind: string; size: number; inspected: number }[],
): Problem[] {
  const problems: Problem[] = Object.entries(unqualified).map(([criterion, count]) => ({
    code: 'criterion-failed',
    severity: count / Math.max(1, inspected) > 0.1 ? 'serious' : 'warning',
    values: { criterion, count, inspected },
    caseIds: [],
  }));
  const behind = draws.reduce((sum, { size, inspected: done }) => sum + size - done, 0);
  if (behind > 0)
    problems.push({ code: 'inspections-behind', severity: 'info', values: { count: behind }, caseIds: [] });
  if (complaints.overdue > 0)
    problems.push({
      code: 'complaints-overdue',
      severity: 'serious',
      values: { count: complaints.overdue },
      caseIds: [],
    });
  return problems;
}

/** Quality's part of a campaign's weekly summary. */
import { estimated } from '../rules/rate.ts';
import type { InspectedRecording } from '../rules/scorecard.ts';
import { type WireRate, wireRate } from './wire-rate.ts';
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

/** Valid ÷ inspected sales, weighted by each one's chance of being drawn. */
export function effectiveRateOf(inspected: readonly InspectedRecording[]): WireRate {
  const sales = inspected.filter(({ sale }) => sale);
  return wireRate(
    estimated(sales.map(({ qualified, inclusionProbability }) => ({ value: qualified ? 1 : 0, inclusionProbability }))),
  );
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
  const inspected = agents.flatMap((agent) => agent.inspected).filter(({ sale }) => sale);
  const unqualifiedByCriterion: Record<string, number> = {};
  for (const { failedFatal } of inspected) {
    for (const criterion of failedFatal)
      unqualifiedByCriterion[criterion] = (unqualifiedByCriterion[criterion] ?? 0) + 1;
  }
  const topics = [...new Set(words.map(({ topic }) => topic))];
  return {
    sales: sum(({ sales }) => sales),
    validSales: sum(({ validSales }) => validSales),
    inspected: inspected.length,
    effectiveRate: effectiveRateOf(inspected),
    unqualifiedByCriterion,
    correctiveCalls: tasks,
    complaints,
    byAgent: agents.map((agent) => ({
      agentId: agent.agentId,
      inspected: agent.inspected.filter(({ sale }) => sale).length,
      validSales: agent.validSales,
    })),
    voice: topics.map((topic) => {
      const own = words.filter((word) => word.topic === topic);
      return {
        topic,
        count: own[0]?.count ?? 0,
        words: own.filter(({ text }) => text !== '').map(({ attemptId, text }) => ({ attemptId, text })),
      };
    }),
    problems: problemsOf(unqualifiedByCriterion, inspected.length, complaints, draws),
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

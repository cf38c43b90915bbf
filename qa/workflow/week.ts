/** Quality's part of a campaign's weekly summary. */
import { estimated } from '../rules/rate.ts';
import {
  type Counted,
  type CountedThings,
  listsOf,
  type QualityFigure,
  thingsBehind,
} from '../rules/counted-things.ts';
import { FATAL_CRITERIA } from '../rules/form.ts';
import type { InspectedRecording } from '../rules/scorecard.ts';
import { type WireRate, wireRate } from './wire-rate.ts';
import type { Figures } from '../ports/figures.ts';

/** Recordings offered to the client for listening. */
const spotChecks = 5;
/** A problem names at most so many of its cases; the figure's own list has them all. */
const casesNamed = 20;

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

/** Every count is the length of its list in `lists`: read once, so that the two cannot differ. */
export async function qualityWeek(
  figures: Pick<Figures, 'things' | 'draws' | 'spotCheck'>,
  campaignId: string,
  from: number,
  to: number,
) {
  const span = { from, to };
  const [things, draws, spotCheck] = await Promise.all([
    figures.things(span, { campaignId, agentIds: null }),
    figures.draws(campaignId, span),
    figures.spotCheck(campaignId, span, spotChecks),
  ]);
  const count = (figure: QualityFigure, detail: string | null = null) => thingsBehind(things, figure, detail).length;
  const unqualifiedByCriterion = Object.fromEntries(
    FATAL_CRITERIA.map((criterion) => [criterion, count('unqualified-sales', criterion)] as const).filter(
      ([, failed]) => failed > 0,
    ),
  );
  const inspected = count('inspected-sales');
  return {
    sales: count('sales'),
    validSales: count('valid-sales'),
    inspected,
    effectiveRate: effectiveRateOf(things.inspected),
    unqualifiedByCriterion,
    correctiveCalls: {
      asked: count('corrective-asked'),
      done: count('corrective-done'),
      confirmed: count('corrective-confirmed'),
    },
    complaints: {
      opened: count('complaints'),
      valid: count('complaints-valid'),
      closed: count('complaints-closed'),
      overdue: count('complaints-overdue'),
      answers: {
        satisfied: count('complaints-satisfied'),
        fairlySatisfied: count('complaints-fairly-satisfied'),
        notSatisfied: count('complaints-not-satisfied'),
      },
    },
    byAgent: byAgent(things),
    salesAt: things.sales.map(({ at }) => at),
    problems: problemsOf(unqualifiedByCriterion, inspected, things, draws),
    draws,
    spotCheck,
    lists: listsOf(things, FATAL_CRITERIA),
  };
}

function byAgent(things: CountedThings) {
  const of = (figure: 'sales' | 'valid-sales' | 'inspected-sales') => {
    const counts = new Map<string, number>();
    for (const { agentId } of thingsBehind(things, figure))
      if (agentId !== null) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
    return counts;
  };
  const [sales, valid, inspected] = [of('sales'), of('valid-sales'), of('inspected-sales')];
  return [...new Set([...sales.keys(), ...inspected.keys()])].map((agentId) => ({
    agentId,
    sales: sales.get(agentId) ?? 0,
    validSales: valid.get(agentId) ?? 0,
    inspected: inspected.get(agentId) ?? 0,
  }));
}

function problemsOf(
  unqualified: Record<string, number>,
  inspected: number,
  things: CountedThings,
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
  const add = (code: string, severity: Problem['severity'], cases: readonly Counted[]) => {
    if (cases.length === 0) return;
    const caseIds = cases.slice(0, casesNamed).map(({ id }) => id);
    problems.push({ code, severity, values: { count: cases.length }, caseIds });
  };
  add('complaints-valid', 'serious', thingsBehind(things, 'complaints-valid'));
  add('complaints-overdue', 'serious', thingsBehind(things, 'complaints-overdue'));
  add('problems-told', 'warning', thingsBehind(things, 'problems'));
  return problems;
}

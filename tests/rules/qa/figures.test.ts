import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patrolTimes } from '../../../qa/rules/patrol.ts';
import { counted, estimated } from '../../../qa/rules/rate.ts';
import {
  byRisk,
  DEFAULT_RISK_WEIGHTS,
  oddsRatio,
  type RiskFacts,
  riskOf,
  TRANSCRIPT_FINDINGS,
  without,
} from '../../../qa/rules/risk.ts';
import { keyedHash } from '../../../qa/rules/sampling/keyed-hash.ts';
import { EMPTY_WEEK, type WeekCounts, weeklySummary } from '../../../qa/rules/weekly-summary.ts';
import { DAY } from './calendar-helper.ts';
import { keyOf } from './sampling-helpers.ts';

describe('a rate', () => {
  it.each([
    [0, 0, null, 0, 1],
    [0, 10, 0, 0, 0.2775],
    [5, 10, 0.5, 0.2366, 0.7634],
  ])('of %d in %d', (numerator, denominator, value, low, high) => {
    expect(counted(numerator, denominator)).toEqual({
      basis: 'counted',
      numerator,
      denominator,
      value,
      interval: { low: expect.closeTo(low, 3), high: expect.closeTo(high, 3) },
    });
  });

  it('estimated from nothing is none', () => {
    expect(estimated([])).toMatchObject({ basis: 'estimated', value: null, denominator: 0 });
  });
});

describe('the risk order', () => {
  const facts: RiskFacts = {
    saleId: 's1',
    selfCheck: 'passed',
    agentFailRate: 0.05,
    agentTightened: false,
    talkSeconds: 200,
    usualTalk: { median: 200, quartileRange: 60 },
    agentTalkShare: 0.6,
    transcriptFindings: [],
    complaint: false,
  };
  it('starts at the agent’s record and says what raised it', () => {
    expect(riskOf(facts, DEFAULT_RISK_WEIGHTS)).toEqual({
      saleId: 's1',
      risk: expect.closeTo(0.05),
      raisedBy: [{ factor: 'agent-record', times: expect.closeTo(1 / 19) }],
    });
    const raised = riskOf(
      {
        ...facts,
        selfCheck: 'in-doubt',
        talkSeconds: 40,
        transcriptFindings: ['no-consent-words', 'no-consent-words'],
      },
      DEFAULT_RISK_WEIGHTS,
    );
    expect(raised.raisedBy.map(({ factor }) => factor)).toEqual([
      'agent-record',
      'self-check-in-doubt',
      'no-consent-words',
      'unusually-short',
    ]);
    expect(raised.risk).toBeCloseTo(((1 / 19) * 8 * 5 * 2.5) / (1 + (1 / 19) * 8 * 5 * 2.5));
  });

  it.each<[Partial<RiskFacts>, string]>([
    [{ selfCheck: null }, 'self-check-missing'],
    [{ agentTightened: true }, 'agent-tightened'],
    [{ talkSeconds: 330 }, 'unusually-long'],
    [{ agentTalkShare: 0.9 }, 'agent-spoke-nearly-all'],
    [{ complaint: true }, 'complaint'],
  ])('is raised by %j', (change, factor) => {
    const { risk, raisedBy } = riskOf({ ...facts, ...change }, DEFAULT_RISK_WEIGHTS);
    expect(raisedBy.map((one) => one.factor)).toContain(factor);
    expect(risk).toBeGreaterThan(0.05);
  });

  it.each([0.02, 0.3, 0.9])('told without a complaint is as if there were none, at a rate of %d', (agentFailRate) => {
    const told = (complaint: boolean) => {
      const { risk, raisedBy } = riskOf({ ...facts, agentFailRate, selfCheck: null, complaint }, DEFAULT_RISK_WEIGHTS);
      const causes = raisedBy.map(({ factor, times }) => ({ code: factor, weight: times }));
      return without('complaint', { score: risk, raisedBy: causes });
    };
    expect(told(true)).toEqual(told(false));
    expect(told(false).score).toBeGreaterThan(0);
  });

  it('never falls when a finding is added, stays a chance, and is the same whatever order sales come in', () => {
    fc.assert(
      fc.property(
        fc.subarray([...TRANSCRIPT_FINDINGS]),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (findings, agentFailRate) => {
          const all = TRANSCRIPT_FINDINGS.map((_, i) => ({
            ...facts,
            saleId: `s${i}`,
            agentFailRate,
            transcriptFindings: findings.slice(0, i),
          }));
          const ordered = byRisk(all, DEFAULT_RISK_WEIGHTS);
          expect(byRisk(all.toReversed(), DEFAULT_RISK_WEIGHTS)).toEqual(ordered);
          const risks = all.map((one) => riskOf(one, DEFAULT_RISK_WEIGHTS).risk);
          for (const [i, risk] of risks.entries()) {
            expect(risk).toBeGreaterThanOrEqual(risks[i - 1] ?? 0);
            expect(risk).toBeLessThan(1);
          }
        },
      ),
    );
  });

  it('learns its weights as odds ratios, even from empty cells', () => {
    expect(oddsRatio(30, 10, 100, 300)).toBeCloseTo((30.5 * 300.5) / (10.5 * 100.5));
    expect(Number.isFinite(oddsRatio(0, 0, 0, 0))).toBe(true);
  });
});

describe('the weekly summary', () => {
  const many = (count: number, qualified: boolean, inclusionProbability: number) =>
    Array.from({ length: count }, () => ({
      qualified,
      failedFatal: qualified ? [] : (['understood'] as const),
      inclusionProbability,
    }));
  const week: WeekCounts = {
    ...EMPTY_WEEK,
    attempts: 10_000,
    answeredByPerson: 4000,
    connected: 3900,
    abandoned: 100,
    talkSeconds: 700,
    signedInSeconds: 1000,
    sales: 400,
    validSales: 380,
    voidSales: 4,
    inspectedSales: [...many(36, true, 0.1), ...many(4, false, 1)],
    complaints: { recorded: 5, valid: 2, notValid: 3, closed: 4, closedInTime: 3 },
    voices: [
      { topic: 'price', count: 3, caseIds: ['k1'] },
      { topic: 'thanks', count: 9, caseIds: [] },
    ],
  };
  it('sets a week against the one before', () => {
    const summary = weeklySummary(week, {
      ...week,
      attempts: 8000,
      connected: 2400,
      voices: [{ topic: 'price', count: 8, caseIds: [] }],
    });
    expect(summary.attempts).toEqual({ thisWeek: 10_000, lastWeek: 8000, change: 2000, relative: 0.25 });
    expect(summary.connectRate).toMatchObject({ change: expect.closeTo(0.09), notable: true });
    expect(summary.effectiveRate.thisWeek.value).toBeCloseTo(360 / 364);
    expect(summary.effectiveRate).toMatchObject({ change: 0, notable: false });
    expect(summary.failedBy.understood.thisWeek).toMatchObject({
      numerator: 4,
      denominator: 40,
      value: expect.closeTo(4 / 364),
    });
    expect(summary.utilization).toEqual({ thisWeek: 0.7, lastWeek: 0.7 });
    expect(summary.complaintsFoundValid.thisWeek).toMatchObject({ numerator: 2, denominator: 5 });
    expect(summary.voices).toEqual([
      { topic: 'thanks', count: 9, caseIds: [], lastWeek: 0, isNew: true },
      { topic: 'price', count: 3, caseIds: ['k1'], lastWeek: 8, isNew: false },
    ]);
  });

  it('of a first week, or an empty one, has no changes of rates', () => {
    const first = weeklySummary(week, EMPTY_WEEK);
    expect(first.attempts.relative).toBeNull();
    expect(first.connectRate).toMatchObject({ change: null, notable: false });
    expect(weeklySummary(EMPTY_WEEK, EMPTY_WEEK).effectiveRate.thisWeek.value).toBeNull();
  });
});

describe('floor patrols', () => {
  it('come once in each part of the span, at times that hang on the key, to everybody in some order', () => {
    const agents = ['a', 'b', 'c', 'd'];
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 8 }), (n, rounds) => {
        const times = patrolTimes({ from: 0, until: 8 * 3_600_000 }, rounds, agents, keyedHash(keyOf(n)), 'day');
        expect(times).toHaveLength(rounds);
        for (const [i, { at, agentIds }] of times.entries()) {
          expect(Math.floor((at * rounds) / (8 * 3_600_000))).toBe(i);
          expect([...agentIds].sort()).toEqual(agents);
        }
      }),
    );
    const firsts = new Set(
      Array.from(
        { length: 30 },
        (_, n) => patrolTimes({ from: 0, until: DAY }, 1, agents, keyedHash(keyOf(n)), 'd')[0]?.at,
      ),
    );
    expect(firsts.size).toBe(30);
    expect(patrolTimes({ from: 5, until: 5 }, 3, agents, keyedHash(keyOf(1)), 'd')).toEqual([]);
  });
});

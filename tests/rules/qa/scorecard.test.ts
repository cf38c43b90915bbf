import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgentCounts,
  agentCard,
  callBackCard,
  compositeOf,
  DEFAULT_SCALES,
  type InspectedRecording,
  MEASURES,
  rankAgents,
  streakOf,
  teamCard,
} from '../../../qa/rules/scorecard.ts';

const band = { low: 0.69, high: 0.74 };
const good: InspectedRecording = {
  sale: true,
  qualified: true,
  failedFatal: [],
  inclusionProbability: 0.1,
  selfCheck: 'passed',
  conductScore: 80,
};
const bad: InspectedRecording = {
  ...good,
  qualified: false,
  failedFatal: ['understood'],
  inclusionProbability: 1,
  conductScore: null,
};
const nothing: AgentCounts = {
  attempts: 0,
  conversations: 0,
  talkSeconds: 0,
  signedInSeconds: 0,
  dueDays: 0,
  attendedDays: 0,
  sales: 0,
  validSales: 0,
  complaints: 0,
  inspected: [],
};
const month: AgentCounts = {
  attempts: 1000,
  conversations: 400,
  talkSeconds: 7000,
  signedInSeconds: 10_000,
  dueDays: 20,
  attendedDays: 19,
  sales: 40,
  validSales: 38,
  complaints: 2,
  inspected: [
    good,
    good,
    bad,
    { ...bad, selfCheck: 'in-doubt' },
    { ...good, sale: false, selfCheck: null, conductScore: 60 },
  ],
};

describe('an agent’s card', () => {
  it('says of every rate what it is made of', () => {
    const card = agentCard(month, band);
    expect(card.connectRate).toMatchObject({ basis: 'counted', numerator: 400, denominator: 1000, value: 0.4 });
    expect(card.utilization).toBe(0.7);
    expect(card.utilizationAgainstBand).toBe('inside');
    // Two good ones stand for ten each; two bad ones, forced, for themselves: 20 of 22.
    expect(card.effectiveRate).toMatchObject({ basis: 'estimated', numerator: 2, denominator: 4 });
    expect(card.effectiveRate.value).toBeCloseTo(20 / 22);
    expect(card.unqualifiedBy.understood).toMatchObject({ numerator: 2, denominator: 5 });
    expect(card.unqualifiedBy.understood.value).toBeCloseTo(2 / 32);
    expect(card.unqualifiedBy['explicit-consent']).toMatchObject({ numerator: 0, value: 0 });
    expect(card.complaintRate.value).toBe(0.005);
    expect(card.selfCheckAccuracy).toMatchObject({ numerator: 3, denominator: 4 });
    expect(card.faultsNotSeen).toMatchObject({ numerator: 1, denominator: 2 });
    expect(card.attendance).toBe(0.95);
    expect(card.conduct).toEqual({ mean: expect.closeTo(220 / 3), count: 3 });
  });

  it('of an agent who did nothing, or has left, has no rates, not rates of 0', () => {
    const card = agentCard(nothing, band);
    for (const rate of [card.connectRate, card.effectiveRate, card.complaintRate, card.selfCheckAccuracy]) {
      expect(rate).toMatchObject({ value: null, interval: { low: 0, high: 1 } });
    }
    expect([card.utilization, card.utilizationAgainstBand, card.attendance, card.conduct.mean]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(compositeOf(card, DEFAULT_SCALES).missing).toEqual(MEASURES.filter((measure) => measure !== 'validSales'));
  });

  it.each([
    [6800, 'below'],
    [6900, 'inside'],
    [7400, 'inside'],
    [7500, 'above'],
  ])('with %d seconds of talk in 10,000 is %s the band', (talkSeconds, against) => {
    expect(agentCard({ ...month, talkSeconds }, band).utilizationAgainstBand).toBe(against);
  });
});

describe('the composite score', () => {
  it('is the weighted mean of points, and changes with the weights', () => {
    const card = agentCard(month, band);
    const none = { weight: 0, none: 0, full: 1 };
    const only = {
      effectiveRate: none,
      validSales: none,
      utilization: none,
      complaints: none,
      selfCheck: none,
      attendance: none,
      conduct: none,
    };
    expect(compositeOf(card, { ...only, validSales: { weight: 3, none: 0, full: 76 } }).score).toBeCloseTo(50);
    expect(compositeOf(card, { ...only, complaints: { weight: 1, none: 0.01, full: 0 } }).score).toBeCloseTo(50);
    expect(
      compositeOf(card, {
        ...only,
        validSales: { weight: 3, none: 0, full: 76 },
        attendance: { weight: 1, none: 0, full: 0.95 },
      }).score,
    ).toBeCloseTo(62.5);
    expect(compositeOf(card, only)).toMatchObject({ score: null, missing: [] });
  });

  it('lies between 0 and 100', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        fc.nat({ max: 400 }),
        fc.nat({ max: 20_000 }),
        (validSales, complaints, talkSeconds) => {
          const { score } = compositeOf(
            agentCard({ ...month, validSales, complaints, talkSeconds }, band),
            DEFAULT_SCALES,
          );
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});

describe('the rank', () => {
  const many = (count: number, of: InspectedRecording) => Array.from({ length: count }, () => of);
  const failed = { ...good, qualified: false };
  it('puts two hundred good recordings above two lucky ones, and leaves out whom nobody inspected', () => {
    const ranked = rankAgents([
      { agentId: 'lucky', inspected: many(2, good) },
      { agentId: 'proven', inspected: [...many(196, good), ...many(4, failed)] },
      { agentId: 'poor', inspected: [...many(30, good), ...many(30, failed)] },
      { agentId: 'middling', inspected: [...many(48, good), ...many(12, failed)] },
      { agentId: 'unseen', inspected: [] },
    ]);
    expect(ranked.map(({ agentId, rank }) => [agentId, rank])).toEqual([
      ['proven', 1],
      ['lucky', 2],
      ['middling', 3],
      ['poor', 4],
      ['unseen', null],
    ]);
  });

  it('is shared by equals', () => {
    const same = [...many(9, good), failed];
    expect(
      rankAgents(['b', 'a', 'c'].map((agentId) => ({ agentId, inspected: same }))).map(({ agentId, rank }) => [
        agentId,
        rank,
      ]),
    ).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ]);
  });
});

describe('cards of teams and call-backs', () => {
  it('have the four figures of a call-back', () => {
    const card = callBackCard({
      toBeCalled: 200,
      called: 150,
      satisfied: 90,
      fairlySatisfied: 30,
      reported: 10,
      solved: 8,
      recordsChecked: 0,
      recordsAccurate: 0,
    });
    expect([card.completion.value, card.satisfaction.value, card.resolution.value, card.recordAccuracy.value]).toEqual([
      0.75,
      0.8,
      0.8,
      null,
    ]);
  });

  it.each([
    [[], null, null],
    [[4], 4, 4],
    [[9, 1], 5, 9],
    [[3, 9, 1], 3, 9],
  ])('handling hours %j have median %j and longest %j', (handlingHours, median, longest) => {
    const counts = {
      attempts: 9,
      conversations: 2000,
      sales: 0,
      voidSales: 0,
      complaints: 3,
      handlingHours,
      clientRemarks: 0,
      clientRemarksAnsweredInTime: 0,
    };
    const card = teamCard(counts);
    expect(card.handlingHours).toEqual({ median, longest, count: handlingHours.length });
    expect(card.complaintsPerThousandConversations).toBe(1.5);
    expect(card.complaintsPerTenThousandSales).toBeNull();
  });

  it.each([
    [[], null],
    [['excellent', 'ordinary'], null],
    [['ordinary', 'excellent', 'excellent'], { mark: 'excellent', months: 2 }],
    [['excellent', 'short', null, 'short'], { mark: 'short', months: 2 }],
    [['short', 'short', null], { mark: 'short', months: 2 }],
  ] as const)('months %j are the row %j', (months, row) => {
    expect(streakOf(months)).toEqual(row);
  });
});

import { z } from 'zod';
import { count, day, id, idParams, person, rate } from './common.ts';
import type { Route } from './route.ts';

export const cardPeriod = z.enum(['day', 'week', 'month']);
/** What a team, or a manager for the whole centre, answers for besides the sums of its agents. */
export const teamPart = z
  .object({
    /** Void sales ÷ sales. */
    invalidRate: rate,
    complaintsPerThousandConversations: z.number().nullable(),
    complaintsPerTenThousandSales: z.number().nullable(),
    /** Of complaints closed in the period, from intake to close. */
    handlingHours: z.object({ median: z.number().nullable(), longest: z.number().nullable(), count }),
    /** The client's remarks closed within their deadline ÷ remarks. */
    clientAnsweredInTime: rate,
    /** Return calls made ÷ to be made; satisfied or fairly so ÷ made; cases solved ÷ reported. */
    completion: rate,
    satisfaction: rate,
    satisfied: count,
    fairlySatisfied: count,
    resolution: rate,
    /** Conversations whose records say what was said ÷ those in which an inspection looked at them. */
    recordAccuracy: rate,
  })
  .meta({ id: 'TeamPart' });
export type TeamPart = z.infer<typeof teamPart>;

export const streak = z
  .object({ agent: person, mark: z.enum(['excellent', 'short']), months: count })
  .meta({ id: 'Streak' });
export type Streak = z.infer<typeof streak>;

export const cardMeasure = z.enum([
  'effectiveRate',
  'validSales',
  'utilization',
  'complaints',
  'selfCheck',
  'attendance',
  'conduct',
]);
export const scorecard = z
  .object({
    /** The agent, the team or the centre. */
    subject: person,
    teamId: id.nullable(),
    period: cardPeriod,
    from: day,
    to: day,
    attempts: count,
    conversations: count,
    talkMs: count,
    wrapUpMs: count,
    signedInMs: count,
    breakMs: count,
    talkUtilization: z.number().nullable(),
    occupancy: z.number().nullable(),
    band: z.object({ min: z.number(), max: z.number() }).nullable(),
    sales: count,
    validSales: count,
    inspected: count,
    /** Valid ÷ inspected sales, weighted by each one's chance of being drawn. */
    effectiveRate: rate,
    /** Inspected recordings in which at least one criterion failed. */
    unqualified: count,
    unqualifiedByCriterion: z.record(z.string(), count),
    complaints: count,
    complaintRate: rate,
    selfCheckAccuracy: rate,
    /** Working days of the centre on which the agent signed in ÷ those so far. */
    attendance: rate,
    conductMarks: z.number().nullable(),
    /** Questions in calls answered within five minutes ÷ those that the agent answered. */
    questionsInTime: rate,
    /** Given to the problem desk instead. */
    questionsHandedOver: count,
    composite: z.number().nullable(),
    /** What the composite is the weighted mean of: points from 0 to 100; without those that nothing was known of. */
    compositeParts: z.array(
      z.object({ measure: cardMeasure, value: z.number(), points: z.number(), weight: z.number() }),
    ),
    /** What the rank goes by: the effective rate drawn towards the centre's, with its 95 % interval; of agents only. */
    shrunken: z.object({ rate: z.number(), low: z.number(), high: z.number() }).nullable(),
    /** By the shrunken estimate, so that few observations do not rank first or last by luck. */
    rank: count.nullable(),
    /** Of teams and centres only. */
    team: teamPart.nullable(),
  })
  .meta({ id: 'Scorecard' });
export type Scorecard = z.infer<typeof scorecard>;

/** Weights of the composite score, shares of 1; and from which score on a month is excellent, under which it is short (S3). */
export const cardWeights = z.object({
  effectiveRate: z.number().min(0).max(1),
  utilization: z.number().min(0).max(1),
  sales: z.number().min(0).max(1),
  complaints: z.number().min(0).max(1),
  selfCheck: z.number().min(0).max(1),
  conduct: z.number().min(0).max(1),
  attendance: z.number().min(0).max(1).default(0),
  excellentFrom: z.number().min(0).max(100).default(90),
  shortBelow: z.number().min(0).max(100).default(60),
});
export type CardWeights = z.infer<typeof cardWeights>;

export const cardQueryOf = z.object({
  period: cardPeriod.default('week'),
  /** Any day of the period; the present period if absent. */
  day: day.optional(),
  subject: z.enum(['agent', 'team', 'centre']).default('agent'),
  campaignId: id.optional(),
});
export type CardQuery = z.output<typeof cardQueryOf>;

export const scorecardRoutes = {
  'GET /api/scorecards': {
    right: 'own-work.read',
    summary: 'Cards of a period (agents: their own; leads: their team’s)',
    query: cardQueryOf,
    reply: z.object({ items: z.array(scorecard) }),
  },
  'GET /api/scorecards/:id': {
    right: 'own-work.read',
    summary: 'The cards of one agent, newest first',
    params: idParams,
    query: z.object({ period: cardPeriod.default('week'), count: z.coerce.number().int().min(1).max(100).default(12) }),
    reply: z.object({ items: z.array(scorecard) }),
  },
  'GET /api/scorecard-streaks': {
    right: 'scorecard.read',
    summary: 'Agents who were excellent, or short, for months in a row, up to the last month that is over',
    reply: z.object({ items: z.array(streak) }),
  },
  'GET /api/scorecard-weights': { right: 'scorecard.read', summary: 'Weights of the composite', reply: cardWeights },
  'PUT /api/scorecard-weights': {
    right: 'scorecard.weigh',
    summary: 'Changes the weights; `preview` only shows the effect on last week’s cards',
    body: z.object({
      weights: cardWeights.refine(({ shortBelow, excellentFrom }) => shortBelow <= excellentFrom, {
        path: ['shortBelow'],
      }),
      preview: z.boolean(),
    }),
    reply: z.object({ items: z.array(scorecard) }),
  },
} as const satisfies Record<string, Route>;

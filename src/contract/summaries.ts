/** The weekly summary of a campaign, frozen once published. */
import { z } from 'zod';
import { count, day, id, idParams, longText, rate, time } from './common.ts';
import type { Route } from './route.ts';

/** One week's figures. Rates carry their terms. */
export const weekFigures = z
  .object({
    /** Machines are neither answered calls nor conversations; absent in weeks that were published while they were counted. */
    peopleOnly: z.literal(true).optional(),
    attempts: count,
    answered: count,
    conversations: count,
    abandoned: count,
    /** Conversations ÷ attempts. */
    connectRate: rate,
    abandonRate: rate,
    talkMs: count,
    signedInMs: count,
    talkUtilization: z.number().nullable(),
    agents: count,
    sales: count,
    validSales: count,
    inspected: count,
    /** Valid ÷ inspected sales, weighted by chance of being drawn. */
    effectiveRate: rate,
    unqualifiedByCriterion: z.record(z.string(), count),
    correctiveCalls: z.object({ asked: count, done: count, confirmed: count }),
    optOuts: count,
    complaints: z.object({
      opened: count,
      valid: count,
      closed: count,
      overdue: count,
      /** What customers said in return calls; absent in weeks that were published before they were asked in three steps. */
      answers: z.object({ satisfied: count, fairlySatisfied: count, notSatisfied: count }).optional(),
      perTenThousandSales: z.number().nullable(),
    }),
    recordings: z.object({ expected: count, stored: count, missing: count }),
    outcomes: z.record(z.string(), count),
    dispositions: z.record(z.string(), count),
  })
  .meta({ id: 'WeekFigures' });
export type WeekFigures = z.infer<typeof weekFigures>;

/** What customers said, by topic, with a few of their words (no names, no numbers). */
export const customerVoice = z.object({
  topic: z.string(),
  count,
  words: z.array(z.object({ attemptId: id, text: z.string() })),
});
/** A problem of the week. `code` is translated by the page with `values`. */
export const weekProblem = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'serious']),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  caseIds: z.array(id),
});

export const summaryHead = z
  .object({
    id,
    campaignId: id,
    campaignName: z.string(),
    clientName: z.string(),
    /** Monday and Sunday of the centre's week. */
    from: day,
    to: day,
    publishedAt: time,
    hash: z.string(),
  })
  .meta({ id: 'SummaryHead' });
export type SummaryHead = z.infer<typeof summaryHead>;

export const summaryContent = z
  .object({
    version: z.literal(1),
    campaign: z.object({ id, name: z.string(), clientName: z.string(), productName: z.string() }),
    centre: z.object({ name: z.string(), timeZone: z.string() }),
    from: day,
    to: day,
    figures: weekFigures,
    /** null in the first week. */
    before: weekFigures.nullable(),
    byDay: z.array(
      z.object({ day, attempts: count, conversations: count, sales: count, talkUtilization: z.number().nullable() }),
    ),
    byAgent: z.array(
      z.object({
        agentId: id,
        name: z.string(),
        conversations: count,
        sales: count,
        inspected: count,
        validSales: count,
        talkUtilization: z.number().nullable(),
      }),
    ),
    voice: z.array(customerVoice),
    problems: z.array(weekProblem),
    draws: z.array(
      z.object({
        id,
        kind: z.string(),
        /** Its day, or the first of its week; absent in weeks of before. */
        from: day.optional(),
        frameSize: count,
        size: count,
        inspected: count,
      }),
    ),
    /** Recordings put forward for the client's spot check. */
    spotCheck: z.array(id),
  })
  .meta({ id: 'SummaryContent' });
export type SummaryContent = z.infer<typeof summaryContent>;

export const summary = summaryHead.extend({ content: summaryContent }).meta({ id: 'Summary' });
export type Summary = z.infer<typeof summary>;

export const summaryRoutes = {
  'GET /api/summaries': {
    right: 'summary.read',
    summary: 'Published weekly summaries, newest first',
    query: z.object({ campaignId: id.optional() }),
    reply: z.object({ items: z.array(summaryHead) }),
  },
  'GET /api/summaries/:id': {
    right: 'summary.read',
    summary: 'One summary as it was published',
    params: idParams,
    reply: summary,
  },
  'GET /api/summaries/:id/csv': { right: 'export', summary: 'As CSV', params: idParams, reply: 'bytes' },
  'GET /api/summaries/:id/xlsx': { right: 'export', summary: 'As a spreadsheet', params: idParams, reply: 'bytes' },
  'GET /api/campaigns/:id/week': {
    right: 'summary.publish',
    summary: 'The figures of a week so far, not published',
    params: idParams,
    query: z.object({ day: day.optional() }),
    reply: summaryContent,
  },
  'POST /api/campaigns/:id/week/publish': {
    right: 'summary.publish',
    summary: 'Publishes the week that holds a day; a week is published once',
    params: idParams,
    body: z.object({ day }),
    reply: summary,
    status: 201,
  },
  'POST /api/summaries/:id/remarks': {
    right: 'case.file',
    summary: 'A remark of the client on the week or on one recording; becomes a case',
    params: idParams,
    body: z.object({ words: longText, recordingId: id.nullable().default(null) }),
    reply: z.object({ caseId: id }),
    status: 201,
  },
} as const satisfies Record<string, Route>;

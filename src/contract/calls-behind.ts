/** The calls behind a figure of a summary or a card: as many rows as the figure says. */
import { z } from 'zod';
import { day, id, idParams, pageOf, pageQuery, person, time } from './common.ts';
import type { Route } from './route.ts';
import { cardQueryOf } from './scorecards.ts';

/** Figures of calls: everybody can count them in the dialler's own rows. */
export const dialledFigures = [
  'attempts',
  'answered',
  'conversations',
  'abandoned',
  'connected-or-abandoned',
  'opt-outs',
  'outcome',
  'disposition',
  'voice',
  'recordings-expected',
  'recordings-stored',
  'recordings-missing',
] as const;
export type DialledFigure = (typeof dialledFigures)[number];

/** Times: the intervals of the agents' ledger that they are the sum of, and days. */
export const timedFigures = [
  'talk-time',
  'wrap-up-time',
  'signed-in-time',
  'break-time',
  'working-days',
  'days-attended',
] as const;
export type TimedFigure = (typeof timedFigures)[number];

/** Figures of what quality found: sales, judgements, calls asked for, complaints (qa/rules/counted-things.ts). */
export const foundFigures = [
  'sales',
  'valid-sales',
  'inspected',
  'inspected-sales',
  'qualified-sales',
  'unqualified',
  'unqualified-sales',
  'self-checked',
  'self-check-agreed',
  'corrective-asked',
  'corrective-done',
  'corrective-confirmed',
  'corrective-open',
  'complaints',
  'complaints-valid',
  'complaints-closed',
  'complaints-overdue',
  'complaints-satisfied',
  'complaints-fairly-satisfied',
  'complaints-not-satisfied',
  'problems',
] as const;
export type FoundFigure = (typeof foundFigures)[number];

/** What only cards count: of agents the patrols, of teams and centres what they answer for (qa/rules/team-things.ts). */
export const teamFigures = [
  'void-sales',
  'complaints-handled',
  'client-remarks',
  'client-remarks-in-time',
  'cases-reported',
  'cases-solved',
  'return-calls',
  'return-calls-done',
  'return-calls-satisfied',
  'return-calls-fairly-satisfied',
  'return-calls-not-satisfied',
  'return-calls-content',
  'records-checked',
  'records-accurate',
  'patrols',
  'questions-answered',
  'questions-in-time',
  'questions-handed-over',
] as const;
export type TeamFigure = (typeof teamFigures)[number];

export const figureName = z.enum([...dialledFigures, ...timedFigures, ...foundFigures, ...teamFigures]);
export type FigureName = z.infer<typeof figureName>;

/** Which outcome, disposition, topic or criterion. */
const detail = z.string().max(100).optional();

export const callBehind = z
  .object({
    /** Of what was counted: the call, the sale, the inspection, the task call, the case, the recording, the patrol; of times the interval or day. */
    id,
    at: time,
    /** Who it counts for; where there is a call, its agent may be another. */
    agent: person.nullable(),
    /** How much of a time it is; null where things are counted. */
    ms: z.number().nullable(),
    /** Its call; null where a complaint came by letter or hotline and names none. */
    call: z
      .object({
        attemptId: id,
        numberMasked: z.string(),
        agent: person.nullable(),
        intendedAt: time,
        connectedAt: time.nullable(),
        endedAt: time.nullable(),
        outcome: z.string().nullable(),
        disposition: z.string().nullable(),
        /** Of a recording that can be listened to. */
        recordingId: id.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'CallBehind' });
export type CallBehind = z.infer<typeof callBehind>;

const weekCallsQuery = pageQuery.extend({
  figure: figureName,
  detail,
  day: day.optional(),
  agentId: id.optional(),
  /** The week itself, or the one it is compared with. */
  week: z.enum(['this', 'before']).default('this'),
});
export type WeekCallsQuery = z.output<typeof weekCallsQuery>;
/** `of`: any day of the week; today's if absent. */
const previewCallsQuery = weekCallsQuery.extend({ of: day.optional() });
export type PreviewCallsQuery = z.output<typeof previewCallsQuery>;
const cardCallsQuery = pageQuery.extend({ figure: figureName, detail, ...cardQueryOf.shape });
export type CardCallsQuery = z.output<typeof cardCallsQuery>;

export const callsBehindRoutes = {
  'GET /api/summaries/:id/calls': {
    right: 'summary.read',
    summary:
      'What a figure of a published week counted, newest first; `day` and `agentId` narrow it to a row of its tables',
    params: idParams,
    query: weekCallsQuery,
    reply: pageOf(callBehind),
  },
  'GET /api/campaigns/:id/week/calls': {
    right: 'summary.publish',
    summary: 'The same of a week that is not published: what its figures count at this moment',
    params: idParams,
    query: previewCallsQuery,
    reply: pageOf(callBehind),
  },
  'GET /api/scorecards/:id/calls': {
    right: 'own-work.read',
    summary: 'What a figure of the card of this agent, team or centre counted, newest first',
    params: idParams,
    query: cardCallsQuery,
    reply: pageOf(callBehind),
  },
} as const satisfies Record<string, Route>;

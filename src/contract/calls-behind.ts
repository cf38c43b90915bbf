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
  'opt-outs',
  'outcome',
  'disposition',
  'voice',
  'recordings-expected',
  'recordings-stored',
  'recordings-missing',
] as const;
export type DialledFigure = (typeof dialledFigures)[number];

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
  'complaints',
  'complaints-valid',
  'complaints-closed',
  'complaints-overdue',
  'problems',
] as const;
export type FoundFigure = (typeof foundFigures)[number];

export const figureName = z.enum([...dialledFigures, ...foundFigures]);
export type FigureName = z.infer<typeof figureName>;

/** `detail`: which outcome, disposition, topic or criterion. */
const which = { figure: figureName, detail: z.string().max(100).optional() };

export const callBehind = z
  .object({
    /** Of what was counted: the call, the sale, the inspection, the task call, the case or the recording. */
    id,
    at: time,
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

const weekCallsQuery = pageQuery.extend({ ...which, day: day.optional(), agentId: id.optional() });
export type WeekCallsQuery = z.output<typeof weekCallsQuery>;
const cardCallsQuery = pageQuery.extend({ ...which, ...cardQueryOf.shape });
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
  'GET /api/scorecards/:id/calls': {
    right: 'own-work.read',
    summary: 'What a figure of the card of this agent or team counted, newest first',
    params: idParams,
    query: cardCallsQuery,
    reply: pageOf(callBehind),
  },
} as const satisfies Record<string, Route>;

/** Causes of complaints and reasons of failed inspections by period, and the study meetings over them. */
import { z } from 'zod';
import { count, day, id, idParams, longText, shortText, time } from './common.ts';
import type { Route } from './route.ts';

export const causeSource = z.enum(['complaint', 'inspection']);
export const causeSplit = z.enum(['none', 'team', 'person', 'product', 'script']);

const causeOf = {
  source: causeSource,
  /** Of complaints: agent, script, list, product, system, none, or unknown before it was found. Of inspections: the criterion. */
  cause: z.string().max(60),
  /** Of inspections: the reason code of the form; empty for complaints. */
  reason: z.string().max(60),
};

export const causeRow = z
  .object({
    ...causeOf,
    /** The team, responsible person, product or script version, where the rows are split by one. */
    part: z.string().nullable(),
    /** One a period, in their order. */
    counts: z.array(count),
    total: count,
    /** The newest few, to listen to at the meeting. */
    examples: z.array(z.object({ caseId: id.nullable(), inspectionId: id.nullable(), recordingId: id.nullable() })),
  })
  .meta({ id: 'CauseRow' });
export type CauseRow = z.infer<typeof causeRow>;

const causeQuery = z.object({
  period: z.enum(['week', 'month']).default('week'),
  periods: z.coerce.number().int().min(1).max(26).default(8),
  split: causeSplit.default('none'),
  campaignId: id.optional(),
});
export type CauseQuery = z.output<typeof causeQuery>;
export const causeTable = z.object({ periods: z.array(z.object({ from: day, to: day })), rows: z.array(causeRow) });
export type CauseTable = z.infer<typeof causeTable>;

export const studyMeeting = z
  .object({
    id,
    heldOn: day,
    people: z.string(),
    notes: z.string(),
    recordedAt: time,
    measures: z.array(
      z.object({
        id,
        ...causeOf,
        measure: z.string(),
        /** How often it occurred in the four weeks before the meeting, and in the four weeks from it on. */
        before: count,
        after: count,
        checkedAt: time.nullable(),
        helped: z.boolean().nullable(),
        finding: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'StudyMeeting' });
export type StudyMeeting = z.infer<typeof studyMeeting>;

export const newStudyMeeting = z.object({
  heldOn: day,
  people: shortText,
  notes: z.string().trim().max(4000).default(''),
  measures: z
    .array(z.object({ ...causeOf, measure: longText }))
    .min(1)
    .max(50),
});
export type NewStudyMeeting = z.output<typeof newStudyMeeting>;

export const causeRoutes = {
  'GET /api/causes': {
    right: 'register.read',
    summary: 'How often each cause of complaints and each reason of failed inspections occurred, by week or month',
    query: causeQuery,
    reply: causeTable,
  },
  'GET /api/causes/csv': { right: 'export', summary: 'The same as CSV', query: causeQuery, reply: 'bytes' },
  'GET /api/study-meetings': {
    right: 'register.read',
    summary: 'Study meetings, newest first, with what became of their measures',
    reply: z.object({ items: z.array(studyMeeting) }),
  },
  'POST /api/study-meetings': {
    right: 'inspection.assign',
    summary: 'Records a study meeting',
    body: newStudyMeeting,
    reply: z.object({ id }),
    status: 201,
  },
  'POST /api/study-measures/:id/check': {
    right: 'inspection.assign',
    summary: 'Whether a measure helped; checked once',
    params: idParams,
    body: z.object({ helped: z.boolean(), finding: longText }),
    reply: z.object({ id }),
  },
} as const satisfies Record<string, Route>;

/** Work that takes longer than a look: started, left, come back to. Everybody sees their own. */
import { z } from 'zod';
import { auditCheck } from './audit.ts';
import { count, id, idParams, time } from './common.ts';
import { drawCheck } from './draws.ts';
import type { Route } from './route.ts';
import { whatIfRequest, whatIfResult } from './what-if.ts';

export const longJobKind = z.enum([
  'what-if',
  'expectation',
  'contact-list',
  'external-list',
  'customer-months',
  'week',
  'draw-check',
  'audit-check',
  'rejected-file',
  'billing-file',
  'register-file',
  'audit-file',
  'survey-file',
  'segments',
]);
export type LongJobKind = z.infer<typeof longJobKind>;

export const longJob = z
  .object({
    id,
    kind: longJobKind,
    /** What it is about: a campaign, a draw; null where it is about the house. */
    subjectId: z.string().nullable(),
    /** A name of ours (list, campaign), never a customer's. */
    about: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    done: count,
    /** Null: nobody can know how much there is, as with the lines of a file. */
    total: count.nullable(),
    /** Code of the refusal, or `interrupted` when the server went down under it. */
    failure: z.string().nullable(),
    startedAt: time,
    endedAt: time.nullable(),
    whatIf: whatIfResult.nullable(),
    /** What came of a draw recomputed, of the chain checked. */
    drawCheck: drawCheck.nullable(),
    auditCheck: auditCheck.nullable(),
  })
  .meta({ id: 'LongJob' });
export type LongJob = z.infer<typeof longJob>;

export const longJobRoutes = {
  'POST /api/what-if': {
    right: 'what-if.run',
    summary: 'Asks the simulator; its answer is the result of the job',
    body: whatIfRequest,
    reply: longJob,
  },
  'GET /api/long-jobs': {
    right: 'signed-in',
    summary: 'Own long jobs of the last days, newest first',
    query: z.object({ kind: longJobKind.optional(), subjectId: z.string().max(200).optional() }),
    reply: z.object({ items: z.array(longJob) }),
  },
  'GET /api/long-jobs/:id': {
    right: 'signed-in',
    summary: 'How far an own long job is, and what came of it',
    params: idParams,
    reply: longJob,
  },
} as const satisfies Record<string, Route>;

/** Calls that quality asks the dialler for: corrective, verification, confirmation and return calls. */
import { z } from 'zod';
import { satisfaction } from './cases.ts';
import { count, id, idParams, longText, pageOf, pageQuery, person, time } from './common.ts';
import type { Route } from './route.ts';

export const taskKind = z.enum(['corrective', 'verification', 'confirmation', 'return-call']);
export const taskState = z.enum(['planned', 'asked', 'done', 'overdue', 'withdrawn']);
export const taskCall = z
  .object({
    id,
    kind: taskKind,
    state: taskState,
    saleId: id.nullable(),
    caseId: id.nullable(),
    campaignId: id.nullable(),
    campaignName: z.string(),
    /** A return call that the dialler cannot make: no call of ours says whom to ring. */
    byHand: z.boolean(),
    agent: person.nullable(),
    customerMasked: z.string(),
    notBefore: time,
    deadlineAt: time,
    round: count,
    result: z
      .enum(['confirmed', 'declined', 'wants-to-think', 'unresolved', 'unreachable', ...satisfaction.options])
      .nullable(),
    attemptId: id.nullable(),
    inspectionId: id.nullable(),
    why: z.string(),
  })
  .meta({ id: 'TaskCall' });
export type TaskCall = z.infer<typeof taskCall>;

const taskFilter = pageQuery.extend({
  kind: taskKind.optional(),
  state: taskState.optional(),
  campaignId: id.optional(),
  agentId: id.optional(),
});
export type TaskFilter = z.output<typeof taskFilter>;

export const correctiveCallRoutes = {
  'GET /api/task-calls': {
    right: 'own-work.read',
    summary: 'Task calls by deadline',
    query: taskFilter,
    reply: pageOf(taskCall),
  },
  'POST /api/task-calls/:id/assign': {
    right: 'task.manage',
    summary: 'Gives the call to an agent, or to any (null)',
    params: idParams,
    body: z.object({ agentId: id.nullable() }),
    reply: taskCall,
  },
  'POST /api/task-calls/:id/withdraw': {
    right: 'task.manage',
    summary: 'Takes a call back',
    params: idParams,
    body: z.object({ why: longText }),
    reply: taskCall,
  },
} as const satisfies Record<string, Route>;

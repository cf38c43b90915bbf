/** Complaints, problems, questions, suggestions and a client's remarks. */
import { z } from 'zod';
import {
  count,
  id,
  idParams,
  longText,
  pageOf,
  pageQuery,
  person,
  serial,
  shortText,
  spanQuery,
  time,
} from './common.ts';
import type { Route } from './route.ts';

export const caseKind = z.enum(['complaint', 'problem', 'question', 'suggestion', 'client-remark', 'service-visit']);
export const caseState = z.enum(['open', 'contacted', 'judged', 'answered', 'return-call', 'closed']);
/** What a customer answers in a return call. */
export const satisfaction = z.enum(['satisfied', 'fairly-satisfied', 'not-satisfied']);
export type Satisfaction = z.infer<typeof satisfaction>;
export const caseChannel = z.enum(['call', 'hotline', 'client', 'regulator', 'letter', 'text', 'other']);

export const caseFile = z
  .object({
    id,
    number: z.string(),
    kind: caseKind,
    state: caseState,
    channel: caseChannel,
    openedAt: time,
    deadlineAt: time.nullable(),
    firstContactAt: time.nullable(),
    closedAt: time.nullable(),
    overdue: z.boolean(),
    repeated: z.boolean(),
    serious: z.boolean(),
    escalated: z.boolean(),
    campaignId: id.nullable(),
    campaignName: z.string().nullable(),
    agent: person.nullable(),
    owner: person.nullable(),
    department: z.string(),
    customerMasked: z.string(),
    words: z.string(),
    valid: z.boolean().nullable(),
    cause: z.string().nullable(),
    satisfaction: satisfaction.nullable(),
    rounds: count,
  })
  .meta({ id: 'Case' });
export type CaseFile = z.infer<typeof caseFile>;

export const caseEvent = z.object({
  id: serial,
  at: time,
  by: person.nullable(),
  kind: z.string(),
  text: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export const caseDetail = caseFile.extend({
  attemptId: id.nullable(),
  recordingIds: z.array(id),
  inspectionIds: z.array(id),
  saleId: id.nullable(),
  duplicateOf: id.nullable(),
  events: z.array(caseEvent),
});
export type CaseDetail = z.infer<typeof caseDetail>;

export const newCase = z
  .object({
    kind: caseKind,
    channel: caseChannel,
    words: longText,
    serious: z.boolean().default(false),
    /** Of a service visit: within 24 hours instead of 48. */
    agreementCustomer: z.boolean().optional(),
    department: z.string().max(100).default(''),
    /** One of these ties the case to a customer; a number blocks it at once where it is a complaint. */
    attemptId: id.nullable().default(null),
    number: z.string().max(40).nullable().default(null),
    campaignId: id.nullable().default(null),
    recordingId: id.nullable().default(null),
  })
  .meta({ id: 'NewCase' });
export type NewCase = z.output<typeof newCase>;

/** One step of work on a case. */
export const caseStep = z
  .discriminatedUnion('step', [
    z.object({ step: z.literal('contact'), text: longText }),
    z.object({ step: z.literal('judge'), valid: z.boolean(), reason: shortText, text: longText }),
    z.object({
      step: z.literal('cause'),
      cause: z.enum(['agent', 'script', 'list', 'product', 'system', 'none']),
      responsibleId: id.nullable(),
      text: longText,
    }),
    z.object({ step: z.literal('correct'), text: longText }),
    z.object({ step: z.literal('check-correction'), held: z.boolean(), text: longText }),
    z.object({ step: z.literal('answer'), text: longText }),
    z.object({
      step: z.literal('return-call'),
      agentId: id.nullable(),
      satisfaction: satisfaction.nullable(),
      text: longText,
    }),
    z.object({ step: z.literal('notify-client'), text: longText }),
    z.object({ step: z.literal('escalate'), text: longText }),
    z.object({ step: z.literal('assign'), ownerId: id, department: z.string().max(100) }),
    z.object({ step: z.literal('close'), text: longText }),
    z.object({ step: z.literal('note'), text: longText }),
  ])
  .meta({ id: 'CaseStep' });
export type CaseStep = z.infer<typeof caseStep>;

/** What an agent who makes a case's return call has to know of it, and no more. */
export const returnCallCase = z
  .object({
    kind: caseKind,
    /** As the customer told it, and what was done; empty where this very agent is complained about. */
    words: z.string(),
    mended: z.string(),
    /** What the customer was answered, or is to be. */
    answer: z.string(),
  })
  .meta({ id: 'ReturnCallCase' });
export type ReturnCallCase = z.infer<typeof returnCallCase>;

const caseFilter = pageQuery.extend({
  ...spanQuery.shape,
  kind: caseKind.optional(),
  state: caseState.optional(),
  campaignId: id.optional(),
  overdue: z.stringbool().optional(),
});
export type CaseFilter = z.output<typeof caseFilter>;

export const caseRoutes = {
  'GET /api/cases': { right: 'case.read', summary: 'Cases by deadline', query: caseFilter, reply: pageOf(caseFile) },
  'GET /api/agent/return-case': {
    right: 'desk.use',
    summary: 'The case that the return call on the agent’s desk is about, as far as the call needs it',
    query: z.object({ attemptId: id }),
    reply: returnCallCase,
  },
  'POST /api/cases': { right: 'case.file', summary: 'Records a case', body: newCase, reply: caseDetail, status: 201 },
  'GET /api/cases/:id': { right: 'case.read', summary: 'One case', params: idParams, reply: caseDetail },
  'POST /api/cases/:id/steps': {
    right: 'case.work',
    summary: 'One step of work; refused with `step-not-now` where it does not apply',
    params: idParams,
    body: caseStep,
    reply: caseDetail,
  },
} as const satisfies Record<string, Route>;

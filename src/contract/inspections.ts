/** Inspections and their register; forms, agreement and levels lie beside. */
import { z } from 'zod';
import { count, id, idParams, longText, nothing, pageOf, pageQuery, person, spanQuery, time } from './common.ts';
import { code, criterionAnswer, form, verdict } from './forms.ts';
import { agreementOfSpan, inspectionLevel, patrol, patrolProposal } from './inspection-levels.ts';
import { possibleJudge } from './possible-judge.ts';
import { registerEntry, registerRoutes } from './register-entry.ts';
import { voicesReply } from './recordings.ts';
import { soldOffer } from './offers.ts';
import type { Route } from './route.ts';

export * from './forms.ts';
export * from './inspection-levels.ts';
export * from './possible-judge.ts';
export * from './register-entry.ts';
import { selfCheck } from './agent-desk.ts';

export const inspectionKind = z.enum([
  'daily', // the centre's 10 %
  'weekly', // the supervisor's 5 %
  'overlap', // second, blind judgement for agreement
  'forced', // complaint, long, short, first week
  'recheck', // 100 % re-check
  'corrective', // a corrective or verification call
  'confirmation', // a second confirmation
  'calibration',
]);
export const inspectionState = z.enum([
  'drawn',
  'assigned',
  'opened',
  'scored',
  'disputed',
  'agreed',
  'closed',
  'expired',
]);
export type InspectionKind = z.infer<typeof inspectionKind>;
export type InspectionState = z.infer<typeof inspectionState>;

export const risk = z.object({ score: z.number(), raisedBy: z.array(z.object({ code, weight: z.number() })) });

export const inspection = z
  .object({
    id,
    kind: inspectionKind,
    state: inspectionState,
    recordingId: id,
    campaignId: id,
    campaignName: z.string(),
    /** null where the inspector judges blind. */
    agent: person.nullable(),
    assignedTo: person.nullable(),
    drawnAt: time,
    deadlineAt: time,
    /** Whoever must act on it has been reminded of the deadline. */
    reminded: z.boolean(),
    talkStartedAt: time,
    durationMs: count.nullable(),
    form: z.object({ id: z.string(), version: count }),
    drawId: id.nullable(),
    /** Why it was drawn: by-lot, tightened, every-agent, complaint, long … */
    reason: z.string(),
    blind: z.boolean(),
    qualified: z.boolean().nullable(),
    /** Why the agent disputes the result; null for whoever may not read it. */
    disputed: z.object({ at: time, reason: z.string() }).nullable(),
    risk: risk.nullable(),
  })
  .meta({ id: 'Inspection' });
export type Inspection = z.infer<typeof inspection>;

export const inspectionDetail = inspection
  .extend({
    formContent: form,
    scriptVersionId: id.nullable(),
    /** What the campaign’s customers are spoken to in; empty where it is not known. */
    language: z.string(),
    /** What the agent recorded of the conversation; null fields where it is hidden from a blind judge. */
    conversation: z.object({
      attemptId: id,
      disposition: z.string().nullable(),
      detail: z.record(z.string(), z.unknown()).nullable(),
      note: z.string(),
      mustSayTicked: z.array(z.string()),
      selfCheck: selfCheck.nullable(),
    }),
    saleId: id.nullable(),
    /** What the sale was made with; told to whoever judges it, too: the tariff that had to be said follows from it. */
    offer: soldOffer.nullable(),
    draft: z.array(criterionAnswer),
    /** What was noted of the whole recording so far. */
    draftNote: z.string(),
    /** Empty for a blind judge until both are done. */
    register: z.array(registerEntry),
    canDispute: z.boolean(),
  })
  .meta({ id: 'InspectionDetail' });
export type InspectionDetail = z.infer<typeof inspectionDetail>;

const filter = pageQuery.extend({
  ...spanQuery.shape,
  state: inspectionState.optional(),
  kind: inspectionKind.optional(),
  campaignId: id.optional(),
  agentId: id.optional(),
  /** Only those assigned to the reader. */
  mine: z.stringbool().optional(),
  /** Only those that nobody has judged yet, the expired among them. */
  waiting: z.stringbool().optional(),
  order: z.enum(['deadline', 'risk', 'newest']).default('deadline'),
});
export type InspectionFilter = z.output<typeof filter>;

export const inspectionRoutes = {
  'GET /api/inspections': {
    right: 'own-work.read',
    summary:
      'The queue (inspectors: what they were assigned; supervisors, managers: the centre’s; agents: results on their own calls)',
    query: filter,
    reply: pageOf(inspection),
  },
  'POST /api/inspections/next': {
    right: 'inspection.judge',
    summary: 'Takes the next of the own queue, or null',
    body: z.object({ after: id.optional() }),
    reply: z.object({ inspection: inspectionDetail.nullable() }),
  },
  'GET /api/inspections/:id': {
    right: 'own-work.read',
    summary: 'One inspection',
    params: idParams,
    reply: inspectionDetail,
  },
  'GET /api/inspections/:id/voices': {
    right: 'own-work.read',
    summary: 'Who speaks on the agent’s side of its recording, from when on; a blind judge is told no names',
    params: idParams,
    reply: voicesReply,
  },
  'POST /api/inspections/:id/open': {
    right: 'inspection.judge',
    summary: 'Begins to judge',
    params: idParams,
    reply: inspectionDetail,
  },
  'PUT /api/inspections/:id/draft': {
    right: 'inspection.judge',
    summary: 'Keeps answers so far',
    params: idParams,
    body: z.object({ answers: z.array(criterionAnswer).max(50), note: z.string().max(2000).default('') }),
    reply: nothing,
  },
  'POST /api/inspections/:id/score': {
    right: 'inspection.judge',
    summary: 'Gives the verdict',
    params: idParams,
    body: verdict,
    reply: inspectionDetail,
  },
  'POST /api/inspections/:id/correct': {
    right: 'inspection.judge',
    summary: 'Corrects the own verdict by a new entry',
    params: idParams,
    body: verdict.extend({ why: longText }),
    reply: inspectionDetail,
  },
  'POST /api/inspections/:id/agree': {
    right: 'desk.use',
    summary: 'The agent accepts',
    params: idParams,
    reply: inspectionDetail,
  },
  'POST /api/inspections/:id/dispute': {
    right: 'desk.use',
    summary: 'The agent disputes, once, with a reason',
    params: idParams,
    body: z.object({ reason: longText }),
    reply: inspectionDetail,
  },
  'POST /api/inspections/:id/decide': {
    right: 'inspection.decide',
    summary: 'Somebody else settles a dispute',
    params: idParams,
    body: verdict.extend({ why: longText }),
    reply: inspectionDetail,
  },
  'POST /api/inspections/:id/assign': {
    right: 'inspection.assign',
    summary: 'Gives it to an inspector',
    params: idParams,
    body: z.object({ userId: id, why: longText }),
    reply: inspectionDetail,
  },
  'GET /api/inspections/:id/judges': {
    right: 'inspection.assign',
    summary: 'Who may be given it, and how many each holds',
    params: idParams,
    reply: z.object({ items: z.array(possibleJudge) }),
  },
  ...registerRoutes,
  'GET /api/inspection-agreement': {
    right: 'register.read',
    summary: 'Agreement of inspector and supervisor on blind pairs',
    query: z.object({ ...spanQuery.shape, campaignId: id.optional() }),
    reply: agreementOfSpan,
  },
  'GET /api/inspection-levels': {
    right: 'own-work.read',
    summary: 'Tightened and suspended agents (agents: their own level)',
    reply: z.object({ items: z.array(inspectionLevel) }),
  },
  'POST /api/inspection-levels/:id/lift': {
    right: 'level.lift',
    summary: 'Gives a suspended agent (id: the agent’s) back to selling',
    params: idParams,
    body: z.object({ why: longText }),
    reply: nothing,
  },
  'POST /api/inspection-levels/:id/coached': {
    right: 'inspection.assign',
    summary: 'Coaching of a tightened agent was done',
    params: idParams,
    body: z.object({ note: longText }),
    reply: nothing,
  },
  'GET /api/patrols': {
    right: 'register.read',
    summary: 'Floor patrol notes',
    query: pageQuery,
    reply: pageOf(patrol),
  },
  'GET /api/patrols/proposal': {
    right: 'patrol.write',
    summary: 'The floor patrol that is due now; null: none yet today, or nobody is at work',
    reply: z.object({ proposal: patrolProposal.nullable() }),
  },
  'POST /api/patrols': {
    right: 'patrol.write',
    summary: 'Writes a patrol note',
    body: z.object({
      agentId: id,
      attemptId: id.nullable().default(null),
      observation: longText,
      marks: z.record(z.string().max(60), z.number().min(0).max(100)).default({}),
    }),
    reply: patrol,
    status: 201,
  },
} as const satisfies Record<string, Route>;

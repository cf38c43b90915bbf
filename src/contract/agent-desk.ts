/** The agent's screen: the view pushed over the live channel, what an outcome asks for, and reads of the agent's own work. */
import { satisfaction } from './cases.ts';
import { z } from 'zod';
import { bilingual, columnCount, count, dialMode, id, idParams, pageOf, pageQuery, time } from './common.ts';
import type { Route } from './route.ts';
import { filledSheet } from './surveys.ts';

export const presence = z.enum(['signed-out', 'signed-in', 'on-break']);
export const activity = z.enum(['none', 'ready', 'reserved', 'ringing', 'talking', 'wrap-up']);

/** A transfer under way, as both agents see it. `to`: the colleague's name or the masked number. */
export const agentTransfer = z.object({
  phase: z.enum(['calling', 'consulting', 'returning', 'handing-over', 'away']),
  consult: z.boolean(),
  since: time,
  fromName: z.string(),
  to: z.string().nullable(),
});
export type AgentTransfer = z.infer<typeof agentTransfer>;

export const transferWish = z.object({
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('agent'), userId: id }),
    z.object({ kind: z.literal('team'), teamId: id }),
    z.object({ kind: z.literal('number'), number: z.string().trim().min(1).max(40) }),
  ]),
  consult: z.boolean(),
});
export type TransferWish = z.infer<typeof transferWish>;

export const transferTargets = z.object({
  agents: z.array(z.object({ userId: id, name: z.string(), teamName: z.string().nullable() })),
  teams: z.array(z.object({ teamId: id, name: z.string(), free: count })),
});
export type TransferTargets = z.infer<typeof transferTargets>;

export const agentCall = z.object({
  attemptId: z.string(),
  contactId: z.string(),
  mode: dialMode,
  state: z.enum(['preview', 'dialling', 'ringing', 'reserved', 'connected', 'ended']),
  contactName: z.string(),
  numberMasked: z.string(),
  region: z.string(),
  attributes: z.record(z.string(), z.string()),
  connectedAt: time.nullable(),
  endedAt: time.nullable(),
  note: z.string().nullable(),
  scriptVersionId: z.string().nullable(),
  origin: z.object({ kind: z.string(), id: z.string() }).nullable(),
  history: z.array(
    z.object({
      at: time,
      outcome: z.string().nullable(),
      disposition: z.string().nullable(),
      agentIsMe: z.boolean(),
      /** What the customer said and what was noted for whoever speaks to them next; empty where there is nothing. */
      words: z.string(),
      note: z.string(),
    }),
  ),
  /** helping: a colleague's customer, about whom this agent was asked. */
  part: z.enum(['own', 'helping']),
  heldAt: time.nullable(),
  transfer: agentTransfer.nullable(),
});
export type AgentCall = z.infer<typeof agentCall>;

/** Milliseconds, in the centre's day. */
export const agentDay = z.object({
  signedInMs: count,
  talkMs: count,
  wrapUpMs: count,
  breakMs: count,
  attempts: count,
  conversations: count,
  sales: count,
  band: z.object({ min: z.number(), max: z.number() }).nullable(),
});

export const agentView = z
  .object({
    userId: z.string(),
    presence,
    activity,
    since: time,
    now: time,
    campaignId: z.string().nullable(),
    breakReason: z.string().nullable(),
    next: z.object({ presence: z.enum(['on-break', 'signed-out']), reason: z.string().nullable() }).nullable(),
    deadlineAt: time.nullable(),
    legState: z.enum(['absent', 'dialling', 'joined']),
    maySell: z.boolean(),
    call: agentCall.nullable(),
    today: agentDay,
    version: count,
  })
  .meta({ id: 'AgentView' });
export type AgentView = z.infer<typeof agentView>;

const yesOrDoubt = z.enum(['yes', 'doubt']);
export const selfCheck = z.object({
  rightPerson: yesOrDoubt,
  understood: yesOrDoubt,
  approvedScript: yesOrDoubt,
  explicitConsent: yesOrDoubt,
});
export type SelfCheck = z.infer<typeof selfCheck>;
const words = z.string().trim().min(1).max(2000);

/** Each outcome asks for what it needs. */
export const disposition = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('sale'),
      role: z.enum(['owner', 'family-decider']),
      identityCheck: words,
      consentWords: words,
      options: z.array(z.string().max(50)).max(50),
      selfCheck,
      /** What it was made with beside the tariff; checked by `offer-not-allowed`. */
      offer: z.object({ id, version: columnCount }).optional(),
    }),
    z.object({ kind: z.literal('refused'), reason: z.string().trim().min(1).max(200) }),
    z.object({ kind: z.literal('undecided') }),
    /** The campaign's questionnaire was answered to its end. */
    z.object({ kind: z.literal('surveyed') }),
    z.object({ kind: z.literal('appointment'), at: time, withMe: z.boolean() }),
    z.object({ kind: z.literal('opt-out'), words }),
    z.object({ kind: z.literal('wrong-person') }),
    z.object({ kind: z.literal('wrong-number') }),
    z.object({ kind: z.literal('machine') }),
    z.object({ kind: z.literal('complaint'), words }),
    z.object({ kind: z.literal('question'), words }),
    z.object({
      kind: z.literal('task'),
      /** Of a return call how satisfied the customer is; of a call about a sale what they decided. */
      result: z.enum(['confirmed', 'declined', 'wants-to-think', 'unresolved', ...satisfaction.options]),
      words,
      selfCheck: selfCheck.nullable(),
    }),
  ])
  .meta({ id: 'Disposition' });
export type Disposition = z.infer<typeof disposition>;

export const saveOutcome = z.object({
  attemptId: id,
  disposition,
  mustSayTicked: z.array(z.string().max(100)).max(200),
  note: z.string().max(4000),
  /** Answers to the campaign's questionnaire; absent: those kept of the call. */
  survey: filledSheet.optional(),
});
export type SaveOutcome = z.infer<typeof saveOutcome>;

/** All the desk needs about a campaign and is the same for every call. */
export const deskCampaign = z.object({
  id,
  name: z.string(),
  purpose: z.string(),
  clientName: z.string(),
  product: z.object({
    name: z.string(),
    tariffText: z.string(),
    trialDays: count,
    options: z.array(z.object({ code: z.string(), label: bilingual })),
  }),
  mode: dialMode,
  /** What its customers are spoken to in. */
  language: z.string(),
  /** False: it is paused or finished, and no new call comes. */
  running: z.boolean(),
  refusalReasons: z.array(z.object({ code: z.string(), label: bilingual })),
  /** Its calls ask a questionnaire. */
  asks: z.boolean(),
  /** It has offers, now or before. */
  offers: z.boolean(),
});
export type DeskCampaign = z.infer<typeof deskCampaign>;

/** One of the agent's own conversations. */
export const ownCall = z.object({
  attemptId: id,
  recordingId: id.nullable(),
  contactName: z.string(),
  numberMasked: z.string(),
  connectedAt: time,
  talkMs: count.nullable(),
  disposition: z.string().nullable(),
  campaignName: z.string(),
});
export type OwnCall = z.infer<typeof ownCall>;

/**
 * What this person's browser may use as a phone. sandbox: a WebSocket of ours that sends the leg's sound (`path`). carrier: a
 * token for the carrier's library. elsewhere: the leg rings at their telephone. none: the carrier has no browser phones.
 */
export const phoneAccess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sandbox'), path: z.string() }),
  z.object({ kind: z.literal('carrier'), token: z.string(), expiresAt: z.number().int() }),
  z.object({ kind: z.literal('elsewhere') }),
  z.object({ kind: z.literal('none') }),
]);
export type PhoneAccess = z.infer<typeof phoneAccess>;

export const agentDeskRoutes = {
  'POST /api/agent/softphone': {
    // Supervisors who listen have a leg of their own, too.
    right: 'own-work.read',
    summary: 'Access of this browser to the person’s own leg: a token of the carrier, or the sandbox’s line',
    reply: phoneAccess,
  },
  'GET /api/agent/view': { right: 'desk.use', summary: 'The same view as the live channel pushes', reply: agentView },
  'GET /api/agent/campaigns': {
    right: 'desk.use',
    summary: 'Running campaigns of the agent’s team',
    reply: z.object({ items: z.array(deskCampaign) }),
  },
  'GET /api/agent/campaigns/:id': {
    right: 'desk.use',
    summary: 'One campaign of the agent’s team',
    params: idParams,
    reply: deskCampaign,
  },
  'GET /api/agent/transfer-targets': {
    right: 'desk.use',
    summary: 'Colleagues and teams of the same campaign who could take a customer over now',
    reply: transferTargets,
  },
  'GET /api/agent/calls': {
    right: 'own-work.read',
    summary: 'Own conversations, newest first (the daily log)',
    query: pageQuery,
    reply: pageOf(ownCall),
  },
  'GET /api/agent/appointments': {
    right: 'own-work.read',
    summary: 'Own appointments to come',
    reply: z.object({
      items: z.array(
        z.object({ contactId: id, contactName: z.string(), at: time, deadlineAt: time.nullable(), kind: z.string() }),
      ),
    }),
  },
} as const satisfies Record<string, Route>;

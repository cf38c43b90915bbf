import { z } from 'zod';
import { callerIdNumber } from './caller-id.ts';
import { callingPreset, campaignSettings } from '../../dialer/index.ts';
import {
  columnCount,
  count,
  dialMode,
  id,
  idParams,
  pageOf,
  pageQuery,
  serial,
  share,
  shortText,
  time,
} from './common.ts';
import type { Route } from './route.ts';

export const campaignState = z.enum(['draft', 'running', 'paused', 'finished']);
export const campaignPurpose = z.enum([
  'marketing',
  'corrective',
  'verification',
  'confirmation',
  'return-call',
  'survey',
]);

export const campaignSummary = z
  .object({
    id,
    name: z.string(),
    state: campaignState,
    purpose: campaignPurpose,
    clientName: z.string(),
    productName: z.string(),
    mode: dialMode,
    demo: z.boolean(),
    /** A questionnaire is, or was, asked in its calls. */
    surveyed: z.boolean(),
    startedAt: time.nullable(),
    contacts: z.object({ waiting: count, inAttempt: count, finished: count }),
  })
  .meta({ id: 'CampaignSummary' });
export type CampaignSummary = z.infer<typeof campaignSummary>;

export const callerId = z.object({
  number: z.string(),
  /** Prefix of E.164 numbers this caller ID is meant for; empty: any. */
  region: z.string().max(8),
  dailyCap: count.nullable(),
});
const newCallerId = callerId.extend({
  number: z.string().trim().regex(callerIdNumber, 'a number like +12025550123, or a short service number like 10010'),
  dailyCap: columnCount.nullable(),
});
export type CallerId = z.infer<typeof callerId>;

/** A reason that keeps a campaign from starting. `code` is translated by the page. */
export const startCheck = z.object({ code: z.string(), field: z.string() });
export type StartCheck = z.infer<typeof startCheck>;

/** What does not keep it from starting: a do-not-call list that is older than its limit. `asOf`: the day of which it speaks. */
export const startWarning = z.object({
  code: z.literal('external-list-stale'),
  name: z.string(),
  asOf: time,
  staleDays: count,
});
export type StartWarning = z.infer<typeof startWarning>;

export const campaign = campaignSummary
  .extend({
    centreId: id,
    clientId: id,
    productId: id,
    scriptVersion: z.object({ id, scriptName: z.string(), version: count, state: z.string() }).nullable(),
    settings: campaignSettings,
    settingsVersion: count,
    teams: z.array(z.object({ id, name: z.string() })),
    callerIds: z.array(callerId),
    createdAt: time,
  })
  .meta({ id: 'Campaign' });
export type Campaign = z.infer<typeof campaign>;
export type { CallingPreset, CampaignSettings } from '../../dialer/index.ts';

export const settingsVersion = z.object({
  version: count,
  settings: campaignSettings,
  changedAt: time,
  changedBy: z.string().nullable(),
});

export const pacingDecision = z.object({
  id: serial,
  at: time,
  placed: count,
  claimed: count,
  why: z.string(),
  saw: z.record(z.string(), z.unknown()),
});
export type PacingDecision = z.infer<typeof pacingDecision>;

/** Presented calls by the chance of finding nobody that the pacing foretold: up to `upTo`, above the row before. */
export const pacingRecord = z.object({
  since: time,
  calibration: z.array(z.object({ upTo: share, calls: count, foretold: z.number(), foundNobody: count })),
  /** From an agent becoming ready or a call ending to the decision, ms of the product's clock. */
  reaction: z.object({ decisions: count, p50: z.number().nullable(), p95: z.number().nullable() }),
});
export type PacingRecord = z.infer<typeof pacingRecord>;

const fields = {
  name: shortText,
  scriptVersionId: id.nullable(),
  teamIds: z.array(id).max(200),
  callerIds: z.array(newCallerId).max(500),
};
/** Settings to change, in the settings' own nesting; what is absent stays. */
const settingsChange = z.record(z.string(), z.unknown());

export const campaignRoutes = {
  'GET /api/campaigns': {
    right: 'campaign.read',
    summary: 'Campaigns the reader may see',
    query: z.object({ state: campaignState.optional(), purpose: campaignPurpose.optional() }),
    reply: z.object({ items: z.array(campaignSummary) }),
  },
  'POST /api/campaigns': {
    right: 'campaign.manage',
    summary: 'Make a draft',
    body: z.object({
      centreId: id,
      productId: id,
      purpose: campaignPurpose.default('marketing'),
      name: shortText,
      scriptVersionId: id.nullable().default(null),
      teamIds: z.array(id).max(200).default([]),
      callerIds: z.array(newCallerId).max(500).default([]),
      settings: settingsChange.default({}),
    }),
    reply: campaign,
    status: 201,
  },
  'GET /api/calling-presets': {
    right: 'campaign.read',
    summary: 'Rules of places as settings to begin from; each is sent as a change of settings',
    reply: z.object({ items: z.array(callingPreset) }),
  },
  'GET /api/campaigns/:id': { right: 'campaign.read', summary: 'One campaign', params: idParams, reply: campaign },
  'PATCH /api/campaigns/:id': {
    right: 'campaign.manage',
    summary: 'Change name, script, teams or caller IDs',
    params: idParams,
    body: z.object(fields).partial(),
    reply: campaign,
  },
  'PATCH /api/campaigns/:id/settings': {
    right: 'campaign.manage',
    summary: 'Change pace, mode, hours, limits … also while running; makes a new version',
    params: idParams,
    body: settingsChange,
    reply: z.object({ settings: campaignSettings, settingsVersion: count }),
  },
  'GET /api/campaigns/:id/settings': {
    right: 'campaign.read',
    summary: 'All versions of the settings, newest first',
    params: idParams,
    reply: z.object({ items: z.array(settingsVersion) }),
  },
  'GET /api/campaigns/:id/checks': {
    right: 'campaign.read',
    summary: 'What keeps it from starting (empty: it may start), and what should be looked at before',
    params: idParams,
    reply: z.object({ items: z.array(startCheck), warnings: z.array(startWarning) }),
  },
  'POST /api/campaigns/:id/start': { right: 'campaign.manage', summary: 'Start', params: idParams, reply: campaign },
  'POST /api/campaigns/:id/pause': { right: 'campaign.manage', summary: 'Pause', params: idParams, reply: campaign },
  'POST /api/campaigns/:id/finish': { right: 'campaign.manage', summary: 'Finish', params: idParams, reply: campaign },
  'GET /api/campaigns/:id/decisions': {
    right: 'wallboard.read',
    summary: 'What the pacing saw, placed and why, newest first',
    params: idParams,
    query: pageQuery.extend({ placedOnly: z.stringbool().optional() }),
    reply: pageOf(pacingDecision),
  },
  'GET /api/campaigns/:id/calibration': {
    right: 'wallboard.read',
    summary: 'What the pacing foretold of its calls and what came of them',
    params: idParams,
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(7) }),
    reply: pacingRecord,
  },
} as const satisfies Record<string, Route>;

/** Contact lists, contacts, and the calls made to them. */
import { z } from 'zod';
import { count, id, idParams, pageOf, pageQuery, queryTime, spanQuery, time } from './common.ts';
import type { Route } from './route.ts';

export const listState = z.enum(['importing', 'ready', 'failed']);
export const contactList = z
  .object({
    id,
    campaignId: id,
    name: z.string(),
    fileName: z.string(),
    /** Laid out by a plan, not imported. */
    planned: z.boolean(),
    encoding: z.string(),
    state: listState,
    /** Set when failed: nothing was imported. */
    failure: z.object({ code: z.string(), field: z.string(), line: z.number().int().nullable() }).nullable(),
    total: count,
    accepted: count,
    rejected: count,
    importedBy: z.string().nullable(),
    importedAt: time,
    /** Lines read so far, while importing. */
    linesRead: count.nullable(),
  })
  .meta({ id: 'ContactList' });
export type ContactList = z.infer<typeof contactList>;

export const rejectedLine = z.object({ line: count, reason: z.string(), field: z.string() });
export type RejectedLine = z.infer<typeof rejectedLine>;

export const contact = z.object({
  id,
  campaignId: id,
  listId: id,
  nameMasked: z.string(),
  numberMasked: z.string(),
  region: z.string(),
  timeZone: z.string(),
  state: z.enum(['waiting', 'in-attempt', 'finished']),
  dueAt: time,
  attempts: count,
  lastOutcome: z.string().nullable(),
  /** Why it is not dialled now, and the settings version that said so. */
  reason: z.string().nullable(),
  reasonVersion: count.nullable(),
  origin: z.object({ kind: z.string(), id: z.string() }).nullable(),
});
export type Contact = z.infer<typeof contact>;

export const attempt = z.object({
  id,
  campaignId: id,
  contactId: id,
  numberMasked: z.string(),
  mode: z.string(),
  state: z.string(),
  agent: z.object({ id, name: z.string() }).nullable(),
  intendedAt: time,
  answeredAt: time.nullable(),
  connectedAt: time.nullable(),
  endedAt: time.nullable(),
  outcome: z.string().nullable(),
  disposition: z.string().nullable(),
  recordingId: id.nullable(),
});
export type Attempt = z.infer<typeof attempt>;

export const attemptDetail = attempt.extend({
  settingsVersion: count,
  scriptVersionId: id.nullable(),
  detection: z.string().nullable(),
  error: z.string().nullable(),
  outcomeDetail: z.record(z.string(), z.unknown()).nullable(),
  decisionId: z.string().nullable(),
  events: z.array(z.object({ at: time, kind: z.string(), data: z.record(z.string(), z.unknown()) })),
});
export type AttemptDetail = z.infer<typeof attemptDetail>;

export const listRoutes = {
  'POST /api/campaigns/:id/lists': {
    right: 'list.import',
    summary: 'Import a CSV file (part `file`, fields `name`); answers when the whole file is in or refused',
    params: idParams,
    body: 'multipart',
    reply: contactList,
    status: 201,
  },
  'GET /api/campaigns/:id/lists': {
    right: 'campaign.read',
    summary: 'Lists of a campaign, newest first',
    params: idParams,
    reply: z.object({ items: z.array(contactList) }),
  },
  'GET /api/lists/:id': { right: 'campaign.read', summary: 'One list', params: idParams, reply: contactList },
  'GET /api/lists/:id/rejected': {
    right: 'campaign.read',
    summary: 'Rejected lines in order',
    params: idParams,
    query: pageQuery,
    reply: pageOf(rejectedLine),
  },
  'GET /api/lists/:id/rejected.csv': {
    right: 'export',
    summary: 'Rejected lines as a file: line, reason, field',
    params: idParams,
    reply: 'bytes',
  },
  'GET /api/campaigns/:id/contacts': {
    right: 'contact.read',
    summary: 'Contacts with why each is not dialled now, by when they are due',
    params: idParams,
    query: pageQuery.extend({
      state: z.enum(['waiting', 'in-attempt', 'finished']).optional(),
      reason: z.string().max(60).optional(),
      listId: id.optional(),
      /** Due at or after this instant: the place in the list where reading begins. */
      from: queryTime.optional(),
    }),
    reply: pageOf(contact),
  },
  'POST /api/campaigns/:id/contacts/search': {
    right: 'contact.read',
    summary:
      'Contacts of one number, or with this in their name; in the body, because persons do not belong in addresses',
    params: idParams,
    body: z.object({ who: z.string().trim().min(1).max(100) }),
    reply: z.object({ items: z.array(contact) }),
  },
  'GET /api/attempts': {
    right: 'call.read',
    summary: 'Calls behind a figure, newest first',
    query: pageQuery.extend({
      ...spanQuery.shape,
      campaignId: id.optional(),
      agentId: id.optional(),
      contactId: id.optional(),
      outcome: z.string().max(60).optional(),
      disposition: z.string().max(60).optional(),
    }),
    reply: pageOf(attempt),
  },
  'GET /api/attempts/:id': {
    right: 'call.read',
    summary: 'One call with its journal',
    params: idParams,
    reply: attemptDetail,
  },
} as const satisfies Record<string, Route>;

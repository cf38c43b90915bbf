import { z } from 'zod';
import { count, id, idParams, longText, nothing, pageOf, pageQuery, time } from './common.ts';
import type { Route } from './route.ts';

export const blacklistScope = z.enum(['all', 'product-line', 'campaign']);
export const blacklistReason = z.enum(['opt-out', 'complaint', 'regulator', 'client', 'other']);

export const blacklistEntry = z
  .object({
    id,
    numberMasked: z.string(),
    scope: blacklistScope,
    scopeId: z.string().nullable(),
    reason: blacklistReason,
    source: z.string(),
    evidence: z.record(z.string(), z.unknown()),
    addedAt: time,
    addedBy: z.string().nullable(),
    endsAt: time.nullable(),
    removedAt: time.nullable(),
    removedBy: z.string().nullable(),
    removal: z.string().nullable(),
  })
  .meta({ id: 'BlacklistEntry' });
export type BlacklistEntry = z.infer<typeof blacklistEntry>;

export const externalBlacklist = z.object({
  id,
  name: z.string(),
  asOf: time,
  importedAt: time,
  entries: count,
  staleDays: count,
  stale: z.boolean(),
});
export type ExternalBlacklist = z.infer<typeof externalBlacklist>;

export const newBlacklistEntry = z.object({
  /** Any usual way of writing; stored as E.164. */
  number: z.string().min(3).max(40),
  scope: blacklistScope.default('all'),
  scopeId: z.string().max(100).nullable().default(null),
  reason: blacklistReason,
  source: z.string().trim().min(1).max(200),
  evidence: z.record(z.string().max(60), z.string().max(1000)).default({}),
  endsAt: time.nullable().default(null),
});
export type NewBlacklistEntry = z.input<typeof newBlacklistEntry>;

export const blacklistRoutes = {
  'GET /api/blacklist': {
    right: 'blacklist.read',
    summary: 'Entries, newest first, with what was removed',
    query: pageQuery.extend({ reason: blacklistReason.optional(), current: z.stringbool().optional() }),
    reply: pageOf(blacklistEntry),
  },
  'POST /api/blacklist/search': {
    right: 'blacklist.read',
    summary: 'Entries of one number (in the body, because numbers do not belong in addresses)',
    body: z.object({ number: z.string().min(3).max(40) }),
    reply: z.object({ items: z.array(blacklistEntry) }),
  },
  'POST /api/blacklist': {
    right: 'blacklist.add',
    summary: 'Stop calling a number, at once',
    body: newBlacklistEntry,
    reply: z.object({ id }),
    status: 201,
  },
  'POST /api/blacklist/:id/remove': {
    right: 'blacklist.remove',
    summary: 'Take an entry back; it stays in the history',
    params: idParams,
    body: z.object({ why: longText }),
    reply: nothing,
  },
  'GET /api/blacklist/external': {
    right: 'blacklist.read',
    summary: 'Imported external lists and whether they are stale',
    reply: z.object({ items: z.array(externalBlacklist) }),
  },
} as const satisfies Record<string, Route>;

import { z } from 'zod';
import { count, id, idParams, longText, nothing, pageOf, pageQuery, queryTime, time } from './common.ts';
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
  /** A newer list of the same name replaces the one in force. */
  name: z.string(),
  source: z.string(),
  scope: blacklistScope,
  scopeId: z.string().nullable(),
  reason: blacklistReason,
  /** The day of which it speaks. */
  asOf: time,
  importedAt: time,
  importedBy: z.string().nullable(),
  entries: count,
  /** Lines of the file that held no number. */
  rejected: count,
  staleDays: count,
  /** In force and older than its limit. */
  stale: z.boolean(),
  replacedAt: time.nullable(),
  /** Why a manager took it back; null when a newer list replaced it. */
  withdrawal: z.string().nullable(),
});
export type ExternalBlacklist = z.infer<typeof externalBlacklist>;

/** An external list in force that holds what was looked for: one number, or those of this end. */
export const externalHit = externalBlacklist
  .pick({ name: true, source: true, scope: true, scopeId: true, reason: true, asOf: true, stale: true })
  .extend({ listId: id, numbersMasked: z.array(z.string()) });
export type ExternalHit = z.infer<typeof externalHit>;

/** The fields that go before the file. */
export const externalListFields = z.object({
  name: z.string().trim().min(1).max(200),
  source: z.string().trim().min(1).max(200),
  asOf: queryTime,
  staleDays: z.coerce.number().int().min(1).max(3650).default(31),
  reason: blacklistReason.default('regulator'),
  scope: blacklistScope.default('all'),
  scopeId: z
    .string()
    .max(100)
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null),
});

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
    summary:
      'Entries of one number, and the external lists in force that hold it (in the body, because numbers do not belong in addresses)',
    body: z.object({ number: z.string().min(3).max(40) }),
    reply: z.object({ items: z.array(blacklistEntry), external: z.array(externalHit) }),
  },
  'POST /api/blacklist': {
    right: 'blacklist.add',
    summary:
      'Stop calling a number, at once. Not `added`: an entry in force says as much already, and is the one named',
    body: newBlacklistEntry,
    reply: z.object({ id, added: z.boolean() }),
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
    summary: 'Imported external lists, stale ones first, then those in force, then what was replaced',
    reply: z.object({ items: z.array(externalBlacklist) }),
  },
  'POST /api/blacklist/external': {
    right: 'blacklist.remove',
    summary:
      'Imports an external list (fields first, then the part `file`: one number a line); replaces the older one as a whole',
    body: 'multipart',
    reply: z.object({
      id,
      entries: count,
      rejected: count,
      faults: z.array(z.object({ line: count, reason: z.string() })),
    }),
    status: 201,
  },
  'POST /api/blacklist/external/:id/withdraw': {
    right: 'blacklist.remove',
    summary: 'Takes an external list out of force; it stays in the history',
    params: idParams,
    body: z.object({ why: longText }),
    reply: nothing,
  },
} as const satisfies Record<string, Route>;

import { z } from 'zod';
import { id, pageOf, pageQuery, person, serial, spanQuery, time } from './common.ts';
import type { Route } from './route.ts';

export const auditEntry = z
  .object({
    id: serial,
    at: time,
    actor: person.nullable(),
    action: z.string(),
    subjectType: z.string(),
    subjectId: z.string(),
    detail: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditCheck = z.object({ entries: z.number().int(), brokenAt: serial.nullable() });

const auditFilter = spanQuery.extend({
  actorId: id.optional(),
  action: z.string().max(60).optional(),
  subjectType: z.string().max(60).optional(),
  subjectId: z.string().max(100).optional(),
});
export type AuditFilter = z.output<typeof auditFilter>;

export const auditRoutes = {
  'GET /api/audit': {
    right: 'audit.read',
    summary: 'The audit log, newest first',
    query: pageQuery.extend(auditFilter.shape),
    reply: pageOf(auditEntry),
  },
  'GET /api/audit/csv': {
    right: 'audit.read',
    summary: 'The same, all of it, as CSV; the hashes are in it',
    query: auditFilter,
    reply: 'bytes',
  },
  'POST /api/audit/verify': {
    right: 'audit.read',
    summary: 'Recomputes the chain of hashes; `brokenAt` is the first entry that does not fit',
    reply: auditCheck,
  },
} as const satisfies Record<string, Route>;

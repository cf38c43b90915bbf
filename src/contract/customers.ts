/** What a client knows of its customers, month by month: brought as tables, each month replaced as a whole, what was before kept. */
import { z } from 'zod';
import { customerStatuses, isMonth } from '../../dialer/index.ts';
import { columnCount, count, id, idParams, nothing, pageOf, pageQuery, time } from './common.ts';
import { rejectedLine } from './lists.ts';
import type { Route } from './route.ts';

export const month = z.string().refine(isMonth, 'is a month as YYYY-MM');
export const customerStatus = z.enum(customerStatuses);
export type CustomerStatus = z.infer<typeof customerStatus>;

/** In hundredths of the client's currency. */
export const amount = z.number().int();

export const customerImport = z
  .object({
    id,
    month,
    fileName: z.string(),
    encoding: z.string(),
    /** `ready` is in force; `replaced` was until a newer one of its month came; of `erased` only the figures are left. */
    state: z.enum(['importing', 'ready', 'replaced', 'failed', 'erased']),
    failure: z.object({ code: z.string(), field: z.string(), line: z.number().int().nullable() }).nullable(),
    total: count,
    accepted: count,
    rejected: count,
    byStatus: z.partialRecord(customerStatus, count),
    importedBy: z.string().nullable(),
    importedAt: time,
    /** Against the table whose place it took; null where the month was new. */
    changes: z.object({ added: count, changed: count, gone: count }).nullable(),
    reviewedAt: time.nullable(),
    reviewedBy: z.string().nullable(),
    /** Whether the one who asks brought it: then somebody else reviews it. */
    own: z.boolean(),
    /** From then on its customers are erased, but for those with an open case or dispute. */
    keptUntil: time,
    /** How many were, and when nobody was left. */
    erased: count,
    erasedAt: time.nullable(),
  })
  .meta({ id: 'CustomerImport' });
export type CustomerImport = z.infer<typeof customerImport>;

export const customerMonth = z.object({
  month,
  status: customerStatus,
  bill: amount,
  services: count.nullable(),
  contribution: amount.nullable(),
  /** Older than any call of ours may be. */
  tenureStart: z.iso.date().nullable(),
  contractEnd: z.iso.date().nullable(),
  changes: z.array(z.string()),
});
export type CustomerMonth = z.infer<typeof customerMonth>;

const customer = z.object({ id, clientId: id, numberMasked: z.string(), months: z.array(customerMonth) });
export type Customer = z.infer<typeof customer>;

const changedCustomer = z.object({
  id,
  numberMasked: z.string(),
  /** Null: the table before did not have them; the new one does not. */
  before: customerMonth.nullable(),
  after: customerMonth.nullable(),
});
export type ChangedCustomer = z.infer<typeof changedCustomer>;

export const customerRoutes = {
  'GET /api/customer-clients': {
    right: 'contact.read',
    summary: 'Clients whose customers the viewer may see, with how many months are known and the last of them',
    reply: z.object({ items: z.array(z.object({ id, name: z.string(), months: count, last: month.nullable() })) }),
  },
  'POST /api/clients/:id/customer-months': {
    right: 'list.import',
    summary:
      'Import a month (field `month`, part `file`); replaces the one that is there; answers when the whole file is in or refused',
    params: idParams,
    body: 'multipart',
    reply: customerImport,
    status: 201,
  },
  'GET /api/clients/:id/customer-months': {
    right: 'contact.read',
    summary: 'Tables of a client, the latest month first, with those that were replaced',
    params: idParams,
    reply: z.object({
      /** Those that may be brought, the present one first. */
      months: z.array(month),
      items: z.array(customerImport),
    }),
  },
  'POST /api/clients/:id/customers/search': {
    right: 'contact.read',
    summary: 'The customer with this number; in the body, because persons do not belong in addresses',
    params: idParams,
    body: z.object({ number: z.string().trim().min(1).max(100) }),
    reply: z.object({ items: z.array(customer) }),
  },
  'GET /api/customer-months/:id/customers': {
    right: 'contact.read',
    summary: 'Customers of a table in order of its lines',
    params: idParams,
    query: pageQuery.extend({ status: customerStatus.optional() }),
    reply: pageOf(customer.omit({ clientId: true, months: true }).extend({ line: columnCount, of: customerMonth })),
  },
  'GET /api/customer-months/:id/changes': {
    right: 'contact.read',
    summary: 'Customers of whom it tells otherwise than the table that it replaced, before and after',
    params: idParams,
    query: pageQuery,
    reply: pageOf(changedCustomer),
  },
  'POST /api/customer-months/:id/review': {
    right: 'list.import',
    summary: 'The changes were looked at, by somebody other than who brought them',
    params: idParams,
    reply: nothing,
  },
  'GET /api/customer-months/:id/rejected': {
    right: 'contact.read',
    summary: 'Rejected lines in order',
    params: idParams,
    query: pageQuery,
    reply: pageOf(rejectedLine),
  },
  'GET /api/customer-months/:id/rejected.csv': {
    right: 'export',
    summary: 'Rejected lines as a file: line, reason, field',
    params: idParams,
    reply: 'bytes',
  },
  'GET /api/customers/:id': {
    right: 'contact.read',
    summary: 'One customer with all months in force, the oldest first',
    params: idParams,
    reply: customer,
  },
} as const satisfies Record<string, Route>;

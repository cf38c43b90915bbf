import { z } from 'zod';
import { count, id, idParams, time } from './common.ts';
import type { Route } from './route.ts';

export const billingFeed = z
  .object({
    clientId: id,
    clientName: z.string(),
    /** Where messages are sent; null: the client fetches. */
    endpoint: z.string().nullable(),
    lastSeq: count,
    deliveredSeq: count,
    deliveries: z.array(
      z.object({
        id,
        fromSeq: count,
        toSeq: count,
        state: z.enum(['waiting', 'delivered']),
        tries: count,
        nextTryAt: time.nullable(),
        lastError: z.string().nullable(),
        createdAt: time,
        deliveredAt: time.nullable(),
      }),
    ),
  })
  .meta({ id: 'BillingFeed' });
export type BillingFeed = z.infer<typeof billingFeed>;

/** What a client's system is told; `seq` is gapless for each client, `id` names the entry for ever. */
export type BillingEntry = {
  seq: number;
  id: string;
  at: number;
  saleId: string;
  attemptId: string;
  campaignId: string;
  change: 'valid' | 'trial' | 'billable' | 'withheld' | 'void' | 'cancelled' | 'extended';
  billFrom: number | null;
  trialEndsAt: number | null;
  reason: string | null;
  options: string[];
  recordingId: string | null;
  confirmation: { attemptId: string; recordingId: string | null } | null;
  offer: {
    id: string;
    version: number;
    name: { en: string; zh: string };
    text: { en: string; zh: string };
    exceptionId: string | null;
  } | null;
};

export const billingRoutes = {
  'GET /api/billing/feeds': {
    right: 'billing.read',
    summary: 'Feeds of clients’ billing systems, and what became of the messages',
    reply: z.object({ items: z.array(billingFeed) }),
  },
  'GET /api/billing/feeds/:id/entries': {
    right: 'billing.read',
    summary:
      'What became valid, billable, withheld, void, cancelled or extended after a cursor; signed in the header fairline-signature, the next cursor in fairline-cursor. The same cursor gives the same entries again. CSV without a limit is everything after the cursor',
    params: idParams,
    query: z.object({
      after: z.coerce.number().int().min(0).default(0),
      /** JSON: 1000 if absent. */
      limit: z.coerce.number().int().min(1).max(5000).optional(),
      format: z.enum(['json', 'csv']).default('json'),
    }),
    reply: 'bytes',
  },
  'PUT /api/billing/feeds/:id': {
    right: 'sale.manage',
    summary: 'Where messages are sent; null: nowhere',
    params: idParams,
    body: z.object({ endpoint: z.string().trim().min(1).max(500).nullable() }),
    reply: billingFeed,
  },
  'POST /api/billing/feeds/:id/secret': {
    right: 'sale.manage',
    summary: 'A new secret for signatures, told this once',
    params: idParams,
    reply: z.object({ secret: z.string() }),
  },
} as const satisfies Record<string, Route>;

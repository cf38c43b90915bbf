import { z } from 'zod';
import { selfCheck } from './agent-desk.ts';
import { count, id, idParams, longText, pageOf, pageQuery, person, serial, spanQuery, time } from './common.ts';
import { soldOffer } from './offers.ts';
import type { Route } from './route.ts';

export const saleState = z.enum([
  'recorded',
  'held', // waits for text message, reply or quality
  'to-verify', // self-check in doubt: a verification call is due
  'unqualified', // a corrective call is due
  'valid',
  'trial', // free trial runs
  'to-confirm', // second confirmation is due
  'billable',
  'cancelled',
  'void',
]);
export type SaleState = z.infer<typeof saleState>;

export const sale = z
  .object({
    id,
    attemptId: id,
    recordingId: id.nullable(),
    campaignId: id,
    campaignName: z.string(),
    agent: person,
    state: saleState,
    recordedAt: time,
    since: time,
    deadlineAt: time.nullable(),
    customerMasked: z.string(),
    options: z.array(z.string()),
    selfCheck: selfCheck.nullable(),
    inspected: z.boolean(),
    qualified: z.boolean().nullable(),
    trialEndsAt: time.nullable(),
    extensions: count,
    offer: soldOffer.nullable(),
  })
  .meta({ id: 'Sale' });
export type Sale = z.infer<typeof sale>;

export const saleEvent = z.object({
  id: serial,
  at: time,
  kind: z.string(),
  from: saleState.nullable(),
  to: saleState,
  by: person.nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type SaleEvent = z.infer<typeof saleEvent>;

export const saleDetail = sale.extend({
  role: z.enum(['owner', 'family-decider']).nullable(),
  identityCheck: z.string(),
  consentWords: z.string(),
  scriptVersionId: id.nullable(),
  /** What is still waited for while held. */
  waitsFor: z.array(z.string()),
  inspectionIds: z.array(id),
  taskCallIds: z.array(id),
  /** Texts to the customer and the replies, oldest first. */
  texts: z.array(
    z.object({
      id,
      kind: z.enum(['terms', 'notice']),
      state: z.enum(['intended', 'sending', 'uncertain', 'accepted', 'sent', 'delivered', 'failed']),
      at: time,
      changedAt: time,
      waitsUntil: time.nullable(),
      body: z.string(),
      failure: z.string().nullable(),
    }),
  ),
  replies: z.array(
    z.object({
      id: z.string(),
      at: time,
      reading: z.enum(['yes', 'no', 'opt-out', 'unclear']),
      /** null for clients: what customers write may name them. */
      body: z.string().nullable(),
    }),
  ),
  events: z.array(saleEvent),
});
export type SaleDetail = z.infer<typeof saleDetail>;

const saleFilter = pageQuery.extend({
  ...spanQuery.shape,
  campaignId: id.optional(),
  agentId: id.optional(),
  state: saleState.optional(),
});
export type SaleFilter = z.output<typeof saleFilter>;

export const saleRoutes = {
  'GET /api/sales': { right: 'sale.read', summary: 'Sales, newest first', query: saleFilter, reply: pageOf(sale) },
  'GET /api/sales/:id': { right: 'sale.read', summary: 'One sale with its life', params: idParams, reply: saleDetail },
  'POST /api/sales/:id/void': {
    right: 'sale.manage',
    summary: 'Voids a sale that cannot be mended; the product is cancelled',
    params: idParams,
    body: z.object({ why: longText }),
    reply: saleDetail,
  },
} as const satisfies Record<string, Route>;

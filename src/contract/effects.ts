/** What became of the customers with whom a campaign spoke, beside those of the same client whom nobody called (L5). */
import { z } from 'zod';
import { customerKinds, effectChanges, effectGroups } from '../../dialer/index.ts';
import { count, id, idParams, pageOf, pageQuery, rate } from './common.ts';
import { customerMonth, month } from './customers.ts';
import type { Route } from './route.ts';

export const effectChange = z.enum(effectChanges);
export type EffectChange = z.infer<typeof effectChange>;
export const effectGroup = z.enum(effectGroups);
export type EffectGroup = z.infer<typeof effectGroup>;
export const customerKind = z.enum(customerKinds);
export type CustomerKind = z.infer<typeof customerKind>;

const row = z.object({
  /** Null: all kinds together. */
  kind: customerKind.nullable(),
  /** Months of the watch; null: it differs by kind. */
  watch: count.nullable(),
  customers: count,
  changes: z.record(effectChange, count),
  /** Lost ÷ (lost + stayed); won back ÷ (won back + stayed out): of whose end is known. */
  lost: rate,
  wonBack: rate,
  /** Means in hundredths over so many customers; null where nobody's end is known. */
  bill: z.object({ customers: count, before: z.number().nullable(), after: z.number().nullable() }),
});
export type EffectRow = z.infer<typeof row>;

export const effectSummary = z
  .object({
    campaign: z.object({ id, name: z.string(), clientName: z.string() }),
    /** The month of the first conversation. */
    origin: month,
    /** Months that are looked at and of which the client has not told. */
    missing: z.array(month),
    /** Version of the rules of customer types in force at the end of that month. */
    rules: count,
    /** People spoken with of whom the client has told nothing under any of their numbers. */
    strangers: count,
    groups: z.record(effectGroup, z.array(row)),
  })
  .meta({ id: 'EffectSummary' });
export type EffectSummary = z.infer<typeof effectSummary>;

const behind = z.object({
  id,
  numberMasked: z.string(),
  kind: customerKind,
  change: effectChange,
  before: customerMonth.nullable(),
  course: z.array(customerMonth.nullable()),
});
export type CustomerBehind = z.infer<typeof behind>;

const origin = z.object({ month });

export const effectRoutes = {
  'GET /api/campaigns/:id/effect/months': {
    right: 'summary.read',
    summary: 'Months in which the campaign first spoke with customers, the newest first',
    params: idParams,
    reply: z.object({ items: z.array(z.object({ month, customers: count, strangers: count })) }),
  },
  'GET /api/campaigns/:id/effect': {
    right: 'summary.read',
    summary: 'What became of those with whom it first spoke in this month, and of the customers whom nobody called',
    params: idParams,
    query: origin,
    reply: effectSummary,
  },
  'GET /api/campaigns/:id/effect/csv': {
    right: 'export',
    summary: 'The same as CSV, figures only',
    params: idParams,
    query: origin,
    reply: 'bytes',
  },
  'GET /api/campaigns/:id/effect/customers': {
    right: 'contact.read',
    summary: 'The customers behind a figure, masked',
    params: idParams,
    query: pageQuery.extend({
      ...{ month, group: effectGroup, kind: customerKind.optional(), change: effectChange.optional() },
    }),
    reply: pageOf(behind),
  },
} as const satisfies Record<string, Route>;

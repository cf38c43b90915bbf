/** What a client's customers are worth (L6): thresholds and strategies in versions, counts by class, and the customers behind them. */
import { z } from 'zod';
import { valueClasses, valueSettings } from '../../dialer/index.ts';
import { columnCount, count, id, idParams, pageOf, pageQuery, time } from './common.ts';
import { month } from './customers.ts';
import type { Route } from './route.ts';

export const valueClass = z.enum(valueClasses);
export type ValueClass = z.infer<typeof valueClass>;
export type { ValueSettings } from '../../dialer/index.ts';

const version = z.object({
  version: count,
  settings: valueSettings,
  /** Null: what every client begins with. */
  changedAt: time.nullable(),
  changedBy: z.string().nullable(),
});
export type ValueVersion = z.infer<typeof version>;

export const customerValues = z
  .object({
    /** Null: no month is known. */
    month: month.nullable(),
    /** Those that may be asked about, the newest first. */
    months: z.array(month),
    /** With what it was worked out, and holds. */
    version: count,
    settings: valueSettings,
    classes: z.array(
      z.object({
        class: valueClass,
        customers: count,
        /** Assessed anew since the quarter, by a bill that is far off. */
        byChange: count,
        /** Mean in hundredths; null without customers. */
        spend: z.number().nullable(),
      }),
    ),
    unknown: count,
  })
  .meta({ id: 'CustomerValues' });
export type CustomerValues = z.infer<typeof customerValues>;

const measure = z.number().nullable();
const valued = z.object({
  id,
  numberMasked: z.string(),
  points: count,
  measures: z.object({ spend: measure, tenure: measure, services: measure, contribution: measure }),
  cause: z.enum(['quarter', 'large-change']),
  month,
});
export type ValuedCustomer = z.infer<typeof valued>;

export const customerValueRoutes = {
  'GET /api/clients/:id/values': {
    right: 'contact.read',
    summary: 'Customers by value at a month (the newest without one), with the settings that hold',
    params: idParams,
    query: z.object({ month: month.optional() }),
    reply: customerValues,
  },
  'GET /api/clients/:id/values/customers': {
    right: 'contact.read',
    summary: 'The customers of a class, masked',
    params: idParams,
    query: pageQuery.extend({ month, class: valueClass }),
    reply: pageOf(valued),
  },
  'GET /api/clients/:id/values/versions': {
    right: 'contact.read',
    summary: 'All versions of the settings, newest first',
    params: idParams,
    reply: z.object({ items: z.array(version) }),
  },
  'PUT /api/clients/:id/values/settings': {
    right: 'campaign.manage',
    summary:
      'Change thresholds and strategies; makes a new version; refused with `plan-changed` where another was kept meanwhile',
    params: idParams,
    body: z.object({ version: columnCount, settings: valueSettings }),
    reply: version,
  },
} as const satisfies Record<string, Route>;

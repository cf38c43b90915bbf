/** Plans of repeated calls of a campaign: who, how often, at which share, in which window; and what they lay out. */
import { z } from 'zod';
import { planSettings } from '../../dialer/index.ts';
import { columnCount, count, day, id, idParams, nothing, shortText, time } from './common.ts';
import type { Route } from './route.ts';

export type { PlanSettings } from '../../dialer/index.ts';

/** People of the plan who were not called on a day, by reason. */
const leftOut = z.record(z.string(), count);
/** `until` is the first day after it. */
const period = z.object({ from: day, until: day });

/** As the first day is kept in a column, it lies where days do. */
const settings = planSettings.extend({ startsOn: day });

export const plan = z
  .object({
    id,
    campaignId: id,
    name: z.string(),
    state: z.enum(['active', 'paused']),
    version: count,
    settings: planSettings,
    createdAt: time,
    /** The one of today; null where the plan has not begun, or follows events. */
    period: period.nullable(),
    /** Of this period, or since its first day where it has none. */
    progress: z.object({ laid: count, waiting: count, reached: count, answered: count }),
    days: z.array(z.object({ day, at: time, population: count, laid: count, leftOut })),
  })
  .meta({ id: 'CallPlan' });
export type Plan = z.infer<typeof plan>;

export const planPreview = z
  .object({
    laidToday: count,
    /** Today, with what is still due, and the days after it. */
    days: z.array(
      z.object({
        ...{ day, period: period.nullable(), open: z.boolean() },
        ...{ population: count, quota: count, laidBefore: count, due: count, leftOut },
      }),
    ),
  })
  .meta({ id: 'PlanPreview' });
export type PlanPreview = z.infer<typeof planPreview>;

export const planVersion = z.object({
  version: count,
  name: z.string(),
  settings: planSettings,
  changedAt: time,
  changedBy: z.string().nullable(),
});

const wish = z.object({ name: shortText, settings });

export const planRoutes = {
  'GET /api/campaigns/:id/plans': {
    right: 'contact.read',
    summary: 'Plans that call from this campaign, with what came of their period and their last days',
    params: idParams,
    reply: z.object({ today: day, items: z.array(plan) }),
  },
  'POST /api/campaigns/:id/plans': {
    right: 'campaign.manage',
    summary: 'Make a plan; refused with `plan-invalid`, naming every field at fault',
    params: idParams,
    body: wish,
    reply: plan,
    status: 201,
  },
  'POST /api/campaigns/:id/plans/preview': {
    right: 'campaign.manage',
    summary:
      'What a plan with these settings would lay out today and on the next days, and whom not and why; nothing is kept',
    params: idParams,
    body: z.object({ planId: id.nullable(), settings }),
    reply: planPreview,
  },
  'GET /api/plans/:id': { right: 'contact.read', summary: 'One plan', params: idParams, reply: plan },
  'PUT /api/plans/:id': {
    right: 'campaign.manage',
    summary:
      'Change it from the next day that is laid out on; makes a new version; refused with `plan-changed` where another was kept meanwhile',
    params: idParams,
    body: wish.extend({ version: columnCount }),
    reply: plan,
  },
  'GET /api/plans/:id/preview': {
    right: 'contact.read',
    summary: 'What it lays out today and on the next days, and whom not and why',
    params: idParams,
    reply: planPreview,
  },
  'GET /api/plans/:id/versions': {
    right: 'contact.read',
    summary: 'All versions of its settings, newest first',
    params: idParams,
    reply: z.object({ items: z.array(planVersion) }),
  },
  'POST /api/plans/:id/pause': {
    right: 'campaign.manage',
    summary: 'Lays out no more; what is laid out is called',
    params: idParams,
    reply: nothing,
  },
  'POST /api/plans/:id/resume': {
    right: 'campaign.manage',
    summary: 'Lays out again from the next day on; what was missed is spread over the days that are left',
    params: idParams,
    reply: nothing,
  },
} as const satisfies Record<string, Route>;

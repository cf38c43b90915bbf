import { z } from 'zod';
import { activity, presence } from './agent-desk.ts';
import { count, dialMode, idParams, time } from './common.ts';
import type { Route } from './route.ts';

const maybe = z.number().nullable();

/** Live figures of one campaign. */
export const campaignLive = z
  .object({
    campaignId: z.string(),
    name: z.string(),
    state: z.string(),
    at: time,
    mode: dialMode,
    agents: z.array(
      z.object({
        userId: z.string(),
        name: z.string(),
        teamId: z.string().nullable(),
        presence,
        activity,
        since: time,
        reason: z.string().nullable(),
      }),
    ),
    byState: z.object({
      ready: count,
      reserved: count,
      ringing: count,
      talking: count,
      wrapUp: count,
      onBreak: count,
      signedOut: count,
    }),
    lines: z.object({ inUse: count, ringing: count, waiting: count, max: count }),
    band: z.object({ min: z.number(), max: z.number() }).nullable(),
    talkUtilization: z.object({ lastHalfHour: maybe, today: maybe }),
    occupancy: z.object({ today: maybe }),
    cap: z.number(),
    abandonRate: z.object({ hour: maybe, today: maybe, window: maybe, windowDays: count }),
    today: z.object({
      attempts: count,
      answered: count,
      connected: count,
      abandoned: count,
      sales: count,
      optOuts: count,
    }),
    contacts: z.object({
      waiting: count,
      inAttempt: count,
      finished: count,
      undialledByReason: z.record(z.string(), count),
    }),
    pacing: z
      .object({ at: time, placed: count, why: z.string(), binding: z.string().nullable(), agentsNeeded: maybe })
      .nullable(),
  })
  .meta({ id: 'CampaignLive' });
export type CampaignLive = z.infer<typeof campaignLive>;

/** One moment of a campaign's recent course: rates of the half hour and the hour before it, lines and agents at it. */
export const coursePoint = z.object({
  at: time,
  utilization: maybe,
  abandon: maybe,
  inUse: count,
  talking: count,
  ready: count,
});
export type CoursePoint = z.infer<typeof coursePoint>;

export const wallboardRoutes = {
  'GET /api/wallboard': {
    right: 'wallboard.read',
    summary: 'Live figures of every running or paused campaign the reader may see',
    reply: z.object({ items: z.array(campaignLive) }),
  },
  'GET /api/wallboard/:id': {
    right: 'wallboard.read',
    summary: 'Live figures of one campaign',
    params: idParams,
    reply: campaignLive,
  },
  'GET /api/wallboard/:id/course': {
    right: 'wallboard.read',
    summary:
      'The last half hour of one campaign, a point a minute, for the charts of a wallboard that was opened just now',
    params: idParams,
    reply: z.object({ items: z.array(coursePoint) }),
  },
} as const satisfies Record<string, Route>;

/**
 * What a manager can set on a campaign. Stored as one versioned document: attempts and refusals carry the version
 * that decided about them. Every default is a rule of the business and can be changed while the campaign runs.
 */
import { z } from 'zod';
import { textSettings } from './text.ts';

const share = z.number().min(0).max(1);
/** Ten years: a date so far back can still be reckoned with, and nobody keeps a limit longer. */
const longestDays = 3_660;
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day as HH:MM');

export const dialModes = ['manual', 'preview', 'progressive', 'predictive'] as const;
export type DialMode = (typeof dialModes)[number];

/** Pacing: band of talk ÷ signed-in time, cap on abandoned ÷ answered by a person, and the campaign's share of lines. */
export const pacingSettings = z.object({
  mode: z.enum(dialModes).default('predictive'),
  /** Absent: as much utilization as the cap allows. */
  band: z
    .object({ min: share, max: share })
    .refine((band) => band.min < band.max, 'min must be below max')
    .nullable()
    .default({ min: 0.69, max: 0.74 }),
  maxAbandonRate: share.default(0.03),
  abandonWindowDays: z.number().int().min(1).max(90).default(30),
  abandonWithinMs: z.number().int().min(500).max(10_000).default(2000),
  ringTimeoutMs: z.number().int().min(15_000).max(60_000).default(25_000),
  maxLines: z.number().int().min(0).max(5000).default(200),
  maxCallsPerSecond: z.number().min(0).max(200).default(10),
  /** Share of lines and calls per second against the other running campaigns. */
  weight: z.number().positive().max(100).default(1),
  previewSeconds: z.number().int().min(0).max(3600).default(0),
  wrapUpSeconds: z.number().int().min(5).max(3600).default(120),
});

/** Calling hours in the contact's own time zone; weekday numbers are ISO (1 Monday … 7 Sunday). */
export const callingSettings = z.object({
  windows: z
    .array(z.object({ days: z.array(z.number().int().min(1).max(7)).min(1).max(7), from: clock, to: clock }))
    .max(50)
    .default([
      { days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '12:00' },
      { days: [1, 2, 3, 4, 5, 6, 7], from: '14:00', to: '20:30' },
    ]),
  workingDaysOnly: z.boolean().default(false),
});

/** One counted limit. Limits are data: scope, window, count, action. */
export const limitRule = z.object({
  id: z.string().min(1).max(60),
  /** What is counted: attempts to, or conversations with, one number or one contact. */
  scope: z.enum(['number', 'contact']),
  counts: z.enum(['attempts', 'conversations']),
  window: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('rolling-minutes'),
      minutes: z
        .number()
        .int()
        .min(1)
        .max(longestDays * 24 * 60),
    }),
    z.object({ kind: z.literal('calendar-days'), days: z.number().int().min(1).max(longestDays) }),
    z.object({ kind: z.literal('calendar-month') }),
    z.object({ kind: z.literal('ever') }),
  ]),
  max: z.number().int().min(0),
  /** defer: dialled when the window allows; finish: never dialled again in this campaign. */
  action: z.enum(['defer', 'finish']).default('defer'),
});
export type LimitRule = z.infer<typeof limitRule>;

export const systemOutcomes = [
  'connected',
  'abandoned',
  'busy',
  'no-answer',
  'switched-off',
  'invalid',
  'machine',
  'failed',
  'canceled',
  'customer-hung-up',
] as const;

/** What happens after an outcome: wait and try again, or stop. */
export const retryRule = z.object({
  outcome: z.enum([...systemOutcomes, 'refused', 'undecided']),
  maxTries: z.number().int().min(0).max(50),
  delayMinutes: z
    .number()
    .int()
    .min(0)
    .max(60 * 24 * 60),
  /** Next time of day in the contact's zone, e.g. 19:00: the first such time after the delay. */
  timeOfDay: clock.optional(),
  /** Collect and try again together on the last working day of the call-back window that started with the list's import. */
  gatherOnLastWorkingDay: z.object({ windowDays: z.number().int().min(1).max(365) }).optional(),
  /** Go to the contact's next number at once. */
  nextNumber: z.boolean().default(false),
});
export type RetryRule = z.infer<typeof retryRule>;

/** Shares inspected, the frame they are taken of, and what a sale must pass before it counts. */
export const qualitySettings = z.object({
  frame: z.enum(['sales', 'conversations']).default('sales'),
  dailyRate: share.default(0.1),
  weeklyRate: share.default(0.05),
  /** Blind double judgements a week, for agreement. */
  weeklyOverlap: z.number().int().min(0).max(10_000).default(5),
  tightenedMultiple: z.number().min(1).max(10).default(3),
  /** Floor patrols proposed a day, in the hours in which the campaign calls. */
  patrolRounds: z.number().int().min(0).max(24).default(4),
  recheckAll: z.boolean().default(false),
  correctiveDeadlineWorkingDays: z.number().int().min(1).max(30).default(1),
  holdForQuality: z.boolean().default(false),
  twoStepClose: z.boolean().default(false),
  forced: z
    .object({
      longerThanSeconds: z.number().int().positive().max(86_400).nullable().default(null),
      shorterThanSeconds: z.number().int().positive().max(86_400).nullable().default(null),
      firstDaysOfAgent: z.number().int().min(0).max(longestDays).default(0),
      complaints: z.boolean().default(true),
    })
    .prefault({}),
  retentionMonths: z.number().int().min(1).max(240).default(24),
});

/** Texts that customers hear: played when nobody is free. `{caller}` is replaced by the client's name. */
export const messageSettings = z.object({
  safeHarbour: z
    .string()
    .min(10)
    .max(500)
    .default(
      'This is a call from {caller}. We are sorry, nobody is free to speak to you. To opt out of further calls, call this number back.',
    ),
  language: z.string().max(35).default('en-GB'),
});

export const campaignSettings = z.object({
  pacing: pacingSettings.prefault({}),
  calling: callingSettings.prefault({}),
  limits: z
    .array(limitRule)
    .max(50)
    .default([
      {
        id: 'gap',
        scope: 'number',
        counts: 'attempts',
        window: { kind: 'rolling-minutes', minutes: 30 },
        max: 1,
        action: 'defer',
      },
      {
        id: 'day',
        scope: 'number',
        counts: 'attempts',
        window: { kind: 'calendar-days', days: 1 },
        max: 3,
        action: 'defer',
      },
      { id: 'total', scope: 'contact', counts: 'attempts', window: { kind: 'ever' }, max: 8, action: 'finish' },
    ]),
  retry: z
    .array(retryRule)
    .max(50)
    .default([
      { outcome: 'busy', maxTries: 3, delayMinutes: 30, nextNumber: false },
      { outcome: 'no-answer', maxTries: 3, delayMinutes: 180, nextNumber: true },
      { outcome: 'switched-off', maxTries: 3, delayMinutes: 240, nextNumber: true },
      { outcome: 'machine', maxTries: 3, delayMinutes: 240, nextNumber: true },
      { outcome: 'failed', maxTries: 3, delayMinutes: 30, nextNumber: false },
      { outcome: 'canceled', maxTries: 5, delayMinutes: 30, nextNumber: false },
      { outcome: 'customer-hung-up', maxTries: 2, delayMinutes: 240, nextNumber: false },
      { outcome: 'abandoned', maxTries: 2, delayMinutes: 60, nextNumber: false },
      { outcome: 'undecided', maxTries: 2, delayMinutes: 24 * 60, nextNumber: false },
    ]),
  /** Hours after an abandoned call during which the contact is called only with an agent reserved. */
  abandonLockHours: z.number().int().min(0).max(720).default(72),
  machineDetection: z.boolean().default(true),
  /**
   * Whether a person is recognised before an agent is given to the call, so that no machine reaches anybody; the 2 seconds count
   * from the recognition. False: the agent joins at the answer, hears the greeting, and is freed when a machine is recognised.
   */
  detectBeforeAgent: z.boolean().default(true),
  /** A machine never reaches an agent unless the campaign asks. */
  connectMachines: z.boolean().default(false),
  quality: qualitySettings.prefault({}),
  messages: messageSettings.prefault({}),
  texts: textSettings.prefault({}),
});
export type CampaignSettings = z.infer<typeof campaignSettings>;

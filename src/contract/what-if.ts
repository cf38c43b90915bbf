/** "How many agents would put the band within reach, and in which hours?": shifts of the pretend phone network in virtual time. */
import { z } from 'zod';
import { count, id, share } from './common.ts';
import { agentHoursOf, hourOf, mostAgentHours, mostWindows } from './what-if-limit.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const window = z
  .object({
    /** The centre's own clock. */
    from: clock,
    to: clock,
    /** Share of calls that a person answers in these hours; left out: what is known of each hour. */
    answerRate: share.optional(),
  })
  .refine(({ from, to }) => hourOf(to) - hourOf(from) >= 0.25, {
    path: ['to'],
    message: 'to must be a quarter of an hour after from, or later, on the same day',
  });

export const whatIfRequest = z
  .object({
    /** A manager's question, or what a campaign's page says of its first hours: their answers are kept apart. */
    purpose: z.enum(['question', 'expectation']).default('question'),
    /** Take answer rate, talk and wrap-up from this campaign's last days where they are not given. */
    campaignId: id.nullable().default(null),
    agents: z.array(z.number().int().min(1).max(500)).min(1).max(12),
    answerRate: share.optional(),
    machineRate: share.optional(),
    talkSeconds: z.number().min(1).max(3600).optional(),
    wrapUpSeconds: z.number().min(0).max(3600).optional(),
    /** One call for each ready agent, or calls ahead of the moment an agent is free. */
    mode: z.enum(['predictive', 'progressive']).optional(),
    maxAbandonRate: share.optional(),
    band: z
      .object({ min: share, max: share })
      .refine(({ min, max }) => min <= max, 'min must not be above max')
      .nullable()
      .optional(),
    hours: z.number().min(0.25).max(12).default(2),
    /** Calling hours to compare, each for each number of agents; then `hours` counts for nothing. */
    windows: z.array(window).min(2).max(mostWindows).optional(),
    seed: z.number().int().min(0).default(1),
  })
  .refine((asked) => agentHoursOf(asked) <= mostAgentHours, {
    path: ['agents'],
    message: `all agents together may be simulated for at most ${mostAgentHours} hours: ask about fewer, or a shorter shift`,
  });
export type WhatIfRequest = z.input<typeof whatIfRequest>;

export const whatIfResult = z.object({
  rows: z.array(
    z.object({
      agents: count,
      // Answers kept from before there were calling hours to compare have none of these three.
      /** Which of the calling hours that were asked about; null: no hours were compared. */
      window: z.object({ from: clock, to: clock }).nullable().default(null),
      /** Mean of what was assumed for these hours. */
      assumedAnswerRate: z.number().nullable().default(null),
      /** Presented to the agents, of the calls dialled. */
      answeredRate: z.number().nullable().default(null),
      talkUtilization: z.number().nullable(),
      occupancy: z.number().nullable(),
      abandonRate: z.number().nullable(),
      conversationsPerAgentHour: z.number().nullable(),
      attemptsPerHour: z.number(),
      lines: z.number(),
      insideBand: z.boolean(),
    }),
  ),
  /** Fewest of the asked agents inside the band, in whichever hours; null: none was. */
  agentsNeeded: count.nullable(),
  assumed: z.object({
    answerRate: z.number(),
    machineRate: z.number(),
    talkSeconds: z.number(),
    wrapUpSeconds: z.number(),
    // Answers kept from before there was a choice were of the first.
    mode: z.enum(['predictive', 'progressive']).default('predictive'),
    from: z.enum(['request', 'campaign', 'ordinary-list']),
    /** The campaign's own answer rate by hour of day, 24 of them; null where it called too little to say. Empty: nothing is known by hour. */
    hours: z.array(z.number().nullable()).default([]),
    /** The band that was aimed at; null: none was, or the answer is from before it was kept. */
    band: z.object({ min: share, max: share }).nullable().default(null),
  }),
});
export type WhatIfResult = z.infer<typeof whatIfResult>;

/** "How many agents would put the band within reach?": a shift of the pretend phone network in virtual time. */
import { z } from 'zod';
import { count, id, share } from './common.ts';
import { mostAgentHours } from './what-if-limit.ts';

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
    seed: z.number().int().min(0).default(1),
  })
  .refine(({ agents, hours }) => agents.reduce((sum, each) => sum + each, 0) * hours <= mostAgentHours, {
    path: ['agents'],
    message: `all agents together may be simulated for at most ${mostAgentHours} hours: ask about fewer, or a shorter shift`,
  });
export type WhatIfRequest = z.input<typeof whatIfRequest>;

export const whatIfResult = z.object({
  rows: z.array(
    z.object({
      agents: count,
      talkUtilization: z.number().nullable(),
      occupancy: z.number().nullable(),
      abandonRate: z.number().nullable(),
      conversationsPerAgentHour: z.number().nullable(),
      attemptsPerHour: z.number(),
      lines: z.number(),
      insideBand: z.boolean(),
    }),
  ),
  /** Fewest of the asked agents inside the band; null: none was. */
  agentsNeeded: count.nullable(),
  assumed: z.object({
    answerRate: z.number(),
    machineRate: z.number(),
    talkSeconds: z.number(),
    wrapUpSeconds: z.number(),
    // Answers kept from before there was a choice were of the first.
    mode: z.enum(['predictive', 'progressive']).default('predictive'),
    from: z.enum(['request', 'campaign', 'ordinary-list']),
  }),
});
export type WhatIfResult = z.infer<typeof whatIfResult>;

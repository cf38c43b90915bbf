/** What inspections say together: agreement of judges, how closely an agent is inspected, floor patrols. */
import { z } from 'zod';
import { count, id, person, rate, time } from './common.ts';
import { code } from './forms.ts';

/** Two judges on the same recordings. Values are null with too few pairs. */
export const agreement = z.object({
  pairs: count,
  percent: z.number().nullable(),
  kappa: z.number().nullable(),
  ac1: z.number().nullable(),
  onFailures: rate,
  byCriterion: z.array(
    z.object({
      criterion: code,
      pairs: count,
      percent: z.number().nullable(),
      kappa: z.number().nullable(),
      ac1: z.number().nullable(),
      /** Of all failures given by either: the share given by both, and the recordings it rests on. */
      onFailures: z.number().nullable(),
      failures: count,
    }),
  ),
});
export type Agreement = z.infer<typeof agreement>;

/** Of the pairs whose second judgement fell into a span of time, with the first and the last of them; null without any. */
export const agreementOfSpan = agreement.extend({ firstAt: time.nullable(), lastAt: time.nullable() });
export type AgreementOfSpan = z.infer<typeof agreementOfSpan>;

export const inspectionLevel = z.object({
  agent: person,
  campaignId: id.nullable(),
  level: z.enum(['normal', 'tightened', 'suspended']),
  since: time,
  /** Share of this agent's recordings that is drawn now. */
  rate: z.number(),
  why: z.string(),
  evidence: z.array(z.object({ kind: z.string(), id: z.string() })),
  cleanLots: count,
  failedLots: count,
  coachingOpen: z.boolean(),
});
export type InspectionLevel = z.infer<typeof inspectionLevel>;

export const patrol = z.object({
  id,
  at: time,
  by: person,
  agent: person,
  campaignId: id.nullable(),
  attemptId: id.nullable(),
  observation: z.string(),
  marks: z.record(z.string(), z.number()),
});
export type Patrol = z.infer<typeof patrol>;

/** The latest round of today that was due; those still to come are told to nobody. */
export const patrolProposal = z.object({
  since: time,
  round: count,
  rounds: count,
  /** A note was written since. */
  done: z.boolean(),
  /** At work now, in the order in which to listen. */
  agents: z.array(person),
});
export type PatrolProposal = z.infer<typeof patrolProposal>;

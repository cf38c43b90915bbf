/** Forms as data, the answers on them, and a verdict. */
import { z } from 'zod';
import { bilingual, count } from './common.ts';

export const code = z.string().min(1).max(60);
export const form = z
  .object({
    id: z.string(),
    version: count,
    title: bilingual,
    criteria: z.array(
      z.object({
        code,
        title: bilingual,
        /** A failure fails the whole inspection. */
        fatal: z.boolean(),
        checks: z.array(z.object({ code, text: bilingual, notApplicableAllowed: z.boolean() })),
        reasons: z.array(z.object({ code, text: bilingual, fabricatedConsent: z.boolean() })),
      }),
    ),
  })
  .meta({ id: 'Form' });
export type Form = z.infer<typeof form>;

/** One answer on a criterion. A failure names its reason and the second at which it is heard. */
export const criterionAnswer = z.object({
  criterion: code,
  verdict: z.enum(['pass', 'fail']),
  reason: code.nullable(),
  atSecond: z.number().min(0).nullable(),
  checks: z.array(z.object({ check: code, answer: z.enum(['pass', 'fail', 'not-applicable']) })).max(50),
  note: z.string().max(2000),
});
export type CriterionAnswer = z.infer<typeof criterionAnswer>;

export const verdict = z.object({
  answers: z.array(criterionAnswer).min(1).max(50),
  note: z.string().max(4000),
  /** How much was listened to, so that a judgement without listening is seen. */
  listenedSeconds: z.number().min(0).max(86_400),
});
export type Verdict = z.infer<typeof verdict>;

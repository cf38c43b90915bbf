/** The inspection's document in its column: read back with its shape checked, because a row outlives the code that wrote it. */
import { z } from 'zod';
import type { Inspection, InspectionPurpose } from '../../rules/inspection.ts';
import { FATAL_CRITERIA } from '../../rules/form.ts';
import type { InspectionKind } from '../../ports/inspection-store.ts';

export const answersShape = z.object({
  criteria: z.array(
    z.object({
      criterionId: z.string(),
      outcome: z.enum(['passed', 'failed']),
      checks: z.array(z.object({ checkId: z.string(), answer: z.enum(['passed', 'failed', 'not-applicable']) })),
      failures: z.array(z.object({ checkId: z.string(), reasonCode: z.string(), atSecond: z.number() })),
    }),
  ),
  remark: z.string(),
});

const failure = z.object({
  criterionId: z.string(),
  checkId: z.string(),
  reasonCode: z.string(),
  atSecond: z.number(),
});
const score = z.object({
  by: z.string(),
  at: z.number(),
  answers: answersShape,
  verdict: z.object({
    result: z.enum(['qualified', 'unqualified']),
    failedCriteria: z.array(z.string()),
    failedFatal: z.array(z.enum(FATAL_CRITERIA)),
    failures: z.array(failure),
    score: z.number(),
  }),
  cause: z.enum(['inspection', 'dispute-upheld', 'correction']),
  reason: z.string(),
});
const decision = z.object({ by: z.string(), at: z.number(), upheld: z.boolean(), reason: z.string() });
export const lifeShape = z.object({
  pastInspectorIds: z.array(z.string()).default([]),
  reminded: z.boolean().default(false),
  /** That a dispute is overdue has been told: nothing waits for its deadline any more. */
  overdueTold: z.boolean().default(false),
  scores: z.array(score).default([]),
  dispute: z
    .object({ by: z.string(), reason: z.string(), at: z.number(), decision: decision.nullable() })
    .nullable()
    .default(null),
});

export const statusShape = z.enum(['drawn', 'assigned', 'opened', 'expired', 'scored', 'agreed', 'disputed', 'closed']);
export const kindShape = z.enum([
  'daily',
  'weekly',
  'overlap',
  'forced',
  'recheck',
  'corrective',
  'confirmation',
  'calibration',
]);
export const formIdShape = z.enum([
  'valid-marketing',
  'corrective-call',
  'second-confirmation',
  'conduct',
  'floor-patrol',
]);

/** What the kind of an inspection means for its rules. */
export function purposeOf(kind: InspectionKind): InspectionPurpose {
  switch (kind) {
    case 'daily':
    case 'weekly':
    case 'overlap':
    case 'recheck':
    case 'calibration':
      return kind;
    case 'forced':
      return 'complaint';
    case 'corrective':
    case 'confirmation':
      return 'recheck';
  }
}

export function lifeToJson({ pastInspectorIds, reminded, scores, dispute, status, dueAt }: Inspection): string {
  const overdueTold = status === 'disputed' && dueAt === null;
  return JSON.stringify({ pastInspectorIds, reminded, overdueTold, scores, dispute });
}

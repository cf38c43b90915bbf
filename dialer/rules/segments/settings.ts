/**
 * Segment rules as managers set them (L2): ordered types, each with groups of conditions over a customer's months. Stored as
 * one versioned document of the centre. A fault names its type and field, so that the page can stand it beside the control.
 */
import { z } from 'zod';
import { customerStatuses } from '../customers/month.ts';

/** Hundredths of the client's money: sums of them are exact. */
const money = z.number().int().min(0).max(1_000_000_000_000);
const months = z.number().int().min(1).max(24);
const days = z.number().int().min(1).max(3_660);

export const billMeasures = ['each', 'any', 'mean', 'sum'] as const;
export const comparisons = ['over', 'at-least', 'at-most', 'under'] as const;
export type Comparison = (typeof comparisons)[number];

/** What is not known of a customer is never fulfilled. */
export const segmentCondition = z.discriminatedUnion('kind', [
  /** Of the last so many months, the newest among them: each one's bill, any one's, their mean or sum. */
  z.object({ kind: z.literal('bill'), of: z.enum(billMeasures), months, is: z.enum(comparisons), amount: money }),
  /** Both ends belong to it. */
  z.object({ kind: z.literal('bill-between'), of: z.enum(billMeasures), months, from: money, to: money }),
  /** The newest month against the mean of so many before it: more than so many times it, or less than one of so many parts. */
  z.object({
    kind: z.literal('bill-change'),
    months,
    is: z.enum(['more-than-times', 'less-than-part']),
    factor: z.number().int().min(2).max(100),
  }),
  z.object({
    kind: z.literal('status'),
    is: z.enum(['one-of', 'none-of']),
    states: z.array(z.enum(customerStatuses)).min(1).max(customerStatuses.length),
  }),
  /** Since the customer came. */
  z.object({ kind: z.literal('tenure'), is: z.enum(comparisons), count: z.number().int().min(0).max(1_200) }),
  z.object({ kind: z.literal('services'), is: z.enum(comparisons), count: z.number().int().min(0).max(1_000) }),
  /** In the last so many months, the newest among them. */
  z.object({ kind: z.literal('important-change'), months }),
  /** The contract ends from today on within so many days. */
  z.object({ kind: z.literal('contract-end'), days }),
  z.object({ kind: z.literal('complaint-open') }),
]);
export type SegmentCondition = z.infer<typeof segmentCondition>;
export type ConditionKind = SegmentCondition['kind'];

const match = z.enum(['all', 'any']);
const group = z.object({ match, conditions: z.array(segmentCondition).min(1).max(12) });
export type SegmentGroup = z.infer<typeof group>;

export const segmentType = z.object({
  /** What members, extractions and plans keep; the name may change. */
  key: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: z.object({ en: z.string().trim().max(60), zh: z.string().trim().max(60) }),
  /** How the groups are joined. */
  match,
  groups: z.array(group).min(1).max(6),
});
export type SegmentType = z.infer<typeof segmentType>;

export const segmentRules = z.object({
  /** In order: the first that fits takes the customer. */
  types: z.array(segmentType).min(1).max(30),
  /** Whoever was handed out stays so for the period, and for so many months after it. */
  restMonths: z.number().int().min(0).max(24),
});
export type SegmentRules = z.infer<typeof segmentRules>;

export type SegmentFault = { code: string; field: string };

/** What shape alone does not say. Empty: the rules can work. */
export function segmentFaults({ types }: SegmentRules): SegmentFault[] {
  const faults: SegmentFault[] = [];
  const seen = new Set<string>();
  for (const [index, { key, name, groups }] of types.entries()) {
    const at = `types.${index}`;
    if (seen.has(key)) faults.push({ code: 'segment-key-twice', field: `${at}.key` });
    seen.add(key);
    if (name.en === '' && name.zh === '') faults.push({ code: 'segment-name-missing', field: `${at}.name` });
    for (const [place, { conditions }] of groups.entries())
      for (const [line, condition] of conditions.entries())
        if (condition.kind === 'bill-between' && condition.from > condition.to)
          faults.push({ code: 'segment-range-empty', field: `${at}.groups.${place}.conditions.${line}` });
  }
  return faults;
}

/** How many months back the rules look, the newest among them. */
export function monthsNeeded({ types }: SegmentRules): number {
  const all = types.flatMap(({ groups }) => groups.flatMap(({ conditions }) => conditions));
  const back = (condition: SegmentCondition): number => {
    if (!('months' in condition)) return 1;
    return condition.kind === 'bill-change' ? condition.months + 1 : condition.months;
  };
  return Math.max(1, ...all.map(back));
}

/**
 * Pieces shared by the whole contract. Every time is epoch milliseconds of the product's clock, every day a
 * `YYYY-MM-DD` of the centre's calendar, every rate a number 0–1 that is null where its denominator is 0.
 */
import { z } from 'zod';

export const id = z.guid();
/** Ids of journals (decisions, audit entries): whole numbers, as text because they may exceed 2^53. */
export const serial = z.string().regex(/^\d{1,18}$/);
/** Times and days between 1970 and 2999: further off a calendar's sums leave what a date can hold, and such a row could not be read again. */
const lastTime = Date.UTC(3000, 0) - 1;
export const time = z.number().int().min(0).max(lastTime);
export const queryTime = z.coerce.number().int().min(0).max(lastTime);
export const day = z.iso.date().regex(/^(19[7-9]|2)/, 'lies between 1970 and 2999');
export const count = z.number().int().min(0);
/** A count that is sent to be kept, or looked up, in a column of the database (int4). */
export const columnCount = count.max(2 ** 31 - 1);
export const share = z.number().min(0).max(1);
export const shortText = z.string().trim().min(1).max(200);
export const longText = z.string().trim().min(1).max(4000);
export const locale = z.enum(['en', 'zh']);
export type Locale = z.infer<typeof locale>;

/** A label in both languages, for what a centre or client writes itself. */
export const bilingual = z.object({ en: z.string(), zh: z.string() });
export type Bilingual = z.infer<typeof bilingual>;

export const roles = [
  'agent',
  'lead',
  'inspector',
  'supervisor',
  'manager',
  'client',
  'administrator',
  'speech-engine', // a machine's account: it writes down what is to be judged
] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Who paces: see the dialler's settings. */
export const dialMode = z.enum(['manual', 'preview', 'progressive', 'predictive']);

/** A person as others may see them. */
export const person = z.object({ id, name: z.string() });
export type Person = z.infer<typeof person>;

/** A rate with its terms and, where it is an estimate from a sample, its 95 % interval and the number looked at. */
export const rate = z
  .object({
    numerator: z.number(),
    denominator: z.number(),
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    /** Number of observations behind it: inspected recordings, answered calls … */
    n: count,
  })
  .meta({ id: 'Rate' });
export type Rate = z.infer<typeof rate>;

/** Lists are read in pages: `after` is the `next` of the page before. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: z.string().max(200).optional(),
});
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: count.nullable() });
}

/** A span of time, from inclusive to exclusive. */
export const spanQuery = z.object({ from: queryTime.optional(), to: queryTime.optional() });

export const idParams = z.object({ id });
export const nothing = z.object({}).meta({ id: 'Nothing' });

/** Every refusal of the API (RFC 9457 problem+json). `code` is stable; `detail` is for the person who reads it. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    retryable: z.boolean(),
    /** The field at fault, e.g. `body.pacing.maxLines`. */
    field: z.string().optional(),
    faults: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** Reason codes that a centre keeps itself: why customers refuse, as agents choose it and the weekly summary counts it. */
import { z } from 'zod';
import { bilingual } from './common.ts';
import type { Route } from './route.ts';

export const refusalReason = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'small letters, digits and dashes'),
  label: bilingual,
  /** Whether agents may still choose it. A reason that is not offered any more keeps its name for past calls. */
  offered: z.boolean(),
});
export type RefusalReason = z.infer<typeof refusalReason>;

const reasons = z.object({ items: z.array(refusalReason).min(1).max(50) });

export const reasonRoutes = {
  'GET /api/refusal-reasons': {
    right: 'signed-in',
    summary: 'Why customers refuse, in the order in which agents see it',
    reply: reasons,
  },
  'PUT /api/refusal-reasons': {
    right: 'organisation.manage',
    summary: 'Replaces the list; a reason that was there stays, offered or not',
    body: reasons,
    reply: reasons,
  },
} as const satisfies Record<string, Route>;

/**
 * Reason codes that a centre keeps itself: why customers refuse, as agents choose it and the weekly summary counts it, and
 * why agents take a break, as the ledger of their time keeps it.
 */
import { z } from 'zod';
import { bilingual } from './common.ts';
import type { Route } from './route.ts';

export const reasonCode = z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'small letters, digits and dashes');
export const reason = z.object({
  code: reasonCode,
  label: bilingual,
  /** Whether agents may still choose it. A reason that is not offered any more keeps its name for what is past. */
  offered: z.boolean(),
});
export type Reason = z.infer<typeof reason>;

const reasons = z.object({ items: z.array(reason).min(1).max(50) });

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
  'GET /api/break-reasons': {
    right: 'signed-in',
    summary: 'Why agents take a break, in the order in which they see it',
    reply: reasons,
  },
  'PUT /api/break-reasons': {
    right: 'organisation.manage',
    summary: 'Replaces the list; a reason that was there stays, offered or not',
    body: reasons,
    reply: reasons,
  },
} as const satisfies Record<string, Route>;

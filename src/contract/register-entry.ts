/** The register of inspections. */
import { z } from 'zod';
import { id, pageOf, pageQuery, person, spanQuery, time } from './common.ts';
import { criterionAnswer } from './forms.ts';
import { soldOffer } from './offers.ts';
import type { Route } from './route.ts';

/** What was said of a recording, in order. Nothing of it is ever changed: corrections and decisions are further entries. */
export const registerEntry = z.object({
  id: z.string(),
  inspectionId: id,
  at: time,
  by: person.nullable(),
  entry: z.enum([
    'scored',
    'corrected',
    'disputed',
    'agreed',
    'decided',
    'expired',
    'reassigned',
    'released',
    'recording-lost',
    'note',
  ]),
  qualified: z.boolean().nullable(),
  answers: z.array(criterionAnswer),
  /** To whom it was given, or who gave it back. */
  about: person.nullable(),
  text: z.string(),
});
export type RegisterEntry = z.infer<typeof registerEntry>;

/** As a line of the whole register: of whose call it speaks, which the inspection's own page says anyway. */
export const registerLine = registerEntry.extend({
  campaign: z.object({ id, name: z.string() }),
  /** Null for who has still to judge the recording blind. */
  agent: person.nullable(),
  /** What the sale was made with. */
  offer: soldOffer.nullable(),
});
export type RegisterLine = z.infer<typeof registerLine>;

const registerFilter = spanQuery.extend({ campaignId: id.optional(), agentId: id.optional() });

export const registerRoutes = {
  'GET /api/inspection-register': {
    right: 'register.read',
    summary: 'The register, newest first',
    query: pageQuery.extend(registerFilter.shape),
    reply: pageOf(registerLine),
  },
  'GET /api/inspection-register/csv': {
    right: 'register.export',
    summary: 'The same, all of it, as CSV',
    query: registerFilter,
    reply: 'bytes',
  },
} as const satisfies Record<string, Route>;

/** What an offer says: its words, when it holds, for which customers, who may give it, how often, and who decides about exceptions. */
import { z } from 'zod';

const words = (most: number) => z.object({ en: z.string().trim().max(most), zh: z.string().trim().max(most) });
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A day of the centre's calendar. */
const day = z.iso.date().regex(/^(19[7-9]|2)/, 'lies between 1970 and 2999');

export const APPROVERS = ['lead', 'manager'] as const;
export type Approver = (typeof APPROVERS)[number];
/** Who is suspended sells nothing, so nothing is said of them here. */
export const OFFER_LEVELS = ['normal', 'tightened'] as const;

export const offerTerms = z.object({
  name: words(100),
  /** The tariff or discount as it is told to the customer. */
  text: words(2_000),
  from: day,
  /** The last day it may be given; null: until it is withdrawn. */
  until: day.nullable(),
  mayUse: z.object({
    /** False: no agent gives it by themself, each time somebody decides. */
    agents: z.boolean(),
    /** None: every team of the campaign. */
    teamIds: z.array(z.guid()).max(100),
    /** How closely the agent is inspected. */
    levels: z.array(z.enum(OFFER_LEVELS)).min(1),
  }),
  /** Only for customers whose list says one of these in this column; null: for all. */
  customers: z
    .object({ column: z.string().trim().max(60), values: z.array(z.string().trim().min(1).max(200)).max(100) })
    .nullable(),
  /** How many sales may carry it: of each agent or of the whole campaign, by day, by month or ever. */
  limit: z
    .object({
      count: z.number().int().min(1).max(1_000_000),
      of: z.enum(['agent', 'campaign']),
      per: z.enum(['day', 'month', 'ever']),
    })
    .nullable(),
  /** Exceptions: asked one after the other, each with so many hours of the centre's working days; null: there are none. */
  exceptions: z
    .object({
      approvers: z.array(z.enum(APPROVERS)).max(APPROVERS.length),
      withinHours: z.number().int().min(1).max(200),
      office: z.object({ from: clock, to: clock }),
      /** Working days in which the agent may give what was approved. */
      holdsDays: z.number().int().min(0).max(60),
    })
    .nullable(),
});
export type OfferTerms = z.infer<typeof offerTerms>;
export type OfferLimit = NonNullable<OfferTerms['limit']>;

export const OFFER_FAULTS = [
  'offer-words-missing',
  'offer-ends-before-it-begins',
  'offer-nobody-may',
  'offer-approvers',
  'offer-office-hours',
  'offer-customers',
  'offer-team-unknown',
] as const;
export type OfferFault = { field: string; code: (typeof OFFER_FAULTS)[number] };

/** Why terms cannot be offered as they are, each fault at its field. `teams`: those that work on the campaign. */
export function offerFaults(terms: OfferTerms, teams: readonly string[]): OfferFault[] {
  const faults: OfferFault[] = [];
  const at = (field: string, code: OfferFault['code'], wrong: boolean) => {
    if (wrong) faults.push({ field, code });
  };
  const { exceptions, customers } = terms;
  for (const field of ['name', 'text'] as const)
    for (const language of ['en', 'zh'] as const)
      at(`${field}.${language}`, 'offer-words-missing', terms[field][language] === '');
  at('until', 'offer-ends-before-it-begins', terms.until !== null && terms.until < terms.from);
  at('mayUse', 'offer-nobody-may', !terms.mayUse.agents && exceptions === null);
  at('mayUse.teamIds', 'offer-team-unknown', !terms.mayUse.teamIds.every((id) => teams.includes(id)));
  at('customers', 'offer-customers', customers !== null && (customers.column === '' || customers.values.length === 0));
  if (exceptions !== null) {
    const { approvers, office } = exceptions;
    at('exceptions.approvers', 'offer-approvers', approvers.length === 0 || new Set(approvers).size < approvers.length);
    at('exceptions.office', 'offer-office-hours', office.to <= office.from);
  }
  return faults;
}

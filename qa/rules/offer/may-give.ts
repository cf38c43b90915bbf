/** Whether an agent may give an offer to a customer by themself, and why not. */
import { DateTime } from 'luxon';
import type { EpochMs } from '../working-days.ts';
import type { OfferLimit, OfferTerms } from './terms.ts';

export type OfferState = 'offered' | 'withdrawn';

export const OFFER_REFUSALS = [
  'withdrawn',
  'not-yet',
  'over',
  'on-request',
  'other-team',
  'other-level',
  'other-customers',
  'limit-reached',
] as const;
export type OfferRefusal = (typeof OFFER_REFUSALS)[number];

export type Asking = {
  /** Of the centre's calendar. */
  day: string;
  teamId: string | null;
  level: string;
  /** What the list says of the customer. */
  attributes: Readonly<Record<string, string>>;
  /** Sales with it that its limit counts. */
  used: number;
  /** An approved exception for this customer and agent. */
  approved: boolean;
};

/** Null: it may be given. What was approved needs no more than that the offer still holds. */
export function offerRefusal(terms: OfferTerms, state: OfferState, asking: Asking): OfferRefusal | null {
  const { mayUse, customers, limit } = terms;
  if (state === 'withdrawn') return 'withdrawn';
  if (asking.day < terms.from) return 'not-yet';
  if (terms.until !== null && asking.day > terms.until) return 'over';
  if (asking.approved) return null;
  if (!mayUse.agents) return 'on-request';
  if (mayUse.teamIds.length > 0 && (asking.teamId === null || !mayUse.teamIds.includes(asking.teamId)))
    return 'other-team';
  if (!mayUse.levels.some((level) => level === asking.level)) return 'other-level';
  if (customers !== null && !customers.values.includes((asking.attributes[customers.column] ?? '').trim()))
    return 'other-customers';
  if (limit !== null && asking.used >= limit.count) return 'limit-reached';
  return null;
}

/** What is over, withdrawn or still to come is nobody's to give; about everything else somebody may be asked. */
export function mayBeAsked(terms: OfferTerms, refusal: OfferRefusal | null): boolean {
  if (terms.exceptions === null || refusal === null) return false;
  return refusal !== 'withdrawn' && refusal !== 'not-yet' && refusal !== 'over';
}

/** From when on sales count against a limit; null: all of them do. */
export function countedSince({ per }: OfferLimit, now: EpochMs, timeZone: string): EpochMs | null {
  if (per === 'ever') return null;
  return DateTime.fromMillis(now, { zone: timeZone }).startOf(per).toMillis();
}

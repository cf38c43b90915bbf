/**
 * May a customer be given to this outside number? Emergency and other short numbers are no E.164 numbers and are refused as
 * such; premium-rate numbers would let anybody at a desk spend the centre's money.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isFictional, parseNumber } from './phone-number.ts';
import { type BlacklistFact, blacklistHit, type DialScope } from './screening.ts';

export type NumberFacts = {
  scope: DialScope;
  blacklist: readonly BlacklistFact[];
  inLiveCall: boolean;
  /** One of our own caller IDs: it would call ourselves. */
  isOurs: boolean;
};

export type NumberVerdict =
  | { ok: true; number: string }
  | { ok: false; why: 'number-invalid' | 'number-not-allowed' | 'number-blocked' };

const EXPENSIVE = new Set(['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER', 'PAGER']);

/** The number in E.164; numbers without a prefix are read as the caller ID's country writes them. */
export function readTarget(raw: string, callerId: string): NumberVerdict {
  const home = parsePhoneNumberFromString(callerId)?.country;
  const parsed = parseNumber(raw, home !== undefined && isSupportedCountry(home) ? home : 'US');
  if (!parsed.ok) return { ok: false, why: 'number-invalid' };
  const type = isFictional(parsed.number) ? undefined : parsePhoneNumberFromString(parsed.number)?.getType();
  if (type !== undefined && EXPENSIVE.has(type)) return { ok: false, why: 'number-not-allowed' };
  return { ok: true, number: parsed.number };
}

/** The blacklist holds for whoever is called, and nobody is called who is on the line already. */
export function mayInvite(number: string, facts: NumberFacts, now: number): NumberVerdict {
  if (facts.isOurs || facts.inLiveCall) return { ok: false, why: 'number-not-allowed' };
  return blacklistHit(number, facts.scope, facts.blacklist, now) === null
    ? { ok: true, number }
    : { ok: false, why: 'number-blocked' };
}

/** Phone numbers as people write them, turned into E.164; and the ranges that regulators set aside for fiction. */
import type { CountryCode } from 'libphonenumber-js/max';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

export type NumberKind = 'mobile' | 'fixed' | 'unknown';
export type ParsedNumber =
  | { ok: true; number: string; kind: NumberKind; country: string | null }
  | { ok: false; reason: 'number-missing' | 'number-invalid' };

/**
 * Reserved for drama and documentation, never given to a subscriber: +1 NXX 555 0100–0199 (North American Numbering
 * Plan) and +44 7700 900000–900999 (Ofcom). A demo campaign dials nothing else.
 */
const fiction = /^(?:\+1[2-9]\d{2}55501\d{2}|\+447700900\d{3})$/;

export function isFictional(number: string): boolean {
  return fiction.test(number);
}

// The bulk of large lists comes in these two plain shapes; reading them directly spares the full numbering-plan search.
const plainNanp = /^\+1[2-9]\d{2}[2-9]\d{6}$/;
const plainChineseMobile = /^\+861[3-9]\d{9}$/;

/** `country` (ISO 3166, e.g. CN) is assumed for numbers without an international prefix. Length and range are checked. */
export function parseNumber(raw: string, country: string): ParsedNumber {
  const text = raw.trim();
  if (text === '') return { ok: false, reason: 'number-missing' };
  if (isFictional(text)) {
    return text.startsWith('+44')
      ? { ok: true, number: text, kind: 'mobile', country: 'GB' }
      : { ok: true, number: text, kind: 'unknown', country: 'US' };
  }
  if (plainNanp.test(text)) return { ok: true, number: text, kind: 'unknown', country: null };
  if (plainChineseMobile.test(text)) return { ok: true, number: text, kind: 'mobile', country: 'CN' };
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(text, home);
  if (parsed === undefined) return { ok: false, reason: 'number-invalid' };
  if (isFictional(parsed.number)) return parseNumber(parsed.number, country);
  if (!parsed.isValid()) return { ok: false, reason: 'number-invalid' };
  return { ok: true, number: parsed.number, kind: kindOf(parsed.getType()), country: parsed.country ?? null };
}

function kindOf(type: string | undefined): NumberKind {
  if (type === 'MOBILE') return 'mobile';
  return type === 'FIXED_LINE' ? 'fixed' : 'unknown';
}

/** For screens and logs' structured fields: the last two digits only. */
export function maskNumber(number: string): string {
  return number.length <= 4 ? '••' : `${number.slice(0, number.startsWith('+') ? 3 : 2)}••••${number.slice(-2)}`;
}

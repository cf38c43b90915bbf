import { isClient, isE164, isSip } from '../numbers/number-book.ts';
import type { World } from '../world.ts';
import type { RestReply } from './http.ts';
import { refuse, value } from './http.ts';

const REFUSALS: Readonly<Record<number, string>> = {
  21214: "'To' phone number cannot be reached",
  21215: 'Account not authorized to call this number. The country is not enabled',
  21216: 'Account not allowed to call this number',
  21217: "'To' phone number does not appear to be valid",
};

const isAddress = (text: string): boolean => isE164(text) || isClient(text) || isSip(text);

/** `To` and `From` of a call, checked in the carrier's order, or the answer that refuses them. */
export function readAddresses(
  world: World,
  form: URLSearchParams,
): { ok: true; to: string; from: string } | { ok: false; reply: RestReply } {
  const bad = (code: number, message: string) => ({ ok: false, reply: refuse(400, code, message) }) as const;
  const to = value(form, 'To')?.trim() ?? '';
  const from = value(form, 'From')?.trim() ?? '';
  if (to === '') return bad(21201, "No 'To' number is specified");
  if (from === '') return bad(21213, "No 'From' number is specified");
  if (!isAddress(to)) return bad(21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (!isAddress(from)) return bad(21212, `The source phone number provided, ${from}, is not a valid phone number.`);
  if (to === from) return bad(21211, "'To' and 'From' cannot be the same");
  const refused = world.numbers.refusal(to);
  if (refused !== null) return bad(refused, REFUSALS[refused] ?? 'This number cannot be called');
  const shown = value(form, 'CallerId')?.trim() || from;
  if (isE164(to) && !(isE164(shown) && world.numbers.mayCallFrom(shown)))
    return bad(
      21210,
      `The source phone number provided, ${shown}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.`,
    );
  return { ok: true, to, from: shown };
}

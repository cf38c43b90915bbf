/**
 * Texts to customers and what their replies mean. Words and wordings are data of the campaign, in the language its customers
 * speak; a reply counts only as a whole, because half-understood consent is none ("不同意" contains "同意").
 */
import { z } from 'zod';

const words = (defaults: string[]) => z.array(z.string().trim().min(1).max(40)).min(1).max(60).default(defaults);

/**
 * `{caller}` the client's name, `{product}`, `{tariff}`, `{days}` of the free trial. Opt-out words: Twilio's own, and what the
 * Chinese operators ask for (退订, TD, T).
 */
export const textSettings = z
  .object({
    terms: z
      .string()
      .min(10)
      .max(1000)
      .default(
        '{caller}: on the phone you agreed to {product}. {tariff} Reply YES to order or NO to decline; without a YES nothing is ordered. Reply STOP to hear no more from us.',
      ),
    notice: z
      .string()
      .min(10)
      .max(1000)
      .default('{caller}: {product} is active now. {tariff} Reply STOP to hear no more from us.'),
    /** E.164; null: the number that the customer was called from. */
    sender: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/)
      .nullable()
      .default(null),
    /** Working days until which a reply counts; 0: the same day. */
    replyWithinDays: z.number().int().min(0).max(30).default(1),
    yes: words(['YES', 'YES PLEASE', 'Y', 'I AGREE', 'AGREE', '1', '是', '是的', '同意', '我同意', '确认']),
    no: words(['NO', 'NO THANKS', 'NO THANK YOU', 'N', '0', '否', '不', '不要', '不同意', '不需要', '取消']),
    optOut: words([
      ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
      ...['退订', 'TD', 'T', '拒收', '不要再打了'],
    ]),
  })
  .superRefine(({ yes, no, optOut }, context) => {
    const seen = new Map<string, string>();
    for (const [list, entries] of Object.entries({ yes, no, optOut }))
      for (const word of entries) {
        const other = seen.get(normalWord(word));
        if (other !== undefined && other !== list)
          context.addIssue({ code: 'custom', path: [list], message: `“${word}” stands in two lists` });
        seen.set(normalWord(word), list);
      }
  });
export type TextSettings = z.infer<typeof textSettings>;

export type ReplyReading = 'yes' | 'no' | 'opt-out' | 'unclear';

/** What a reply says. `carrierOptOut`: the carrier has recognised an opt-out itself. */
export function readReply(
  body: string,
  { yes, no, optOut }: Pick<TextSettings, 'yes' | 'no' | 'optOut'>,
  carrierOptOut = false,
): ReplyReading {
  const said = normalWord(body);
  const within = (list: readonly string[]) => list.some((word) => normalWord(word) === said);
  if (carrierOptOut || within(optOut)) return 'opt-out';
  if (within(no)) return 'no';
  return within(yes) ? 'yes' : 'unclear';
}

/** Width, case, blanks and punctuation make no other word of it. */
function normalWord(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, ' ')
    .trim();
}

/** A wording with its places filled in; places that nobody knows stay as they are, so that they are seen. */
export function fillText(wording: string, values: Readonly<Record<string, string>>): string {
  return wording.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place).replace(/ {2,}/g, ' ');
}

/** The carrier takes no longer text (Twilio error 21617). */
export const LONGEST_TEXT = 1600;

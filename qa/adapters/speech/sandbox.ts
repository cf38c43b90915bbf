/**
 * The sandbox's conversations have no words: their sound is syllables. So that the pages can be seen with content, this engine writes
 * down what the call's own record says was said: the script's steps that the agent ticked, and how it ended. It hears nothing, and its
 * name says so wherever the transcript is shown. Never beside a real carrier.
 */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { QualityError } from '../../errors.ts';
import type { SpeechEngine } from '../../ports/speech-engine.ts';
import { phraseLanguage } from '../../rules/transcript/phrases.ts';
import type { Channel, Segment } from '../../rules/transcript/words.ts';

const spoken = z.object({ en: z.string(), zh: z.string() });
const script = z.object({
  steps: z.array(z.object({ id: z.string(), text: spoken })),
  mustSay: z.array(z.object({ id: z.string(), kind: z.string(), text: spoken, step: z.string().nullable() })),
});
const selfCheck = z.record(z.string(), z.string()).nullable().catch(null);
type Language = 'en' | 'zh';
type Line = { channel: Channel; text: string };

const replies: Record<'yes' | 'vague' | 'no', Record<Language, string>> = {
  yes: { en: 'Yes, I agree.', zh: '好的，我同意。' },
  vague: { en: 'Well, if you say so.', zh: '嗯，随便吧。' },
  no: { en: 'No, thank you.', zh: '不需要，谢谢。' },
};
const nods: Record<Language, string> = { en: 'Yes.', zh: '嗯，好。' };

export function sandboxEngine(client: PrismaClient): SpeechEngine {
  return {
    way: 'sandbox',
    name: 'sandbox',
    version: 'written, not heard',
    async hear({ recordingId, durationMs, language: tag }) {
      const call = await client.conversation.findUnique({ where: { recordingId } });
      if (call === null)
        throw new QualityError('conversation-unknown', 'This recording’s call is not known yet.', { retryable: true });
      const version =
        call.scriptVersionId === null
          ? null
          : await client.scriptVersion.findUnique({ where: { id: call.scriptVersionId } });
      const body = script.catch({ steps: [], mustSay: [] }).parse(version?.body);
      const language = phraseLanguage(tag) ?? 'en';
      const sold = call.disposition === 'sale';
      const vague = selfCheck.parse(call.selfCheck)?.explicitConsent === 'doubt';
      const end = sold ? (vague ? 'vague' : 'yes') : 'no';
      const lines = linesOf(body, new Set(call.mustSayTicked), sold, language, replies[end][language]);
      const lasts = durationMs ?? call.talkMs;
      return { language: tag, heardUntilMs: lasts, segments: spread(lines, lasts) };
    },
  };
}

/** Of a sale the whole script as far as it was ticked; else its first steps. */
function linesOf(
  { steps, mustSay }: z.infer<typeof script>,
  ticked: ReadonlySet<string>,
  sold: boolean,
  language: Language,
  answer: string,
): Line[] {
  const asks = mustSay.find(({ kind }) => kind === 'consent')?.step;
  const lines = steps.slice(0, sold ? undefined : 2).flatMap(({ id, text }): Line[] => {
    const items = mustSay.filter(({ step }) => step === id);
    const said = items.filter((item) => ticked.has(item.id)).map((item) => item.text[language]);
    const words = said.length === items.length || !sold ? text[language] : said.join(' ');
    if (words === '') return [];
    const reply = id === asks ? answer : nods[language];
    return [
      { channel: 'agent', text: words.replaceAll('{agent}', '…') },
      { channel: 'customer', text: reply },
    ];
  });
  return lines.length > 0 && sold ? lines : [...lines.slice(0, -1), { channel: 'customer', text: answer }];
}

/** Over the whole call, each line as long as its words are. */
function spread(lines: readonly Line[], durationMs: number): Segment[] {
  const whole = lines.reduce((sum, { text }) => sum + text.length, 0);
  let at = 0;
  return lines.map(({ channel, text }) => {
    const startMs = at;
    at += Math.floor((durationMs * text.length) / whole);
    return { channel, text, startMs, endMs: at, confidence: null };
  });
}

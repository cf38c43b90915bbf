/**
 * What a transcript says of a sale before anybody has listened: findings that order the re-check and point an inspector to a second.
 * They decide nothing. What is not known raises nothing: a machine that heard badly, stopped early or heard another language is no
 * evidence of a fault.
 */
import type { TranscriptFinding } from '../risk.ts';
import { type PhraseKind, phraseLanguage, type PhraseTable } from './phrases.ts';
import {
  type Channel,
  findPhrases,
  type Said,
  saysSentence,
  type Segment,
  type Spoken,
  speechOf,
  within,
} from './words.ts';

export interface HeardCall {
  /** BCP 47. */
  readonly language: string;
  readonly segments: readonly Segment[];
  /** Up to where the engine listened; what was said after that it does not know. */
  readonly heardUntilMs: number;
  readonly durationMs: number | null;
}

/** What the approved script has to say of a step that must be said. */
export interface MustSay {
  readonly kind: string;
  /** Its own words, and those of the step it belongs to. */
  readonly texts: readonly string[];
}

export interface Found {
  readonly code: TranscriptFinding;
  /** Where and by which words; null: nothing of it was heard in the whole call. */
  readonly heard: { readonly segment: number; readonly atMs: number; readonly words: string } | null;
}

export type WhyNotKnown = 'other-language' | 'ends-early' | 'silence' | 'heard-badly';

export interface Reading {
  readonly found: readonly Found[];
  /** What could not be said of this call, and why. */
  readonly notKnown: readonly { readonly code: TranscriptFinding; readonly why: WhyNotKnown }[];
}

type Missing = {
  readonly code: TranscriptFinding;
  readonly channel: Channel;
  readonly kind: PhraseKind;
  readonly scriptKind: string | null;
};
/** Found when it was not said. */
const MISSING: readonly Missing[] = [
  { code: 'no-consent-words', channel: 'customer', kind: 'consent', scriptKind: null },
  { code: 'tariff-not-heard', channel: 'agent', kind: 'tariff', scriptKind: 'tariff' },
  { code: 'cancel-not-heard', channel: 'agent', kind: 'cancel', scriptKind: 'how-to-cancel' },
  { code: 'identity-not-asked', channel: 'agent', kind: 'identity', scriptKind: 'identity' },
];
/** Found when the customer said it. */
const SAID: readonly { readonly code: TranscriptFinding; readonly kind: PhraseKind }[] = [
  { code: 'refusal-words', kind: 'refusal' },
  { code: 'minor-or-unwell', kind: 'unfit' },
];

/** Below this the engine itself doubts what it wrote. */
const SURE = 0.5;
/** With more of a side's speech in doubt than this, nobody can say that something was not said. */
const DOUBTED_AT_MOST = 0.3;
/** Engines stop at the last word; a call may end with so much of nothing after it. */
const SILENT_END_MS = 10_000;

/** `mustSay`: of the script version the agent had; null where it is not known, and then everything is listened for. */
export function readTranscript(call: HeardCall, table: PhraseTable, mustSay: readonly MustSay[] | null): Reading {
  const language = phraseLanguage(call.language);
  const asked = MISSING.filter(
    ({ scriptKind }) => scriptKind === null || mustSay === null || mustSay.some(({ kind }) => kind === scriptKind),
  );
  if (language === undefined) {
    const codes = [...asked, ...SAID].map(({ code }) => code);
    return { found: [], notKnown: codes.map((code) => ({ code, why: 'other-language' })) };
  }
  const phrases = table.phrases[language];
  const speech = { agent: speechOf(call.segments, 'agent'), customer: speechOf(call.segments, 'customer') };
  const found: Found[] = [];
  const notKnown: { code: TranscriptFinding; why: WhyNotKnown }[] = [];

  for (const { code, channel, kind, scriptKind } of asked) {
    const own = (mustSay ?? []).filter((item) => item.kind === scriptKind).flatMap(({ texts }) => texts);
    // A centre may listen for nothing of a kind.
    if (phrases[kind].length + own.length === 0) continue;
    const against = kind === 'consent' ? phrases.refusal : [];
    if (isSaid(speech[channel], phrases[kind], own, against)) continue;
    const why = whyNotKnown(call, channel);
    if (why === null) found.push({ code, heard: null });
    else notKnown.push({ code, why });
  }
  for (const { code, kind } of SAID) {
    const against = kind === 'refusal' ? phrases.consent : [];
    const first = sayings(speech.customer, phrases[kind], against).find((said) => isSure(call, speech.customer, said));
    if (first !== undefined) found.push({ code, heard: placeOf(call, speech.customer, first) });
  }
  return { found, notKnown };
}

/** Also what was heard badly counts as said: doubt is no evidence of a fault. */
function isSaid(
  speech: readonly Spoken[],
  phrases: readonly string[],
  own: readonly string[],
  against: readonly string[],
): boolean {
  if (sayings(speech, phrases, against).length > 0) return true;
  return own.some((text) => findPhrases(speech, [text]).length > 0 || saysSentence(speech, text));
}

/** A phrase within a longer one of the opposite sense was not said: "agree" in "do not agree". */
function sayings(speech: readonly Spoken[], phrases: readonly string[], against: readonly string[]): Said[] {
  const opposite = findPhrases(speech, against);
  return findPhrases(speech, phrases).filter((said) => !opposite.some((other) => within(said, other)));
}

function isSure(call: HeardCall, speech: readonly Spoken[], { from, to }: Said): boolean {
  return speech.slice(from, to).every(({ segment }) => (call.segments[segment]?.confidence ?? 1) >= SURE);
}

function placeOf(call: HeardCall, speech: readonly Spoken[], { from, phrase }: Said): Found['heard'] {
  const segment = speech[from]?.segment ?? 0;
  return { segment, atMs: call.segments[segment]?.startMs ?? 0, words: phrase };
}

/** Why it cannot be said that something was not said by this side; null: it can. */
function whyNotKnown({ segments, heardUntilMs, durationMs }: HeardCall, channel: Channel): WhyNotKnown | null {
  if (durationMs === null || heardUntilMs + SILENT_END_MS < durationMs) return 'ends-early';
  const own = segments.filter((segment) => segment.channel === channel && segment.text.trim() !== '');
  // A side without a word is as likely a line that was not recorded. How little of the talk it was is measured on the sound itself.
  if (own.length === 0) return 'silence';
  const lasts = (of: readonly Segment[]): number =>
    of.reduce((sum, { startMs, endMs }) => sum + Math.max(1, endMs - startMs), 0);
  const doubted = own.filter(({ confidence }) => (confidence ?? 1) < SURE);
  return lasts(doubted) > DOUBTED_AT_MOST * lasts(own) ? 'heard-badly' : null;
}

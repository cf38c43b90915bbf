/** Speech as a row of words that phrases are looked for in. A Chinese character is a word of its own, so both languages are read alike. */

/** Somebody's speech within a recording, as an engine wrote it down. */
export interface Segment {
  readonly channel: Channel;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** 0 to 1; null: the engine gives none. */
  readonly confidence: number | null;
}
export type Channel = 'agent' | 'customer';

/** A word with the segment it was said in. */
export interface Spoken {
  readonly word: string;
  readonly segment: number;
}

/** Small letters, full-width forms made narrow, no punctuation; "don’t" and "dont" are one word. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/(\p{Script=Han})|[^\p{L}\p{N}]+/u)
    .filter((word): word is string => word !== undefined && word !== '');
}

/** Engines cut sentences where they breathe; beyond this pause the words belong to different sentences, and no phrase reaches over. */
const PAUSE_MS = 2_000;
const PAUSE: Spoken = { word: '', segment: -1 };

/** One side's words in the order of time. Segments are named by their place in `segments`. */
export function speechOf(segments: readonly Segment[], channel: Channel): Spoken[] {
  const own = segments
    .map((segment, index) => ({ segment, index }))
    .filter(({ segment }) => segment.channel === channel)
    .sort((a, b) => a.segment.startMs - b.segment.startMs || a.index - b.index);
  let last = Number.NEGATIVE_INFINITY;
  return own.flatMap(({ segment, index }) => {
    const words = wordsOf(segment.text).map((word) => ({ word, segment: index }));
    if (words.length === 0) return [];
    const pause = segment.startMs - last > PAUSE_MS;
    last = segment.endMs;
    return pause ? [PAUSE, ...words] : words;
  });
}

/** Where a phrase was said: words [from, to) of the speech. */
export interface Said {
  readonly phrase: string;
  readonly from: number;
  readonly to: number;
}

export function findPhrases(speech: readonly Spoken[], phrases: readonly string[]): Said[] {
  const byFirst = new Map<string, { phrase: string; words: string[] }[]>();
  for (const phrase of new Set(phrases)) {
    const words = wordsOf(phrase);
    const [first] = words;
    if (first === undefined) continue;
    const known = byFirst.get(first);
    if (known === undefined) byFirst.set(first, [{ phrase, words }]);
    else known.push({ phrase, words });
  }
  return speech.flatMap(({ word }, from) =>
    (byFirst.get(word) ?? [])
      .filter(({ words }) => words.every((one, step) => speech[from + step]?.word === one))
      .map(({ phrase, words }) => ({ phrase, from, to: from + words.length })),
  );
}

/** Whether `outer` has all of `inner` and more: "not agree" holds "agree", which is then not what was said. */
export function within(inner: Said, outer: Said): boolean {
  return outer.from <= inner.from && outer.to >= inner.to && outer.to - outer.from > inner.to - inner.from;
}

/** Of a sentence that is to be said in its own words, so much must be heard within twice its length. */
const ENOUGH = 0.6;

/** Whether a sentence was said in about its own words. */
export function saysSentence(speech: readonly Spoken[], sentence: string): boolean {
  const words = wordsOf(sentence);
  const wanted = new Set(pairsOf(words));
  const said = pairsOf(speech.map(({ word }) => word));
  /** How often each wanted pair stands in the part of the speech that is looked at: the last so many words. */
  const inside = new Map<string, number>();
  for (const [end, pair] of said.entries()) {
    if (wanted.has(pair)) inside.set(pair, (inside.get(pair) ?? 0) + 1);
    const gone = said[end - 2 * words.length] ?? '';
    const count = inside.get(gone);
    if (count === 1) inside.delete(gone);
    else if (count !== undefined) inside.set(gone, count - 1);
    if (inside.size >= ENOUGH * wanted.size && inside.size > 0) return true;
  }
  return false;
}

/** Two words beside each other say more than either: "a month", "每月". */
function pairsOf(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`);
}

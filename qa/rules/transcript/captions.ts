/** What speech engines write, as segments of one side: WebVTT, SubRip, and the JSON of whisper.cpp, Whisper, Vosk and pocketsphinx. */

/** A sentence of one side. */
export interface Caption {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly confidence: number | null;
}

const ARROW = /((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})/;
/** Words nearer than this belong to one sentence. */
const PAUSE_MS = 700;

/** Null: this is none of what we read. An empty list: the engine heard nothing. */
export function readCaptions(output: string): Caption[] | null {
  const text = output
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim();
  if (text === '') return [];
  if (/^WEBVTT\b/.test(text) || ARROW.test(text)) return cues(text);
  if (/^[[{]/.test(text)) return json(text);
  const words = timedWords(text);
  return words === null ? null : sentences(words);
}

/** WebVTT and SubRip: numbers, names of voices, marks and settings are left out. */
function cues(text: string): Caption[] {
  return text.split(/\n{2,}/).flatMap((block) => {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => ARROW.test(line));
    const [, from = '', to = ''] = ARROW.exec(lines[at] ?? '') ?? [];
    const said = lines
      .slice(at + 1)
      .join(' ')
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
    if (at < 0 || said === '') return [];
    return [{ startMs: clockMs(from), endMs: clockMs(to), text: said, confidence: null }];
  });
}

function clockMs(text: string): number {
  const [rest = '', fraction = ''] = text.split(/[.,]/);
  const seconds = rest.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return seconds * 1000 + Number(fraction.padEnd(3, '0'));
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** One document, or one to a line. */
function json(text: string): Caption[] | null {
  const whole = parsed(text);
  if (whole !== undefined) return documents(Array.isArray(whole) ? whole : [whole]);
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsed);
  return lines.includes(undefined) ? null : documents(lines);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one document: the caller looks whether it is several, and says so where it is none.
    return undefined;
  }
}

function documents(all: readonly unknown[]): Caption[] | null {
  const found: Caption[] = [];
  for (const document of all) {
    const fields = fieldsOf(document);
    if (fields === null) return null;
    const inner = fields.segments ?? fields.transcription;
    const own = Array.isArray(inner) ? documents(inner) : one(fields);
    if (own === null) return null;
    found.push(...own);
  }
  return found;
}

/** A sentence: seconds as start and end (Whisper), milliseconds as offsets (whisper.cpp), begin and duration (pocketsphinx), or words (Vosk). */
function one(fields: Fields): Caption[] | null {
  const text = String(fields.text ?? fields.t ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  const [begin, duration] = [numberOf(fields.b), numberOf(fields.d)];
  const offsets = fieldsOf(fields.offsets);
  const from = numberOf(offsets?.from) ?? inMs(numberOf(fields.start) ?? begin);
  const to =
    numberOf(offsets?.to) ??
    inMs(numberOf(fields.end) ?? (begin === null || duration === null ? null : begin + duration));
  const sure = numberOf(fields.confidence) ?? numberOf(fields.conf) ?? numberOf(fields.p);
  if (from !== null && to !== null) return text === '' ? [] : [captionOf(from, to, text, sure)];
  const words = Array.isArray(fields.result) ? fields.result.map((word) => wordIn(fieldsOf(word))) : [];
  if (words.includes(null) || (words.length === 0 && text !== '')) return null;
  return sentences(words.filter((word) => word !== null));
}

const inMs = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);

function wordIn(fields: Fields | null): Caption | null {
  const [from, to] = [inMs(numberOf(fields?.start)), inMs(numberOf(fields?.end))];
  if (fields === null || from === null || to === null) return null;
  return captionOf(from, to, String(fields.word ?? ''), numberOf(fields.conf));
}

/** pocketsphinx_continuous -time yes: a word, its begin and end in seconds, its probability; sentences besides. */
function timedWords(text: string): Caption[] | null {
  const words: Caption[] = [];
  for (const line of text.split('\n')) {
    const [, word = '', from, to, sure] = /^(\S+)\s+(\d+\.\d+)\s+(\d+\.\d+)\s+(\d+\.\d+)$/.exec(line.trim()) ?? [];
    if (from === undefined || /^[<[+]/.test(word)) continue;
    words.push(captionOf(Number(from) * 1000, Number(to) * 1000, word.replace(/\(\d+\)$/, ''), Number(sure)));
  }
  return words.length === 0 && !/^<s>/m.test(text) ? null : words;
}

/** Words as sentences, cut where there is a pause. A sentence is as sure as its words on average. */
function sentences(words: readonly Caption[]): Caption[] {
  const groups: Caption[][] = [];
  for (const word of words) {
    const open = groups.at(-1);
    const last = open?.at(-1);
    if (open !== undefined && last !== undefined && word.startMs - last.endMs < PAUSE_MS) open.push(word);
    else groups.push([word]);
  }
  return groups.map((group) => {
    const known = group.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
    const mean = known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length;
    const text = group.map((word) => word.text).join(' ');
    return captionOf(group[0]?.startMs ?? 0, group.at(-1)?.endMs ?? 0, text, mean);
  });
}

function captionOf(from: number, to: number, text: string, sure: number | null): Caption {
  const startMs = Math.max(0, Math.round(from));
  const confidence = sure === null ? null : Math.min(1, Math.max(0, sure));
  return { startMs, endMs: Math.max(startMs, Math.round(to)), text, confidence };
}

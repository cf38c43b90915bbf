import { TalkMeter } from './talk-meter.ts';

/**
 * The little of the WAV format that is needed to check a recording while it streams by, and to put the agent on the left.
 * RIFF/WAVE as of Microsoft's and IBM's Multimedia Programming Interface 1.0: chunks of id, size (little endian), body
 * padded to even length; format 1 is PCM, 7 is mu-law.
 */
export type WavFacts = {
  channels: number;
  sampleRate: number;
  bytesPerSample: number;
  durationMs: number;
  /** The agent's part of what was spoken (talk-meter.ts); null where nobody spoke or there are no two sides. */
  agentTalkShare: number | null;
};

export type WavCheck = { ok: true; facts: WavFacts } | { ok: false; problem: string };

type Format = { channels: number; sampleRate: number; bytesPerSample: number; dataAt: number; dataBytes: number };

/** Headers are a few dozen bytes; one that does not end by here is not a recording. */
const HEADER_LIMIT = 4096;
const WAVE_FORMATS: Record<number, number> = { 1: 16, 7: 8 };

function readFormat(head: Buffer): Format | 'more' | string {
  if (head.length < 12) return 'more';
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return 'not-wav';
  let format: { channels: number; sampleRate: number; bits: number } | null = null;
  for (let offset = 12; ; ) {
    if (offset + 8 > head.length) return 'more';
    const id = head.toString('latin1', offset, offset + 4);
    const size = head.readUInt32LE(offset + 4);
    const body = offset + 8;
    if (id === 'data') {
      if (format === null) return 'data-before-format';
      const { channels, sampleRate, bits } = format;
      return { channels, sampleRate, bytesPerSample: bits / 8, dataAt: body, dataBytes: size };
    }
    if (id === 'fmt ') {
      if (body + 16 > head.length) return 'more';
      const kind = head.readUInt16LE(body);
      const bits = head.readUInt16LE(body + 14);
      if (WAVE_FORMATS[kind] !== bits) return 'unknown-encoding';
      format = { channels: head.readUInt16LE(body + 2), sampleRate: head.readUInt32LE(body + 4), bits };
      if (format.channels < 1 || format.channels > 2 || format.sampleRate < 8000) return 'unknown-encoding';
    }
    offset = body + size + (size % 2);
  }
}

/**
 * Passes a recording through and, at its end, says what it is. With `swap` the two channels change sides on the way.
 * What claims to be longer than it is, is cut off and not ok.
 */
export async function* inspectWav(
  content: AsyncIterable<Uint8Array>,
  swap: boolean,
  done: (check: WavCheck) => void,
): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0);
  let format: Format | null = null;
  let meter: TalkMeter | null = null;
  let problem: string | null = null;
  let seen = 0;
  let rest = Buffer.alloc(0);
  for await (const piece of content) {
    let chunk = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    seen += chunk.length;
    if (format === null && problem === null) {
      head = Buffer.concat([head, chunk]);
      const read = readFormat(head);
      if (read === 'more' && head.length < HEADER_LIMIT) continue;
      if (typeof read === 'string') problem = read === 'more' ? 'no-data' : read;
      else format = read;
      if (format?.channels === 2) meter = new TalkMeter(format);
      chunk = head;
      if (format !== null) {
        yield chunk.subarray(0, format.dataAt);
        chunk = chunk.subarray(format.dataAt);
      }
    }
    if (format === null || meter === null) {
      yield chunk;
      continue;
    }
    const frame = format.bytesPerSample * 2;
    const joined = Buffer.concat([rest, chunk]);
    const whole = joined.length - (joined.length % frame);
    rest = joined.subarray(whole);
    const frames = swap ? swapChannels(joined.subarray(0, whole), format.bytesPerSample) : joined.subarray(0, whole);
    meter.hear(frames);
    yield frames;
  }
  if (format === null && problem === null) yield head;
  if (rest.length > 0) yield rest;
  done(verdict(format, problem, seen, meter?.agentShare() ?? null));
}

function verdict(
  format: Format | null,
  problem: string | null,
  bytes: number,
  agentTalkShare: number | null,
): WavCheck {
  if (problem !== null) return { ok: false, problem };
  if (format === null) return { ok: false, problem: bytes === 0 ? 'empty' : 'not-wav' };
  const available = bytes - format.dataAt;
  // A writer that streamed puts 0 or the largest size; then what is there counts.
  const streamed = format.dataBytes === 0 || format.dataBytes >= 0xffffff00;
  if (!streamed && available < format.dataBytes) return { ok: false, problem: 'truncated' };
  const data = streamed ? available : format.dataBytes;
  const { channels, sampleRate, bytesPerSample } = format;
  return {
    ok: true,
    facts: {
      channels,
      sampleRate,
      bytesPerSample,
      durationMs: Math.round((data / (channels * bytesPerSample * sampleRate)) * 1000),
      agentTalkShare,
    },
  };
}

/** Every frame's two samples change places. Whole words at a time: an hour of talk is a hundred million bytes. */
function swapChannels(frames: Buffer, bytesPerSample: number): Buffer {
  // A copy of its own begins on a word boundary, which a piece of the network's does not.
  const own = new Uint8Array(frames.length);
  own.set(frames);
  const swapped = Buffer.from(own.buffer);
  if (bytesPerSample === 1) return swapped.swap16();
  const words = new Uint32Array(own.buffer);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? 0;
    words[at] = (word >>> 16) | (word << 16);
  }
  return swapped;
}

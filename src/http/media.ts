/** Sound of a recording as an HTTP answer: whole or one side, with ranges (RFC 9110 §14), never all of it in memory. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FileReply } from './handler.ts';
import { bytesPerSample, levelAt, oneChannel, readWavFormat, type WavFormat, wavHead } from './wav.ts';

export type Side = 'both' | 'agent' | 'customer';
const chunkBytes = 256 * 1024;

/** `null`: the file has no such side (one channel, or no WAV). */
export async function playRecording(path: string, side: Side, range: string | undefined): Promise<FileReply | null> {
  const { size, format } = await headOf(path);
  if (side === 'both') {
    const part = partOf(range, size);
    if (part === 'unsatisfiable') return unsatisfiable(size);
    return answer(part, size, (from, to) => createReadStream(path, { start: from, end: to }));
  }
  if (format === null || format.channels < 2) return null;
  const frame = bytesPerSample(format) * format.channels;
  const dataBytes = Math.floor(format.dataBytes / frame) * bytesPerSample(format);
  const head = wavHead({ ...format, channels: 1 }, dataBytes);
  const total = head.length + dataBytes;
  const part = partOf(range, total);
  if (part === 'unsatisfiable') return unsatisfiable(total);
  return answer(part, total, (from, to) =>
    Readable.from(sideOf(path, format, side === 'agent' ? 0 : 1, head, from, to)),
  );
}

async function headOf(path: string): Promise<{ size: number; format: WavFormat | null }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return { size, format: await readWavFormat(file, size) };
  } finally {
    await file.close();
  }
}

/** Bytes [from, to] of the file that would hold one channel alone. */
async function* sideOf(
  path: string,
  format: WavFormat,
  channel: number,
  head: Buffer,
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  if (from < head.length) yield head.subarray(from, Math.min(head.length, to + 1));
  const sample = bytesPerSample(format);
  const frame = sample * format.channels;
  const first = Math.max(0, from - head.length);
  const last = to - head.length;
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.floor(chunkBytes / frame) * frame);
    for (let at = Math.floor(first / sample); at * sample <= last; ) {
      const wanted = Math.min(buffer.length, (Math.floor(last / sample) - at + 1) * frame);
      const { bytesRead } = await file.read(buffer, 0, wanted, format.dataOffset + at * frame);
      const frames = Math.floor(bytesRead / frame);
      if (frames === 0) return;
      const out = oneChannel(buffer.subarray(0, frames * frame), format, channel);
      const start = at * sample;
      yield out.subarray(Math.max(0, first - start), Math.min(out.length, last - start + 1));
      at += frames;
    }
  } finally {
    await file.close();
  }
}

type Part = { from: number; to: number; whole: boolean };

/** One range is answered; several, or none that we can read, are answered with the whole. */
export function partOf(range: string | undefined, size: number): Part | 'unsatisfiable' {
  const whole = { from: 0, to: size - 1, whole: true };
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === '' && last === '') return whole;
  if (first === '') {
    const tail = Math.min(size, Number(last));
    return tail === 0 ? 'unsatisfiable' : { from: size - tail, to: size - 1, whole: false };
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (from >= size) return 'unsatisfiable';
  return from > to ? whole : { from, to, whole: false };
}

function answer(part: Part, size: number, body: (from: number, to: number) => Readable): FileReply {
  return {
    status: part.whole ? 200 : 206,
    type: 'audio/wav',
    headers: {
      'accept-ranges': 'bytes',
      'content-length': String(part.to - part.from + 1),
      'cache-control': 'private, no-store',
      ...(part.whole ? {} : { 'content-range': `bytes ${part.from}-${part.to}/${size}` }),
    },
    body: size === 0 ? '' : body(part.from, part.to),
  };
}

function unsatisfiable(size: number): FileReply {
  return { status: 416, type: 'text/plain', headers: { 'content-range': `bytes */${size}` }, body: '' };
}

/** The highest level of each of so many equal slices, for both sides. */
export async function peaksOf(
  path: string,
  points: number,
): Promise<{ durationMs: number; agent: number[]; customer: number[] } | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const format = await readWavFormat(file, size);
    if (format === null) return null;
    const sample = bytesPerSample(format);
    const frame = sample * format.channels;
    const frames = Math.floor(format.dataBytes / frame);
    const sides = [new Float32Array(points), new Float32Array(points)];
    const buffer = Buffer.alloc(Math.floor(chunkBytes / frame) * frame);
    for (let at = 0; at < frames; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, format.dataOffset + at * frame);
      const read = Math.min(frames - at, Math.floor(bytesRead / frame));
      if (read === 0) break;
      for (let i = 0; i < read; i += 1) {
        const slice = Math.min(points - 1, Math.floor(((at + i) * points) / frames));
        for (const [side, peaks] of sides.entries()) {
          const level = levelAt(buffer, i * frame + Math.min(side, format.channels - 1) * sample, format.encoding);
          if (level > (peaks[slice] ?? 0)) peaks[slice] = level;
        }
      }
      at += read;
    }
    const [agent = [], customer = []] = sides.map((peaks) =>
      Array.from(peaks, (level) => Math.round(level * 1000) / 1000),
    );
    return { durationMs: Math.round((frames * 1000) / format.sampleRate), agent, customer };
  } finally {
    await file.close();
  }
}

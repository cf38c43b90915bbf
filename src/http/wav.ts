/**
 * Just enough of WAV (RIFF, little endian) to play one side of a call and to draw it: PCM of 16 bits and G.711 mu-law of 8,
 * which is what carriers deliver.
 */
import type { FileHandle } from 'node:fs/promises';

export type WavFormat = {
  encoding: 'pcm16' | 'mulaw';
  channels: number;
  sampleRate: number;
  /** Where the samples lie in the file. */
  dataOffset: number;
  dataBytes: number;
};

const headBytes = 4096;

/** Reads the header; null: not a WAV of these kinds. */
export async function readWavFormat(file: FileHandle, fileBytes: number): Promise<WavFormat | null> {
  const head = Buffer.alloc(Math.min(headBytes, fileBytes));
  await file.read(head, 0, head.length, 0);
  if (head.length < 44 || head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE')
    return null;
  let format: Pick<WavFormat, 'encoding' | 'channels' | 'sampleRate'> | null = null;
  for (let at = 12; at + 8 <= head.length; ) {
    const name = head.toString('latin1', at, at + 4);
    const size = head.readUInt32LE(at + 4);
    if (name === 'fmt ' && at + 24 <= head.length) {
      const tag = head.readUInt16LE(at + 8);
      const bits = head.readUInt16LE(at + 22);
      const encoding = tag === 1 && bits === 16 ? 'pcm16' : tag === 7 && bits === 8 ? 'mulaw' : null;
      // Of no channels or no rate nothing can be played, and sums would end in what no answer can hold.
      if (encoding === null || head.readUInt16LE(at + 10) === 0 || head.readUInt32LE(at + 12) === 0) return null;
      format = { encoding, channels: head.readUInt16LE(at + 10), sampleRate: head.readUInt32LE(at + 12) };
    }
    if (name === 'data' && format !== null) {
      const dataOffset = at + 8;
      // A recorder that was cut off leaves a size of 0 or of 2^32 - 1.
      const rest = fileBytes - dataOffset;
      return { ...format, dataOffset, dataBytes: size === 0 || size > rest ? rest : size };
    }
    at += 8 + size + (size % 2);
  }
  return null;
}

export function bytesPerSample({ encoding }: Pick<WavFormat, 'encoding'>): number {
  return encoding === 'pcm16' ? 2 : 1;
}

/** Header of a file with so many bytes of samples. */
export function wavHead(of: Pick<WavFormat, 'encoding' | 'channels' | 'sampleRate'>, dataBytes: number): Buffer {
  const sample = bytesPerSample(of);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + dataBytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(of.encoding === 'pcm16' ? 1 : 7, 20);
  head.writeUInt16LE(of.channels, 22);
  head.writeUInt32LE(of.sampleRate, 24);
  head.writeUInt32LE(of.sampleRate * of.channels * sample, 28);
  head.writeUInt16LE(of.channels * sample, 32);
  head.writeUInt16LE(sample * 8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataBytes, 40);
  return head;
}

/** Takes one channel (0 left) out of whole frames of interleaved samples. */
export function oneChannel(frames: Buffer, format: WavFormat, channel: number): Buffer {
  const sample = bytesPerSample(format);
  const frame = sample * format.channels;
  const count = Math.floor(frames.length / frame);
  const out = Buffer.alloc(count * sample);
  for (let i = 0; i < count; i += 1) {
    const from = i * frame + channel * sample;
    out[i * sample] = frames[from] ?? 0;
    if (sample === 2) out[i * sample + 1] = frames[from + 1] ?? 0;
  }
  return out;
}

/** Level 0–1 of the sample at a byte. Mu-law by ITU-T G.711, table-free. */
export function levelAt(frames: Buffer, at: number, encoding: WavFormat['encoding']): number {
  if (encoding === 'pcm16') return at + 1 < frames.length ? Math.abs(frames.readInt16LE(at)) / 32_768 : 0;
  const code = ~(frames[at] ?? 0xff) & 0xff;
  const magnitude = (((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4);
  return (magnitude - 0x84) / 32_768;
}

/** Most speech engines were taught at this rate. */
const SPEECH_RATE = 16_000;

/**
 * One channel as 16-bit samples for a speech engine. Telephone sound of 8 kHz gets a sample between each two, half way between them;
 * other rates stay as they are. `bytes`: of so many frames; `convert` takes whole frames, one piece after the other.
 */
export function speechSamples(format: WavFormat, channel: number) {
  const doubled = format.sampleRate * 2 === SPEECH_RATE;
  const sample = bytesPerSample(format);
  const frame = sample * format.channels;
  const times = doubled ? 2 : 1;
  let before = 0;
  return {
    rate: format.sampleRate * times,
    bytes: (frames: number): number => frames * times * 2,
    convert(frames: Buffer): Buffer {
      const count = Math.floor(frames.length / frame);
      const out = Buffer.alloc(count * times * 2);
      for (let i = 0; i < count; i += 1) {
        const value = sampleAt(frames, i * frame + channel * sample, format.encoding);
        if (doubled) out.writeInt16LE((before + value) >> 1, i * 4);
        out.writeInt16LE(value, i * times * 2 + (doubled ? 2 : 0));
        before = value;
      }
      return out;
    },
  };
}

function sampleAt(frames: Buffer, at: number, encoding: WavFormat['encoding']): number {
  if (encoding === 'pcm16') return frames.readInt16LE(at);
  const code = ~(frames[at] ?? 0xff) & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
  return code & 0x80 ? -magnitude : magnitude;
}

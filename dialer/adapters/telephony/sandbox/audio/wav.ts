/** Samples a second of everything on the telephone. */
export const SAMPLE_RATE = 8_000;

export const WAV_HEAD_BYTES = 44;

/** The head of a PCM WAV file: 8 kHz, 16 bit, so many channels and samples per channel. */
export function wavHead(channels: 1 | 2, samples: number): Buffer {
  const dataBytes = samples * channels * 2;
  const head = Buffer.alloc(WAV_HEAD_BYTES);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + dataBytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(SAMPLE_RATE, 24);
  head.writeUInt32LE(SAMPLE_RATE * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataBytes, 40);
  return head;
}

/** Two tracks side by side, as little-endian bytes. */
export function interleave(left: Int16Array, right: Int16Array): Buffer {
  const both = new Int16Array(left.length * 2);
  for (let i = 0; i < left.length; i++) {
    both[2 * i] = left[i] ?? 0;
    both[2 * i + 1] = right[i] ?? 0;
  }
  return bytesOf(both);
}

/** Samples as little-endian bytes (every machine Node runs on stores them so). */
export function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** The sum of two tracks, clipped. */
export function mix(one: Int16Array, other: Int16Array): Int16Array {
  const out = new Int16Array(one.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.max(-32_768, Math.min(32_767, (one[i] ?? 0) + (other[i] ?? 0)));
  return out;
}

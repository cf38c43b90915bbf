import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectWav, type WavCheck } from '../../../dialer/engine/recording-log/wav.ts';

/** A two-channel WAV of 8 kHz: PCM of 16 bit, or mu-law of 8. */
function wav(bits: 8 | 16, data: Uint8Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(bits === 16 ? 1 : 7, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE((8000 * 2 * bits) / 8, 28);
  head.writeUInt16LE((2 * bits) / 8, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

async function through(
  file: Buffer,
  cuts: number[],
  swap: boolean,
): Promise<{ bytes: Buffer; check: WavCheck | null }> {
  const places = [0, ...cuts.map((cut) => cut % file.length).sort((a, b) => a - b), file.length];
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (const [index, from] of places.slice(0, -1).entries()) yield file.subarray(from, places[index + 1]);
  }
  let check: WavCheck | null = null;
  const out: Uint8Array[] = [];
  for await (const piece of inspectWav(pieces(), swap, (verdict) => {
    check = verdict;
  }))
    out.push(Buffer.from(piece));
  return { bytes: Buffer.concat(out), check };
}

describe('a recording on its way', () => {
  it('has its two sides changed, however the network cuts it, and is otherwise the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<8 | 16>(8, 16),
        fc.uint8Array({ minLength: 40, maxLength: 400 }),
        fc.array(fc.nat(500), { maxLength: 6 }),
        async (bits, raw, cuts) => {
          const sample = bits / 8;
          const data = raw.subarray(0, raw.length - (raw.length % (sample * 2)));
          const file = wav(bits, data);
          const { bytes, check } = await through(file, cuts, true);
          expect(bytes.length).toBe(file.length);
          expect(bytes.subarray(0, 44)).toEqual(file.subarray(0, 44));
          for (let at = 0; at < data.length; at += sample * 2) {
            const left = Buffer.from(data.subarray(at, at + sample));
            const right = Buffer.from(data.subarray(at + sample, at + 2 * sample));
            expect(bytes.subarray(44 + at, 44 + at + sample * 2)).toEqual(Buffer.concat([right, left]));
          }
          expect(check).toMatchObject({ ok: true, facts: { channels: 2, bytesPerSample: sample } });
          expect((await through(file, cuts, false)).bytes).toEqual(file);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that ends too early is said to', async () => {
    const file = wav(16, new Uint8Array(400));
    expect((await through(file.subarray(0, 300), [], true)).check).toEqual({ ok: false, problem: 'truncated' });
    expect((await through(Buffer.from('<html>'), [], true)).check).toMatchObject({ ok: false });
  });
});

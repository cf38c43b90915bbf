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

  it.each<[string, 8 | 16, boolean]>([
    ['PCM', 16, false],
    ['PCM, the customer first', 16, true],
    ['mu-law', 8, false],
    ['mu-law, the customer first', 8, true],
  ])('of %s is measured: who spoke how much of it', async (_, bits, swap) => {
    // Three seconds of the agent, one of the customer, of which both spoke half a second; two of a line at rest.
    const heard = (from: number, to: number) => (i: number) => i >= from * 8000 && i < to * 8000;
    const [agent, customer] = [heard(1, 4), heard(3.5, 4.5)];
    const data = Buffer.alloc((6 * 8000 * 2 * bits) / 8);
    for (let i = 0; i < 6 * 8000; i += 1) {
      for (const [side, speaks] of (swap ? [customer, agent] : [agent, customer]).entries()) {
        // A wave of 500 Hz at a quarter of full scale, or noise of −60 dB.
        const level = speaks(i) ? 8000 : 33;
        const up = i % 16 < 8;
        const at = ((2 * i + side) * bits) / 8;
        if (bits === 16) data.writeInt16LE(up ? level : -level, at);
        else data[at] = speaks(i) ? (up ? 0x9f : 0x1f) : up ? 0xff : 0xfb;
      }
    }
    const share = async (cuts: number[]) => {
      const { check } = await through(wav(bits, data), cuts, swap);
      return check?.ok === true ? check.facts.agentTalkShare : null;
    };
    expect(await share([])).toBeCloseTo(0.75, 2);
    expect(await share([45, 47, 1001, 50_003])).toBe(await share([]));
    const silence = await through(wav(bits, Buffer.alloc(8000 * 2, bits === 8 ? 0xff : 0)), [], swap);
    expect(silence.check).toMatchObject({ ok: true, facts: { agentTalkShare: null } });
  });

  it('that ends too early is said to', async () => {
    const file = wav(16, new Uint8Array(400));
    expect((await through(file.subarray(0, 300), [], true)).check).toEqual({ ok: false, problem: 'truncated' });
    expect((await through(Buffer.from('<html>'), [], true)).check).toMatchObject({ ok: false });
  });
});

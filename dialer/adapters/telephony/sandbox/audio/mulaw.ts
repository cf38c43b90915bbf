const BIAS = 0x84;
const CLIP = 32_635;

/** One 16-bit sample as mu-law (ITU-T G.711). */
function encode(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(CLIP, Math.abs(sample)) + BIAS;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** Samples as mu-law bytes. */
export function toMulaw(samples: Int16Array): Buffer {
  const out = Buffer.allocUnsafe(samples.length);
  for (let i = 0; i < samples.length; i++) out[i] = encode(samples[i] ?? 0);
  return out;
}

/** One mu-law byte as a 16-bit sample. */
export function fromMulaw(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = (((value & 0x0f) << 3) + BIAS) << ((value >> 4) & 0x07);
  return value & 0x80 ? BIAS - magnitude : magnitude - BIAS;
}

import { createHash, createHmac } from 'node:crypto';
import { hmacState, shortHmac } from './short-hmac.ts';

/** Chance that can be repeated: one secret key, and for every label a number that nobody without the key can foresee. */
export interface KeyedHash {
  /** Evenly spread over [0, 1): the first 53 bits of HMAC-SHA-256(key, UTF-8 of label), as a fraction. */
  uniform(label: string): number;
  /** The same of a label that is given in its first `length` bytes of UTF-8. */
  uniformOf(label: Uint8Array, length: number): number;
}

const KEY_PATTERN = /^[0-9a-f]{64}$/;
const TWO_POW_21 = 2_097_152;
const TWO_POW_53 = 9_007_199_254_740_992;

/** A draw key is 32 bytes of chance, written as 64 lower-case hexadecimal digits. */
export function isDrawKey(key: string): boolean {
  return KEY_PATTERN.test(key);
}

/**
 * What is published before the draw: SHA-256 of the key's 32 bytes, in hexadecimal. Whoever holds it can check, when the key
 * is revealed, that the key was not chosen after the recordings were known.
 */
export function commitmentOf(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex');
}

/** Which draw a key is for: no two draws have the same. */
export interface KeyedDraw {
  readonly campaignId: string;
  readonly kind: string;
  /** First day of the period, YYYY-MM-DD. */
  readonly from: string;
  readonly round: number;
}

/**
 * The key of one draw from a secret that is nowhere in the database: whoever can read all of that, with every key that was ever
 * revealed, foresees no draw (HMAC-SHA-256 as a pseudorandom function), and whoever holds the secret cannot choose among keys.
 */
export function drawKeyOf(secret: string, { campaignId, kind, from, round }: KeyedDraw): string {
  const about = JSON.stringify(['fairline-draw-key/1', campaignId, kind, from, round]);
  return createHmac('sha256', secret).update(about).digest('hex');
}

/** The keyed hash of one draw. `key` must satisfy {@link isDrawKey}. */
export function keyedHash(key: string): KeyedHash {
  const bytes = Buffer.from(key, 'hex');
  const state = hmacState(bytes);
  const words = new Int32Array(8);
  const uniformOf = (label: Uint8Array, length: number): number => {
    if (!shortHmac(state, label, length, words)) {
      const digest = createHmac('sha256', bytes).update(label.subarray(0, length)).digest();
      words[0] = digest.readInt32BE(0);
      words[1] = digest.readInt32BE(4);
    }
    const high = (words[0] ?? 0) >>> 0;
    const low = (words[1] ?? 0) >>> 11;
    return (high * TWO_POW_21 + low) / TWO_POW_53;
  };
  return {
    uniformOf,
    uniform(label) {
      const text = Buffer.from(label, 'utf8');
      return uniformOf(text, text.length);
    },
  };
}

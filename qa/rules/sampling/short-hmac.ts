/**
 * HMAC-SHA-256 (FIPS 180-4, RFC 2104) of short labels under one key, with the key's two blocks hashed once.
 * Why not node:crypto for each recording: its set-up costs 4 µs a call, this 1 µs, and a frame may hold a million.
 * Equal to node:crypto for every label, which a property test states.
 */
export interface HmacState {
  readonly inner: Int32Array;
  readonly outer: Int32Array;
}

const BLOCK_BYTES = 64;
/** One block holds the label, the stop bit and the length: 64 − 1 − 8 bytes. */
const MAX_LABEL_BYTES = 55;

/** The fractional parts of the cube (round constants) or square (start values) roots of the first primes, 32 bits each. */
function rootFractions(count: number, root: (n: number) => number): Int32Array {
  const fractions = new Int32Array(count);
  let found = 0;
  for (let n = 2; found < count; n++) {
    let prime = true;
    for (let d = 2; d * d <= n && prime; d++) prime = n % d !== 0;
    if (!prime) continue;
    const value = root(n);
    fractions[found++] = Math.floor((value - Math.floor(value)) * 0x1_0000_0000);
  }
  return fractions;
}

const ROUND = rootFractions(64, Math.cbrt);
const START = rootFractions(8, Math.sqrt);
const schedule = new Int32Array(64);
const block = new Int32Array(16);

function at(words: Int32Array, i: number): number {
  return words[i] ?? 0;
}

/** One round of the compression function: mixes the 16 words of `message` into `state`. */
function compress(state: Int32Array, message: Int32Array): void {
  const w = schedule;
  for (let i = 0; i < 16; i++) w[i] = at(message, i);
  for (let i = 16; i < 64; i++) {
    const x = at(w, i - 15);
    const y = at(w, i - 2);
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (at(w, i - 16) + s0 + at(w, i - 7) + s1) | 0;
  }
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  let f = at(state, 5);
  let g = at(state, 6);
  let h = at(state, 7);
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(ROUND, i) + at(w, i)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  // Written out: a list of the eight would be made anew for each of two million calls.
  state[0] = at(state, 0) + a;
  state[1] = at(state, 1) + b;
  state[2] = at(state, 2) + c;
  state[3] = at(state, 3) + d;
  state[4] = at(state, 4) + e;
  state[5] = at(state, 5) + f;
  state[6] = at(state, 6) + g;
  state[7] = at(state, 7) + h;
}

/** Prepares a key of at most 64 bytes. */
export function hmacState(key: Uint8Array): HmacState {
  const padded = (mask: number): Int32Array => {
    const words = new Int32Array(16);
    for (let i = 0; i < BLOCK_BYTES; i++)
      words[i >> 2] = at(words, i >> 2) | (((key[i] ?? 0) ^ mask) << (24 - 8 * (i & 3)));
    const state = Int32Array.from(START);
    compress(state, words);
    return state;
  };
  return { inner: padded(0x36), outer: padded(0x5c) };
}

/** Writes the eight words of the digest into `out`; false, and nothing done, if the label is longer than 55 bytes. */
export function shortHmac(key: HmacState, label: Uint8Array, length: number, out: Int32Array): boolean {
  if (length > MAX_LABEL_BYTES) return false;
  block.fill(0);
  for (let i = 0; i < length; i++) block[i >> 2] = at(block, i >> 2) | ((label[i] ?? 0) << (24 - 8 * (i & 3)));
  block[length >> 2] = at(block, length >> 2) | (0x80 << (24 - 8 * (length & 3)));
  block[15] = (BLOCK_BYTES + length) * 8;
  out.set(key.inner);
  compress(out, block);
  block.fill(0);
  block.set(out);
  block[8] = 0x8000_0000;
  block[15] = (BLOCK_BYTES + 32) * 8;
  out.set(key.outer);
  compress(out, block);
  return true;
}

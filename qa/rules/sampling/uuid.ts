/** UUIDs in their 16 bytes: a million of them are half as large as texts, and are compared and hashed without making one. */

/** A UUID that lies in other bytes. */
export interface UuidAt {
  readonly bytes: Uint8Array;
  readonly at: number;
}

export const UUID_BYTES = 16;
export const UUID_LETTERS = 36;
const HYPHEN = 45;
/** Two letters for each value of a byte. */
const LETTERS = Buffer.from(Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0')).join(''));

/** Whether a hyphen stands before this byte in the text. */
function hyphenBefore(byte: number): boolean {
  return byte === 4 || byte === 6 || byte === 8 || byte === 10;
}

/** Writes the text (lower case) of the UUID at `from`, and says where it ends. */
export function writeUuidText(bytes: Uint8Array, from: number, into: Uint8Array, at: number): number {
  let place = at;
  for (let i = 0; i < UUID_BYTES; i++) {
    if (hyphenBefore(i)) into[place++] = HYPHEN;
    const letters = 2 * (bytes[from + i] ?? 0);
    into[place++] = LETTERS[letters] ?? 0;
    into[place++] = LETTERS[letters + 1] ?? 0;
  }
  return place;
}

const text = Buffer.alloc(UUID_LETTERS);

export function uuidText({ bytes, at }: UuidAt): string {
  writeUuidText(bytes, at, text, 0);
  return text.toString('latin1');
}

/** Reads a UUID in the one way that `uuidText` writes it; false, if it is none. */
export function readUuid(id: string, into: Uint8Array, at: number): boolean {
  if (id.length !== UUID_LETTERS) return false;
  let place = 0;
  for (let i = 0; i < UUID_BYTES; i++) {
    if (hyphenBefore(i) && id.charCodeAt(place++) !== HYPHEN) return false;
    const high = digit(id.charCodeAt(place++));
    const low = digit(id.charCodeAt(place++));
    if (high < 0 || low < 0) return false;
    into[at + i] = (high << 4) | low;
  }
  return true;
}

function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

import { inOrderOf } from './in-order.ts';
import { readUuid, UUID_BYTES, type UuidAt, uuidText, writeUuidText } from './uuid.ts';

const BLOCK_BYTES = 2 ** 20;
export const MAX_ID_BYTES = 254;
/** In the place of a length: the id is kept as the 16 bytes of a UUID. */
const AS_UUID = 255;
/** Beyond so many moves a place, ids are clustered and a sort by comparison is faster. */
const MOST_MOVES = 32;

/** Where each id begins, counted through all blocks (of which there are fewer than 4096; an id lies in one block), and its bytes. */
type Places = { starts: Uint32Array; bytes: Uint8Array };

/**
 * A million ids as bytes in a few blocks: text objects of their own would take four times the room and, being many, be copied
 * about by the garbage collector while the frame grows. UUIDs are kept in their 16 bytes, other ids as text.
 */
export class IdColumn {
  readonly #blocks: Buffer[] = [];
  /** Kept from the first id that is no UUID: until then each begins where the one before it ends, and a block holds a whole number. */
  #places: Places | null = null;
  #length = 0;
  #used = BLOCK_BYTES;

  get length(): number {
    return this.#length;
  }

  /** Texts are at most 254 bytes in UTF-8. */
  push(id: string | UuidAt): void {
    const block = this.#room(UUID_BYTES);
    if (typeof id !== 'string') {
      for (let i = 0; i < UUID_BYTES; i++) block[this.#used + i] = id.bytes[id.at + i] ?? 0;
      this.#keep(UUID_BYTES, AS_UUID);
    } else if (readUuid(id, block, this.#used)) {
      this.#keep(UUID_BYTES, AS_UUID);
    } else {
      const bytes = Buffer.byteLength(id);
      if (bytes > MAX_ID_BYTES) throw new RangeError(`an id of ${bytes} bytes is longer than ${MAX_ID_BYTES}`);
      this.#room(bytes).write(id, this.#used);
      this.#keep(bytes, bytes);
    }
  }

  /** The id at an index; empty where there is none. */
  at(index: number): string {
    const block = this.#blockOf(index);
    if (block === undefined) return '';
    const from = this.#from(index);
    return this.isUuid(index)
      ? uuidText({ bytes: block, at: from })
      : block.toString('utf8', from, from + this.#bytesOf(index));
  }

  /** Whether the id is kept in the 16 bytes of a UUID. */
  isUuid(index: number): boolean {
    return this.#places === null ? index < this.#length : this.#places.bytes[index] === AS_UUID;
  }

  /** Writes the bytes of an id's text, and says where they end: for hashing many without making a text of each. */
  copy(index: number, into: Uint8Array, at: number): number {
    const block = this.#blockOf(index);
    if (block === undefined) return at;
    const from = this.#from(index);
    return this.isUuid(index)
      ? writeUuidText(block, from, into, at)
      : copyBytes(block, from, this.#bytesOf(index), into, at);
  }

  /** Writes the 16 bytes of a UUID; false, and nothing written, where the id is none. */
  copyUuid(index: number, into: Uint8Array, at: number): boolean {
    const block = this.#blockOf(index);
    if (block === undefined || !this.isUuid(index)) return false;
    copyBytes(block, this.#from(index), UUID_BYTES, into, at);
    return true;
  }

  /** Below 0, 0 or above, as the texts are. */
  compare(one: number, other: number): number {
    const [a, b] = [this.#blockOf(one), this.#blockOf(other)];
    if (a !== undefined && b !== undefined && this.isUuid(one) && this.isUuid(other)) {
      const [from, there] = [this.#from(one), this.#from(other)];
      for (let i = 0; i < UUID_BYTES; i++) {
        const difference = (a[from + i] ?? 0) - (b[there + i] ?? 0);
        if (difference !== 0) return difference;
      }
      return 0;
    }
    const [text, otherText] = [this.at(one), this.at(other)];
    return text < otherText ? -1 : text > otherText ? 1 : 0;
  }

  /** The indices in ascending order of their ids. */
  order(): Uint32Array {
    return this.#places === null ? this.#orderOfUuids() : this.#orderOfTexts();
  }

  /** The ids in another order: this column itself, where all are of one size and can change places, else another one. */
  inOrder(order: Uint32Array): IdColumn {
    if (this.#places === null) {
      this.#permute(order);
      return this;
    }
    const sorted = new IdColumn();
    for (const index of order) sorted.push(this.at(index));
    return sorted;
  }

  *[Symbol.iterator](): Generator<string> {
    for (let i = 0; i < this.#length; i++) yield this.at(i);
  }

  /** By buckets of the first six bytes, spread over the range that they really have; then what is still out of order, by all bytes. */
  #orderOfUuids(): Uint32Array {
    const keys = new Float64Array(this.#length);
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let i = 0; i < this.#length; i++) {
      const prefix = this.#prefix(i);
      keys[i] = prefix;
      if (prefix < least) least = prefix;
      if (prefix > most) most = prefix;
    }
    const range = most - least + 1;
    for (let i = 0; i < keys.length; i++) keys[i] = ((keys[i] ?? 0) - least) / range;
    if (crowded(keys)) return this.#orderOfTexts();
    const order = inOrderOf(keys);
    for (let i = 1; i < order.length; i++) {
      const index = order[i] ?? 0;
      let place = i;
      // Keys that differ say it already.
      while (
        place > 0 &&
        keys[order[place - 1] ?? 0] === keys[index] &&
        this.compare(order[place - 1] ?? 0, index) > 0
      ) {
        order[place] = order[place - 1] ?? 0;
        place--;
      }
      order[place] = index;
    }
    return order;
  }

  /** The first six bytes as a number. */
  #prefix(index: number): number {
    const block = this.#blockOf(index);
    const from = this.#from(index);
    return block === undefined ? 0 : block.readUInt32BE(from) * 65_536 + block.readUInt16BE(from + 4);
  }

  /** Each circle of places that take one another's id is gone round once. */
  #permute(order: Uint32Array): void {
    const done = new Uint8Array(order.length);
    const first = Buffer.alloc(UUID_BYTES);
    for (let start = 0; start < order.length; start++) {
      if (done[start] === 1) continue;
      this.copyUuid(start, first, 0);
      let place = start;
      for (let from = order[place] ?? 0; from !== start; from = order[place] ?? 0) {
        this.#put(place, this.#blockOf(from), this.#from(from));
        done[place] = 1;
        place = from;
      }
      this.#put(place, first, 0);
      done[place] = 1;
    }
  }

  #put(index: number, id: Buffer | undefined, from: number): void {
    const block = this.#blockOf(index);
    if (block !== undefined && id !== undefined) copyBytes(id, from, UUID_BYTES, block, this.#from(index));
  }

  #orderOfTexts(): Uint32Array {
    return Uint32Array.from({ length: this.#length }, (_, i) => i).sort((a, b) => this.compare(a, b));
  }

  #blockOf(index: number): Buffer | undefined {
    return index < this.#length ? this.#blocks[Math.floor(this.#start(index) / BLOCK_BYTES)] : undefined;
  }

  #from(index: number): number {
    return this.#start(index) % BLOCK_BYTES;
  }

  #start(index: number): number {
    return this.#places === null ? index * UUID_BYTES : (this.#places.starts[index] ?? 0);
  }

  #bytesOf(index: number): number {
    return this.#places?.bytes[index] ?? 0;
  }

  /** A block with room for so many bytes from `#used` on. */
  #room(bytes: number): Buffer {
    const block = this.#blocks.at(-1);
    if (block !== undefined && this.#used + bytes <= BLOCK_BYTES) return block;
    const fresh = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    this.#blocks.push(fresh);
    this.#used = 0;
    return fresh;
  }

  #keep(bytes: number, length: number): void {
    if (this.#places === null && length !== AS_UUID) this.#places = this.#placesOfUuids();
    if (this.#places !== null) {
      if (this.#length === this.#places.bytes.length) this.#places = grown(this.#places);
      this.#places.starts[this.#length] = (this.#blocks.length - 1) * BLOCK_BYTES + this.#used;
      this.#places.bytes[this.#length] = length;
    }
    this.#used += bytes;
    this.#length += 1;
  }

  /** Written out for the ids so far, all of them UUIDs. */
  #placesOfUuids(): Places {
    const room = Math.max(1024, this.#length * 2);
    const starts = Uint32Array.from({ length: room }, (_, i) => i * UUID_BYTES);
    return { starts, bytes: new Uint8Array(room).fill(AS_UUID, 0, this.#length) };
  }
}

function grown({ starts, bytes }: Places): Places {
  const more = { starts: new Uint32Array(2 * starts.length), bytes: new Uint8Array(2 * bytes.length) };
  more.starts.set(starts);
  more.bytes.set(bytes);
  return more;
}

function copyBytes(from: Buffer, start: number, count: number, into: Uint8Array, at: number): number {
  for (let i = 0; i < count; i++) into[at + i] = from[start + i] ?? 0;
  return at + count;
}

/** Whether one of many equal parts of [0, 1) holds far more keys than its share. */
function crowded(keys: Float64Array): boolean {
  const parts = Math.max(1, Math.ceil(keys.length / MOST_MOVES));
  const counts = new Uint32Array(parts);
  for (const key of keys) counts[Math.floor(key * parts)] = (counts[Math.floor(key * parts)] ?? 0) + 1;
  return counts.some((count) => count > 8 * MOST_MOVES);
}

const BLOCK_BYTES = 2 ** 20;
export const MAX_ID_BYTES = 255;

/**
 * A million ids as bytes in a few blocks: text objects of their own would take twice the room and, being many, be copied
 * about by the garbage collector while the frame grows.
 */
export class IdColumn {
  readonly #blocks: Buffer[] = [];
  /** Where each id begins, counted through all blocks (of which there are fewer than 4096); an id lies in one block. */
  #starts = new Uint32Array(1024);
  #bytes = new Uint8Array(1024);
  #length = 0;
  #used = BLOCK_BYTES;

  get length(): number {
    return this.#length;
  }

  /** Ids are at most 255 bytes in UTF-8. */
  push(id: string): void {
    const bytes = Buffer.byteLength(id);
    if (bytes > MAX_ID_BYTES) throw new RangeError(`an id of ${bytes} bytes is longer than ${MAX_ID_BYTES}`);
    if (this.#used + bytes > BLOCK_BYTES) {
      this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
      this.#used = 0;
    }
    if (this.#length === this.#starts.length) this.#grow();
    const block = this.#blocks.length - 1;
    this.#blocks[block]?.write(id, this.#used);
    this.#starts[this.#length] = block * BLOCK_BYTES + this.#used;
    this.#bytes[this.#length] = bytes;
    this.#used += bytes;
    this.#length += 1;
  }

  /** The id at an index; empty where there is none. */
  at(index: number): string {
    const start = this.#starts[index];
    if (start === undefined || index >= this.#length) return '';
    const from = start % BLOCK_BYTES;
    return (
      this.#blocks[Math.floor(start / BLOCK_BYTES)]?.toString('utf8', from, from + (this.#bytes[index] ?? 0)) ?? ''
    );
  }

  /** Writes the bytes of an id, and says where they end: for hashing many without making a text of each. */
  copy(index: number, into: Uint8Array, at: number): number {
    const start = this.#starts[index];
    if (start === undefined || index >= this.#length) return at;
    const from = start % BLOCK_BYTES;
    const block = this.#blocks[Math.floor(start / BLOCK_BYTES)];
    const bytes = this.#bytes[index] ?? 0;
    if (block === undefined) return at;
    for (let i = 0; i < bytes; i++) into[at + i] = block[from + i] ?? 0;
    return at + bytes;
  }

  *[Symbol.iterator](): Generator<string> {
    for (let i = 0; i < this.#length; i++) yield this.at(i);
  }

  #grow(): void {
    const starts = new Uint32Array(this.#starts.length * 2);
    const bytes = new Uint8Array(starts.length);
    starts.set(this.#starts);
    bytes.set(this.#bytes);
    this.#starts = starts;
    this.#bytes = bytes;
  }
}

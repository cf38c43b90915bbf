/**
 * A list of things as bytes, newest first: 56 for each, its time in epoch ms (8, big-endian), its id, its call and its agent (16 each, zeros: none).
 * A figure of a big week counts tens of thousands of things, and a row for each of them costs more than all the rest of publishing.
 */
import type { CountedThing } from '../../contract/quality.ts';

const size = 56;
const none = '00000000-0000-0000-0000-000000000000';

export function packed(things: readonly CountedThing[]): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(new ArrayBuffer(things.length * size));
  for (const [index, { at, id, attemptId, agentId }] of newestFirst(things).entries()) {
    const start = index * size;
    bytes.writeBigInt64BE(BigInt(Math.round(at)), start);
    writeId(bytes, id, start + 8);
    writeId(bytes, attemptId ?? none, start + 24);
    writeId(bytes, agentId ?? none, start + 40);
  }
  return bytes;
}

export function unpacked(stored: Uint8Array): CountedThing[] {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  return Array.from({ length: bytes.length / size }, (_, index) => {
    const start = index * size;
    return {
      at: Number(bytes.readBigInt64BE(start)),
      id: readId(bytes, start + 8),
      attemptId: orNone(readId(bytes, start + 24)),
      agentId: orNone(readId(bytes, start + 40)),
    };
  });
}

export function newestFirst<T extends { at: number; id: string }>(things: readonly T[]): T[] {
  return [...things].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

function writeId(bytes: Buffer, id: string, at: number): void {
  bytes.write(id.replaceAll('-', ''), at, 16, 'hex');
}

function readId(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function orNone(id: string): string | null {
  return id === none ? null : id;
}

/**
 * A frame as it is kept: pieces of fixed rows (recording id in 16 bytes, the agent's number in the piece, reason and lateness),
 * each with the ids of its agents. A million recordings are some 21 MB and are written in a moment; compressing them would
 * take longer and gain little, since ids are chance. Pieces of before are compressed lines and are read too.
 */
import { gunzipSync } from 'node:zlib';
import { FORCED_REASONS, type Frame, type FrameEntry, readUuid, UUID_BYTES, uuidText } from '../../rules/sampling.ts';

const rowsPerPiece = 10_000;
const idBytes = UUID_BYTES;
const rowBytes = idBytes + 4 + 1;
const lateBit = 0x80;
/** First byte of a piece in rows; a compressed piece begins with gzip's 0x1f. */
const rowsFormat = 0x01;
const headBytes = 1 + 4;
const onlyUuids = 'a frame is kept in pieces whose ids are UUIDs';

/** Each piece is there until the next is asked for: a million recordings are a hundred pieces in the room of one. */
export function* framePieces(frame: Frame): Generator<{ piece: number; rows: number; lines: Buffer }> {
  const size = frame.recordingIds.length;
  let room = Buffer.alloc(0);
  for (let piece = 0; piece * rowsPerPiece < size; piece += 1) {
    const first = piece * rowsPerPiece;
    const rows = Math.min(rowsPerPiece, size - first);
    const numbers = new Map<number, number>();
    for (let row = 0; row < rows; row += 1) {
      const agent = frame.agentOf[first + row] ?? 0;
      if (!numbers.has(agent)) numbers.set(agent, numbers.size);
    }
    const head = headBytes + numbers.size * idBytes;
    const bytes = head + rows * rowBytes;
    if (room.length < bytes) room = Buffer.allocUnsafeSlow(bytes);
    const lines = room.subarray(0, bytes);
    lines[0] = rowsFormat;
    lines.writeUInt32LE(numbers.size, 1);
    for (const [agent, number] of numbers)
      if (!readUuid(frame.agentIds[agent] ?? '', lines, headBytes + number * idBytes)) throw new Error(onlyUuids);
    for (let row = 0; row < rows; row += 1) {
      const at = head + row * rowBytes;
      if (!frame.recordingIds.copyUuid(first + row, lines, at)) throw new Error(onlyUuids);
      lines.writeUInt32LE(numbers.get(frame.agentOf[first + row] ?? 0) ?? 0, at + idBytes);
      lines[at + idBytes + 4] = (frame.forcedOf[first + row] ?? 0) | (frame.lateOf[first + row] === 1 ? lateBit : 0);
    }
    yield { piece, rows, lines };
  }
}

export function readPiece(piece: Uint8Array): FrameEntry[] {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  if (bytes[0] !== rowsFormat) return readLines(bytes);
  const agents = bytes.readUInt32LE(1);
  const agentIds = Array.from({ length: agents }, (_, number) => uuidText({ bytes, at: headBytes + number * idBytes }));
  const body = headBytes + agents * idBytes;
  return Array.from({ length: (bytes.length - body) / rowBytes }, (_, row) => {
    const at = body + row * rowBytes;
    const flags = bytes[at + idBytes + 4] ?? 0;
    return {
      recordingId: uuidText({ bytes, at }),
      agentId: agentIds[bytes.readUInt32LE(at + idBytes)] ?? '',
      forced: FORCED_REASONS[(flags & ~lateBit) - 1] ?? null,
      late: (flags & lateBit) !== 0,
    };
  });
}

function readLines(piece: Buffer): FrameEntry[] {
  return gunzipSync(piece)
    .toString('utf8')
    .split('\n')
    .map((line) => {
      const [recordingId = '', agentId = '', forced = '', late = ''] = line.split('\t');
      return {
        recordingId,
        agentId,
        forced: FORCED_REASONS.find((reason) => reason === forced) ?? null,
        late: late === '1',
      };
    });
}

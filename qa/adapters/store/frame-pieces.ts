/** A frame as compressed pieces of canonical lines: a million rows stay some tens of megabytes and are written in a moment. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { FORCED_REASONS, type Frame, type FrameEntry, frameEntries } from '../../rules/sampling.ts';

const rowsPerPiece = 50_000;

export function* framePieces(frame: Frame): Generator<{ piece: number; rows: number; lines: Buffer }> {
  let lines: string[] = [];
  let piece = 0;
  const flush = () => {
    const packed = { piece, rows: lines.length, lines: gzipSync(lines.join('\n'), { level: 1 }) };
    piece += 1;
    lines = [];
    return packed;
  };
  for (const { recordingId, agentId, forced, late } of frameEntries(frame)) {
    lines.push(`${recordingId}\t${agentId}\t${forced ?? ''}\t${late ? 1 : 0}`);
    if (lines.length === rowsPerPiece) yield flush();
  }
  if (lines.length > 0) yield flush();
}

export function readPiece(lines: Uint8Array): FrameEntry[] {
  return gunzipSync(lines)
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

import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { framePieces, readPiece } from '../../../qa/adapters/store/frame-pieces.ts';
import { buildFrame, FORCED_REASONS, type FrameEntry, frameEntries } from '../../../qa/rules/sampling.ts';

const agents = Array.from({ length: 5 }, () => randomUUID());
const entries: FrameEntry[] = Array.from({ length: 60_001 }, (_, i) => ({
  recordingId: randomUUID(),
  agentId: agents[i % 5] ?? '',
  forced: i % 9 === 0 ? (FORCED_REASONS[i % FORCED_REASONS.length] ?? null) : null,
  late: i % 7 === 0,
}));

test('a frame comes back from its pieces as it was, with its hash', () => {
  const built = buildFrame(entries);
  if (!built.ok) throw new Error(built.error.fault);
  // Each is read before the next is asked for, as the database is given it.
  const pieces = Array.from(framePieces(built.frame), ({ rows, lines }) => ({ rows, back: readPiece(lines) }));
  expect(pieces.map(({ rows }) => rows)).toEqual([10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 1]);
  const back = pieces.flatMap((piece) => piece.back);
  expect(back.slice(0, 20)).toEqual([...frameEntries(built.frame)].slice(0, 20));
  const again = buildFrame(back);
  expect(again).toMatchObject({ ok: true, frame: { hash: built.frame.hash } });
});

test('pieces that were stored as compressed lines are still read', () => {
  const lines = entries
    .slice(0, 20)
    .map(({ recordingId, agentId, forced, late }) => `${recordingId}\t${agentId}\t${forced ?? ''}\t${late ? 1 : 0}`);
  expect(readPiece(gzipSync(lines.join('\n')))).toEqual(entries.slice(0, 20));
});

/** Reads a draw back for recomputing it. */
import { z } from 'zod';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { StoredDraw } from '../../ports/sampling-store.ts';
import { type FrameEntry, OVERLAP_ALGORITHM, type OverlapRequest } from '../../rules/sampling.ts';

const request = z.object({
  algorithm: z.string(),
  kind: z.enum(['daily', 'weekly']),
  rate: z.number(),
  agentRates: z.array(z.object({ agentId: z.string(), rate: z.number(), minimum: z.number() })),
  alreadyDrawn: z.array(z.string()),
});
const overlapRequest = z.object({ algorithm: z.string(), size: z.number(), avoided: z.array(z.string()) });
const kind = z.enum(['daily', 'weekly', 'overlap']);
const reason = z.enum(['lot', 'tightened', 'once-a-week', 'complaint', 'first-week', 'long', 'short']);

export async function readStoredDraw(
  client: PrismaClient,
  drawId: string,
  readPiece: (lines: Uint8Array) => FrameEntry[],
): Promise<StoredDraw | null> {
  const row = await client.draw.findUnique({
    where: { id: drawId },
    include: { items: true, frame: { orderBy: { piece: 'asc' } } },
  });
  if (row === null) return null;
  const { campaignId, kind: drawnAs, periodFrom, round } = row;
  const promised = await client.drawKey.findUnique({
    where: { campaignId_kind_periodFrom_round: { campaignId, kind: drawnAs, periodFrom, round } },
  });
  return {
    drawId,
    campaignId: row.campaignId,
    kind: kind.parse(row.kind),
    request: row.kind === 'overlap' ? overlapOf(row.request, row.size) : request.parse(row.request),
    key: row.key,
    commitment: row.commitment,
    // What was promised beforehand counts, and not what the draw says of it; nothing agrees with a promise that is gone.
    promise: promised?.commitment ?? '',
    committedAt: promised?.committedAt.getTime() ?? 0,
    frameHash: row.frameHash,
    figures: {
      algorithm: row.algorithm,
      rate: row.rate,
      frameSize: row.frameSize,
      size: row.size,
      forced: row.forced,
      late: row.late,
    },
    entries: entriesOf(
      row.frame.map(({ lines }) => lines),
      readPiece,
    ),
    drawn: row.items.map((item) => ({
      recordingId: item.recordingId,
      agentId: item.agentId,
      reason: reason.parse(item.reason),
      inclusionProbability: item.probability,
      late: item.late,
    })),
  };
}

/** Piece by piece, so that a large frame is never a list of objects. Can be gone through more than once. */
function entriesOf(
  pieces: readonly Uint8Array[],
  readPiece: (lines: Uint8Array) => FrameEntry[],
): Iterable<FrameEntry> {
  return {
    *[Symbol.iterator]() {
      for (const piece of pieces) yield* readPiece(piece);
    },
  };
}

/** Overlaps of before did not keep their size and avoided nothing: which is the same rule with nothing to avoid. */
function overlapOf(stored: unknown, size: number): OverlapRequest {
  const parsed = overlapRequest.safeParse(stored);
  return parsed.success ? parsed.data : { algorithm: OVERLAP_ALGORITHM, size, avoided: [] };
}

import { createHash } from 'node:crypto';
import {
  buildFrame,
  commitmentOf,
  DRAW_ALGORITHM,
  type Draw,
  type Drawn,
  type DrawRequest,
  drawSamples,
  type Frame,
  type FrameEntry,
} from '../../../qa/rules/sampling.ts';

/** A key for trial number `n`: any 32 bytes will do. */
export function keyOf(n: number): string {
  return createHash('sha256').update(`trial ${n}`).digest('hex');
}

export function entries(sizes: readonly number[], forced: FrameEntry['forced'] = null): FrameEntry[] {
  return sizes.flatMap((size, agent) =>
    Array.from({ length: size }, (_, i) => ({
      recordingId: `r-${agent}-${String(i).padStart(4, '0')}`,
      agentId: `agent-${agent}`,
      forced,
      late: false,
    })),
  );
}

export function frameOf(rows: Iterable<FrameEntry>): Frame {
  const built = buildFrame(rows);
  if (!built.ok) throw new Error(built.error.fault);
  return built.frame;
}

export function request(change: Partial<DrawRequest> = {}): DrawRequest {
  return { algorithm: DRAW_ALGORITHM, kind: 'daily', rate: 0.1, agentRates: [], alreadyDrawn: [], ...change };
}

export function allAgents(frame: Frame): string[] {
  return [...frame.agentIds];
}

/** A draw whose recordings are in a list of their own, so that they can be looked at one by one. */
export type ListedDraw = Draw & { readonly drawn: readonly Drawn[] };

export function draw(frame: Frame, asked: DrawRequest, trial: number): ListedDraw {
  const key = keyOf(trial);
  const result = drawSamples(frame, asked, key, commitmentOf(key));
  if (!result.ok) throw new Error(result.faults.map(({ fault }) => fault).join());
  return { ...result.draw, drawn: [...result.draw.drawn] };
}

export function idsOf({ drawn }: Draw): string[] {
  return Array.from(drawn, ({ recordingId }) => recordingId);
}

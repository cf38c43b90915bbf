/**
 * A draw recomputed while others are served: a frame of a million recordings takes seconds to read, so after every few thousand the
 * process looks after what else has come in, and tells how far it is.
 */
import { setImmediate as others } from 'node:timers/promises';
import { type DrawVerdict, FrameBuilder, type StoredDraw, verifyFrame } from '../rules/sampling.ts';

const AT_ONCE = 20_000;

export async function recomputeDraw(
  { entries, ...stored }: StoredDraw,
  progress: (done: number) => void,
): Promise<DrawVerdict> {
  const builder = new FrameBuilder();
  let done = 0;
  for (const entry of entries) {
    builder.add(entry);
    done += 1;
    if (done % AT_ONCE !== 0) continue;
    progress(done);
    await others();
  }
  progress(done);
  return verifyFrame(builder.finish(), stored);
}

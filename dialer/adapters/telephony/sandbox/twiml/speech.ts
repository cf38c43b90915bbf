import type { Call, LiveCall } from '../calls/call.ts';
import { refreshFarEnd } from '../calls/far-end.ts';
import type { World } from '../world.ts';
import type { Run } from './run.ts';

/** Speaking rates: about 14 Latin characters or 5 Chinese, Japanese or Korean ones a second. */
const LATIN_PER_SECOND = 14;
const CJK_PER_SECOND = 5;
const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{2fa1f}]/u;

/** How long a text takes to be said, in milliseconds. */
export function sayMs(text: string): number {
  let seconds = 0;
  for (const character of text.trim()) seconds += 1 / (CJK.test(character) ? CJK_PER_SECOND : LATIN_PER_SECOND);
  return Math.ceil(seconds * 1_000);
}

/** Speaks on a leg for so long; the person there listens meanwhile. */
export async function speak(world: World, leg: { call: Call; live: LiveCall; run: Run }, ms: number): Promise<void> {
  leg.live.speaking += 1;
  refreshFarEnd(world, leg.call);
  try {
    await leg.run.wait(ms);
  } finally {
    leg.live.speaking -= 1;
    refreshFarEnd(world, leg.call);
  }
}

import type { Side } from '../audio/conversation.ts';
import { soundOf } from '../audio/conversation.ts';
import type { Call, LiveCall } from '../calls/call.ts';
import { phaseOf } from '../calls/far-end.ts';
import { voiceOf } from '../recordings/recorder.ts';

/** The customer a desk talks to now: the other leg of its bridge, or the first one in its room. */
function partnerOf(call: Call, live: LiveCall): Call | null {
  if (live.peer !== null) return live.peer;
  for (const other of live.seat?.conference.participants.values() ?? [])
    if (other.call !== call && other.call.live?.behaviour && other.call.live.behaviour.kind !== 'desk')
      return other.call;
  return null;
}

/**
 * What is heard on a leg from a moment on. A desk hears its customer, with the very samples that the customer's
 * recording has; what the desk says is the other track of it.
 *
 * @param side `far`: what the party of this leg says; `near`: what it hears
 */
export function soundNow(call: Call, live: LiveCall, side: Side, atMs: number, samples: number): Int16Array {
  if (live.behaviour?.kind === 'desk') {
    const partner = partnerOf(call, live);
    if (!partner?.live || phaseOf(partner) !== 'talk') return new Int16Array(samples);
    return soundNow(partner, partner.live, side === 'near' ? 'far' : 'near', atMs, samples);
  }
  const scene = live.scenes.at(-1);
  if (!scene || call.answeredAt === null) return new Int16Array(samples);
  const stretch = { kind: scene.kind, sceneMs: atMs - scene.atMs, callMs: atMs - call.answeredAt, ms: 0 };
  return soundOf(voiceOf(call, live), stretch, side, 0, samples);
}

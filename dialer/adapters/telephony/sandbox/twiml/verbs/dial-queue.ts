import type { Call } from '../../calls/call.ts';
import { wholeSeconds } from '../../format.ts';
import { bridge } from '../../rooms/bridge.ts';
import type { QueueSeat } from '../../rooms/queue.ts';
import { takeFront } from '../../rooms/queue-moves.ts';
import type { Context } from '../context.ts';
import { methodOf, numberOf, resolveUrl, warn } from '../context.ts';
import type { XmlElement } from '../xml.ts';
import { textOf } from '../xml.ts';

/** How often an empty queue is looked at again. */
const LOOK_AGAIN_MS = 200;

/** Connects the leg with whoever is first in a queue; waits for somebody until the timeout. */
export async function dialQueue(
  context: Context,
  dialElement: XmlElement,
  noun: XmlElement,
): Promise<Record<string, string>> {
  const { world, run, call } = context;
  const queue = world.queues.named(textOf(noun).trim());
  if (queue === undefined) {
    warn(context, 13228, 'Dial: Queue: no such queue');
    return { DialCallStatus: 'failed', DialBridged: 'false' };
  }
  const url = noun.attributes.url === undefined ? null : resolveUrl(context, noun.attributes.url);
  const whisper = url === null ? null : { url, method: methodOf(noun) };
  const until = world.clock.now() + numberOf(dialElement, 'timeout', 5, 600, 30) * 1_000;
  const told = new Set<() => void>();
  let seat: QueueSeat | null = null;
  for (;;) {
    seat = takeFront(world, queue, { kind: 'bridge', peer: call, over: (done) => void told.add(done) });
    if (seat || world.clock.now() >= until) break;
    await run.wait(LOOK_AGAIN_MS);
  }
  if (!seat) return { DialCallStatus: 'no-answer', DialBridged: 'false' };
  const member = seat.call;
  const began = world.clock.now();
  const end = () => {
    for (const done of told) done();
  };
  try {
    if (whisper) await greet(context, member, whisper);
    run.check();
    await together(context, member);
  } finally {
    end();
  }
  return {
    DialCallStatus: 'completed',
    DialBridged: 'true',
    DialCallSid: member.sid,
    DialCallDuration: String(wholeSeconds(world.clock.now() - began)),
  };
}

/** The member hears a document before they are connected. */
async function greet(context: Context, member: Call, source: { url: string; method: 'GET' | 'POST' }): Promise<void> {
  const { live } = member;
  if (!live?.run) return;
  await context.perform({ call: member, live, run: live.run }, { kind: 'url', ...source }, {}).catch(() => false);
}

async function together(context: Context, member: Call): Promise<void> {
  const { world, run, call } = context;
  if (member.live === null) return;
  const part = bridge(world, call, member);
  try {
    await run.until<void>((done) => member.live?.run?.onStop(() => done()) ?? (() => {}));
  } finally {
    part();
  }
}

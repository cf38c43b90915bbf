import { BEHAVIOURS } from '../numbers/test-numbers.ts';
import { runProgram } from '../twiml/program.ts';
import type { Params } from '../webhooks/params.ts';
import type { World } from '../world.ts';
import type { Call, Callback, LiveCall } from './call.ts';
import { createCall } from './dialling.ts';

/** Where an inbound call goes: settings of a number or of an application. */
export type InboundTarget = { document: Callback; fallback: Callback | null; statusCallback: Callback | null };

const method = (text: string | undefined) => (text === 'GET' ? 'GET' : 'POST');

/** The target that the settings of a number or an application name, or nothing. */
export function targetOf(settings: Readonly<Record<string, string>>): InboundTarget | null {
  const url = settings.voice_url;
  if (!url) return null;
  const fallback = settings.voice_fallback_url;
  const status = settings.status_callback;
  return {
    document: { url, method: method(settings.voice_method) },
    fallback: fallback ? { url: fallback, method: method(settings.voice_fallback_method) } : null,
    statusCallback: status ? { url: status, method: method(settings.status_callback_method) } : null,
  };
}

/**
 * A call that comes in: it rings while its document is fetched, and is answered by the first verb that needs it.
 *
 * `client:` callers are browser phones and stay; all others are people with the fixed behaviour of their number.
 */
export function receiveCall(
  world: World,
  wish: { from: string; to: string; target: InboundTarget; parameters: Params },
): Call & { live: LiveCall } {
  const { from, to, target } = wish;
  const plan = from.startsWith('client:') ? BEHAVIOURS.desk : BEHAVIOURS[world.numbers.fixed(from) ?? 'human-at-once'];
  const call = createCall(world, {
    from,
    to,
    direction: 'inbound',
    parentSid: null,
    queueMs: 0,
    plan,
    settings: {
      document: null,
      fallback: target.fallback,
      statusCallback: target.statusCallback && { ...target.statusCallback, events: new Set(['completed']) },
      ringTimeoutMs: 60_000,
      timeLimitMs: 14_400_000,
      detection: null,
      record: null,
    },
  });
  call.status = 'ringing';
  call.startedAt = world.clock.now();
  runProgram(world, call, { kind: 'url', ...target.document }, wish.parameters);
  return call;
}

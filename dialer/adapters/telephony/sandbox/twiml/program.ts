import type { Call, DocumentSource, LiveCall } from '../calls/call.ts';
import { callParams } from '../calls/call-params.ts';
import { answer } from '../calls/dialling.ts';
import { finishCall } from '../calls/lifecycle.ts';
import { notify } from '../webhooks/notify.ts';
import type { Params } from '../webhooks/params.ts';
import type { World } from '../world.ts';
import type { Context, Next } from './context.ts';
import { NEXT, warn } from './context.ts';
import { fetchDocument } from './fetch-document.ts';
import { Run, Stopped } from './run.ts';
import { speak, sayMs } from './speech.ts';
import { knownAttributes, verbNamed } from './verbs/index.ts';
import type { XmlElement } from './xml.ts';
import { elementsOf } from './xml.ts';

const APPLICATION_ERROR = 'We are sorry, an application error has occurred. Goodbye.';

/** A chain of documents that neither speaks nor waits would spin; the carrier ends such calls too. */
const MAX_IDLE_HOPS = 100;

type Leg = { call: Call; live: LiveCall; run: Run };

/**
 * Runs documents on an answered call until they end, then hangs up. A document that is already running is replaced
 * (`redirected`): what it was doing is undone at once.
 */
export function runProgram(world: World, call: Call, source: DocumentSource, params: Params = {}): void {
  const live = call.live;
  if (live === null) return;
  live.run?.stop('redirected');
  const run = new Run(world.clock);
  live.run = run;
  follow(world, { call, live, run }, source, params).then(
    (end) => {
      // A redirect may come between the last verb and this moment: then the call goes on.
      if (run.stopped === null)
        finishCall(world, call, end.kind === 'hang-up' ? (end.status ?? 'completed') : 'completed');
    },
    (error: unknown) => {
      if (error instanceof Stopped) return;
      world.log('program-error', { callSid: call.sid, error: error instanceof Error ? error.stack : String(error) });
      finishCall(world, call, 'completed');
    },
  );
}

async function follow(world: World, leg: Leg, first: DocumentSource, params: Params): Promise<Next> {
  let source = first;
  let extra = params;
  let idleSince = world.clock.now();
  let hops = 0;
  for (;;) {
    const next = await runOne(world, leg, source, extra);
    if (next.kind !== 'document') return next;
    source = next.source;
    extra = next.params;
    const now = world.clock.now();
    // Real webhooks take time of a fast clock as well: only hops within a second of it count as idle.
    if (now - idleSince > 1_000) {
      hops = 0;
      idleSince = now;
    } else hops += 1;
    if (hops > MAX_IDLE_HOPS) {
      notify(world, { callSid: leg.call.sid, code: 11215, level: 'error', text: 'the documents redirect without end' });
      return { kind: 'hang-up' };
    }
  }
}

/** Fetches and runs one document, with the fallback URL where it cannot be had. */
async function runOne(world: World, leg: Leg, source: DocumentSource, extra: Params): Promise<Next> {
  const params = { ...callParams(world, leg.call), ...extra };
  const fetched = await leg.run.follow(fetchDocument(world, source, params));
  if (fetched.ok) return execute(world, leg, source, fetched);
  const place = source.kind === 'url' ? { url: source.url, method: source.method } : {};
  const { code, message: text, body } = fetched;
  notify(world, { callSid: leg.call.sid, code, level: 'error', text, body, params, ...place });
  const fallback = leg.live.settings.fallback;
  if (fallback) {
    const more = { ...params, ErrorCode: String(code), ErrorUrl: source.kind === 'url' ? source.url : '' };
    const second: DocumentSource = { kind: 'url', ...fallback };
    const rescued = await leg.run.follow(fetchDocument(world, second, more));
    if (rescued.ok) return execute(world, leg, second, rescued);
    notify(world, {
      callSid: leg.call.sid,
      code: rescued.code,
      level: 'error',
      text: rescued.message,
      url: fallback.url,
      method: fallback.method,
      params: more,
    });
  }
  // The call was answered, so it ends as completed after the recorded apology: an inference.
  await speak(world, leg, sayMs(APPLICATION_ERROR));
  return { kind: 'hang-up' };
}

async function execute(
  world: World,
  leg: Leg,
  source: DocumentSource,
  document: { root: XmlElement; url: string | null },
): Promise<Next> {
  const context: Context = {
    world,
    ...leg,
    documentUrl: document.url,
    documentMethod: source.kind === 'url' ? source.method : 'POST',
    perform: (other, other_source, params) => perform(world, other, other_source, params),
    children: (elements) => runVerbs(context, elements),
  };
  return runVerbs(context, elementsOf(document.root));
}

async function runVerbs(context: Context, elements: readonly XmlElement[]): Promise<Next> {
  for (const element of elements) {
    context.run.check();
    const verb = verbNamed(element.name);
    if (verb === undefined) {
      warn(context, 12200, `Schema validation warning: unknown element "${element.name}"`);
      continue;
    }
    if (context.call.status === 'ringing' && needsAnswer(element.name)) pickUp(context);
    const known = knownAttributes(element.name);
    for (const attribute of Object.keys(element.attributes)) {
      if (!known.has(attribute))
        warn(context, 12200, `Schema validation warning: unknown attribute "${attribute}" in "${element.name}"`);
    }
    const next = await verb(context, element);
    if (next.kind !== 'next') return next;
  }
  return NEXT;
}

/** An inbound call may be refused or sent elsewhere without having been answered. */
const needsAnswer = (verb: string) => verb !== 'Reject' && verb !== 'Redirect' && verb !== 'Hangup';

function pickUp({ world, call }: Context): void {
  const { live } = call;
  if (live !== null) answer(world, Object.assign(call, { live }), () => {});
}

/** Runs one document on a leg to its end without hanging up; false where it asked for the end or could not be had. */
async function perform(world: World, leg: Leg, source: DocumentSource, params: Params): Promise<boolean> {
  const fetched = await leg.run.follow(fetchDocument(world, source, { ...callParams(world, leg.call), ...params }));
  if (!fetched.ok) {
    const text = fetched.message;
    notify(world, { callSid: leg.call.sid, code: fetched.code, level: 'error', text, body: fetched.body });
    return false;
  }
  const next = await execute(world, leg, source, fetched);
  if (next.kind === 'document') return perform(world, leg, next.source, next.params);
  return next.kind === 'next';
}

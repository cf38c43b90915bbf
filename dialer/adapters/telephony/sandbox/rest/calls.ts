import type { Call, LiveCall } from '../calls/call.ts';
import { createCall, placeCall } from '../calls/dialling.ts';
import { finishCall } from '../calls/lifecycle.ts';
import { runProgram } from '../twiml/program.ts';
import type { World } from '../world.ts';
import { readAddresses } from './addresses.ts';
import { applyApplication } from './application-settings.ts';
import { filterCalls } from './call-filters.ts';
import { readCallback, readDocument, readSettings } from './call-wish.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { created, deleted, notFound, ok, refuse, value } from './http.ts';
import { page } from './pages.ts';
import { showCall } from './show-call.ts';

function create(world: World, request: RestRequest): RestReply {
  const form = applyApplication(world, request.form);
  if (form === null) return refuse(400, 21218, 'Invalid ApplicationSid');
  const addresses = readAddresses(world, form);
  if (!addresses.ok) return addresses.reply;
  const settings = readSettings(form);
  if (!settings.ok) return settings.reply;
  const { document, detection } = settings.value;
  if (document === null) return refuse(400, 21205, 'Url parameter is required.');
  if (world.gate.full(world.calls.live)) return refuse(429, 10004, 'Call concurrency limit exceeded');
  const queueMs = world.gate.take();
  const { to, from } = addresses;
  const call = createCall(world, {
    to,
    from,
    direction: 'outbound-api',
    parentSid: null,
    settings: settings.value,
    queueMs,
  });
  const body = showCall(world, call);
  const waits = detection !== null && !detection.asynchronous;
  placeCall(world, call, () =>
    runProgram(world, call, document, waits && call.answeredBy ? { AnsweredBy: call.answeredBy } : {}),
  );
  const reply = created(body);
  return reply.kind === 'json' && world.faults.hit('lost-create-answer') ? { ...reply, drop: true } : reply;
}

/** A call that this account has and that reads already show. */
function seenCall(world: World, sid: string): Call | undefined {
  const call = world.calls.get(sid);
  if (!call) return undefined;
  const stale = world.faults.hit('stale-reads');
  return stale && world.clock.now() - call.createdAt < stale.ms ? undefined : call;
}

function update(world: World, request: RestRequest): RestReply {
  const call = world.calls.get(request.at.call ?? '');
  if (!call) return notFound(request.path);
  const { form } = request;
  const status = value(form, 'Status');
  if (status !== null && status !== 'canceled' && status !== 'completed')
    return refuse(400, 20001, 'Status must be canceled or completed');
  // That they exclude each other is documented, the code is an inference.
  if (value(form, 'Url') && value(form, 'Twiml')) return refuse(400, 20001, 'Url and Twiml exclude each other');
  const document = readDocument(form);
  if (!document.ok) return document.reply;
  const fallback = readCallback(form, 'FallbackUrl', 'FallbackMethod');
  if (!fallback.ok) return fallback.reply;
  const callback = readCallback(form, 'StatusCallback', 'StatusCallbackMethod');
  if (!callback.ok) return callback.reply;
  const { live } = call;
  if (status !== null) return end(world, call, live, status);
  if (live === null || (document.value !== null && call.status !== 'in-progress'))
    return refuse(400, 21220, 'Call is not in-progress. Cannot redirect.');
  if (fallback.value) live.settings.fallback = fallback.value;
  if (callback.value)
    live.settings.statusCallback = {
      events: new Set(['completed']),
      ...live.settings.statusCallback,
      ...callback.value,
    };
  const limit = Number(value(form, 'TimeLimit') ?? Number.NaN);
  if (limit > 0 && call.answeredAt !== null) {
    const left = Math.max(0, call.answeredAt + limit * 1_000 - world.clock.now());
    live.timers.add(world.clock.after(left, () => finishCall(world, call, 'completed')));
  }
  call.updatedAt = world.clock.now();
  if (document.value) runProgram(world, call, document.value);
  return ok(showCall(world, call));
}

/** `canceled` ends what is not answered and leaves a call in progress alone; `completed` ends whatever there is. */
function end(world: World, call: Call, live: LiveCall | null, status: 'canceled' | 'completed'): RestReply {
  if (live === null) return refuse(400, 21220, 'Call is not in-progress. Cannot redirect.');
  if (call.status !== 'in-progress') finishCall(world, call, 'canceled', 487);
  else if (status === 'completed') finishCall(world, call, 'completed');
  return ok(showCall(world, call));
}

function list(world: World, request: RestRequest): RestReply {
  const stale = world.faults.hit('stale-reads');
  const now = world.clock.now();
  const seen = world.calls.newestFirst().filter((call) => !stale || now - call.createdAt >= stale.ms);
  const filtered = filterCalls(seen, request.query);
  return page(
    request,
    'calls',
    filtered,
    (call) => call.sid,
    (call) => showCall(world, call),
  );
}

function remove(world: World, request: RestRequest): RestReply {
  const call = world.calls.get(request.at.call ?? '');
  if (!call) return notFound(request.path);
  if (call.live !== null) return refuse(409, 20009, 'Call is not complete. Cannot delete.');
  world.calls.remove(call.sid);
  return deleted;
}

const ALL = '/2010-04-01/Accounts/:account/Calls.json';
const ONE = '/2010-04-01/Accounts/:account/Calls/:call.json';

export const callRoutes: readonly Route[] = [
  { method: 'POST', pattern: ALL, handle: create },
  { method: 'GET', pattern: ALL, handle: list },
  {
    method: 'GET',
    pattern: ONE,
    handle: (world, request) => {
      const call = seenCall(world, request.at.call ?? '');
      return call ? ok(showCall(world, call)) : notFound(request.path);
    },
  },
  { method: 'POST', pattern: ONE, handle: update },
  { method: 'DELETE', pattern: ONE, handle: remove },
];

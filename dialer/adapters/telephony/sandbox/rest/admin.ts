import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import type { Call, LiveCall } from '../calls/call.ts';
import { receiveCall, targetOf } from '../calls/inbound.ts';
import { finishCall } from '../calls/lifecycle.ts';
import { FAULTS, isFaultName } from '../faults/faults.ts';
import type { World } from '../world.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { notFound, ok, refuse } from './http.ts';
import type { RestStats } from './server.ts';

const wish = z.record(
  z.string(),
  z.union([z.null(), z.boolean(), z.object({ rate: z.number().min(0).max(1).optional(), ms: z.number().optional() })]),
);

/** `PUT /sandbox/faults` with `{"name": {"rate": 0.2, "ms": 3000}, "other": null}`; others stay as they are. */
function setFaults(world: World, request: RestRequest): RestReply {
  let json: unknown;
  try {
    json = JSON.parse(request.form.get('json') ?? '');
  } catch {
    return refuse(400, 20001, 'The body must be JSON');
  }
  const read = wish.safeParse(json);
  if (!read.success) return refuse(400, 20001, z.prettifyError(read.error));
  const unknown = Object.keys(read.data).filter((name) => !isFaultName(name));
  if (unknown.length > 0) return refuse(400, 20001, `No such fault: ${unknown.join(', ')}`);
  for (const [name, setting] of Object.entries(read.data)) {
    if (!isFaultName(name)) continue;
    if (setting === null || typeof setting === 'boolean') world.faults.set(name, { rate: setting ? 1 : 0 });
    else
      world.faults.set(name, {
        ...(setting.rate === undefined ? {} : { rate: setting.rate }),
        ...(setting.ms === undefined ? {} : { ms: setting.ms }),
      });
  }
  return ok({ known: FAULTS, ...world.faults.state() });
}

/** The sandbox's own counters; times in milliseconds. */
export type SandboxStats = {
  calls: { created: number; live: number; remembered: number };
  conferences: { live: number };
  recordings: number;
  webhooks: { sent: number; failed: number; inFlight: number; refusedHosts: number; meanMs: number; maxMs: number };
  rest: { served: number; inFlight: number; refused429: number };
  process: { cpuMs: number; rssBytes: number; heapBytes: number; lagP50Ms: number; lagP99Ms: number; lagMaxMs: number };
};

/** A reader of the counters, with the event loop's lag measured since the last reading. */
export function statsReader(
  world: World,
  rest: RestStats,
): { read: (keepLag?: boolean) => SandboxStats; close: () => void } {
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  const read = (keepLag = false): SandboxStats => {
    const { sent, failed, inFlight, refusedHosts, totalMs, maxMs } = world.webhooks.stats;
    const cpu = process.cpuUsage();
    const memory = process.memoryUsage();
    const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - 10);
    const stats: SandboxStats = {
      calls: { created: world.calls.created, live: world.calls.live, remembered: world.calls.size },
      conferences: { live: world.conferences.live },
      recordings: world.recordings.size,
      webhooks: { sent, failed, inFlight, refusedHosts, meanMs: sent === 0 ? 0 : totalMs / sent, maxMs },
      rest: { ...rest },
      process: {
        cpuMs: (cpu.user + cpu.system) / 1_000,
        rssBytes: memory.rss,
        heapBytes: memory.heapUsed,
        lagP50Ms: ms(lag.percentile(50)),
        lagP99Ms: ms(lag.percentile(99)),
        lagMaxMs: ms(lag.max),
      },
    };
    if (!keepLag) lag.reset();
    return stats;
  };
  return { read, close: () => lag.disable() };
}

/** A person's side of a live call: what they press, and that they hang up. */
function onLive(act: (world: World, call: Call & { live: LiveCall }, request: RestRequest) => void) {
  return (world: World, request: RestRequest): RestReply => {
    const call = world.calls.get(request.at.call ?? '');
    if (!call?.live) return notFound(request.path);
    act(world, Object.assign(call, { live: call.live }), request);
    return ok({ sid: call.sid, status: call.status });
  };
}

/** What the phone network planned for a live call: whether the person accepts, and so on. For simulated crews. */
function showPlan(world: World, request: RestRequest): RestReply {
  const call = world.calls.get(request.at.call ?? '');
  return call?.live ? ok({ sid: call.sid, status: call.status, plan: call.live.plan }) : notFound(request.path);
}

/** Somebody calls one of the account's numbers. */
function inbound(world: World, request: RestRequest): RestReply {
  const from = request.form.get('From') ?? '';
  const to = request.form.get('To') ?? '';
  const number = world.numbers.owned(to);
  const application = world.applications.get(number?.settings.voice_application_sid ?? '');
  const target = number ? targetOf(application?.settings ?? number.settings) : null;
  if (target === null) return refuse(400, 21212, 'To must be a number of the account with a voice URL');
  const call = receiveCall(world, { from, to, target, parameters: {} });
  return ok({ sid: call.sid, status: call.status });
}

/** Administration: faults and counters. Opened by the account's own credentials. */
export function adminRoutes(stats: (keepLag?: boolean) => SandboxStats): Route[] {
  return [
    { method: 'GET', pattern: '/sandbox/faults', handle: (world) => ok({ known: FAULTS, ...world.faults.state() }) },
    { method: 'PUT', pattern: '/sandbox/faults', handle: setFaults },
    { method: 'POST', pattern: '/sandbox/faults', handle: setFaults },
    {
      method: 'DELETE',
      pattern: '/sandbox/faults',
      handle: (world) => {
        world.faults.clear();
        return ok({ known: FAULTS, ...world.faults.state() });
      },
    },
    { method: 'POST', pattern: '/sandbox/calls', handle: inbound },
    { method: 'GET', pattern: '/sandbox/calls/:call', handle: showPlan },
    {
      method: 'POST',
      pattern: '/sandbox/calls/:call/digits',
      handle: onLive((_world, call, request) => {
        for (const listen of call.live.digitListeners) listen(request.form.get('Digits') ?? '');
      }),
    },
    {
      method: 'POST',
      pattern: '/sandbox/calls/:call/hang-up',
      handle: onLive((world, call) => finishCall(world, call, 'completed')),
    },
    { method: 'GET', pattern: '/sandbox/stats', handle: () => ok(stats()) },
    {
      // As stats, without starting the measurement of the lag anew. `?collect`: what is no longer needed is freed before, if
      // Node runs with --expose-gc; then the heap is what the sandbox really keeps.
      method: 'GET',
      pattern: '/sandbox/counts',
      handle: (_world, request) => {
        if (request.query.has('collect')) globalThis.gc?.();
        return ok(stats(true));
      },
    },
  ];
}

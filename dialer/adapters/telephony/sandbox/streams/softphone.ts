import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { bytesOf } from '../audio/wav.ts';
import type { Call } from '../calls/call.ts';
import { isOver } from '../calls/call.ts';
import { receiveCall, targetOf } from '../calls/inbound.ts';
import { finishCall } from '../calls/lifecycle.ts';
import type { World } from '../world.ts';
import { soundNow } from './sound-now.ts';

const FRAME_MS = 100;
/** A page that is loaded again, or whose network breaks off, finds its call still up for so long (real time). */
const GRACE_MS = 10_000;

/** The form that the carrier's own phones are given. */
const headSchema = z.object({ alg: z.literal('HS256'), typ: z.literal('JWT'), cty: z.literal('twilio-fpa;v=1') });
const LONGEST_S = 24 * 3_600;

const tokenSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  iat: z.number().optional(),
  nbf: z.number().optional(),
  exp: z.number(),
  grants: z.object({
    identity: z.string().min(1),
    voice: z.object({
      incoming: z.object({ allow: z.boolean() }).optional(),
      outgoing: z.object({ application_sid: z.string() }).optional(),
    }),
  }),
});

type Grant = { identity: string; applicationSid: string | null; mayBeCalled: boolean };

const wishSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('connect'), parameters: z.record(z.string(), z.string()).default({}) }),
  z.object({ event: z.literal('digits'), digits: z.string().regex(/^[0-9*#]+$/) }),
  z.object({ event: z.literal('hang-up') }),
]);

/** Reads an access token (HS256, signed with an API key's secret); null where it is not this account's or has run out. */
function readToken(world: World, token: string): Grant | null {
  const [head = '', body = '', signature = ''] = token.split('.');
  const claims = tokenSchema.safeParse(decode(body));
  if (!claims.success || !headSchema.safeParse(decode(head)).success) return null;
  const { iss, sub, iat, nbf, exp, grants } = claims.data;
  // Tokens are issued by real clocks, whatever the sandbox's clock shows.
  const now = Date.now() / 1_000;
  if (exp <= now || (nbf ?? 0) > now || exp - (iat ?? now) > LONGEST_S) return null;
  const key = world.identity.apiKeys.find((one) => one.sid === iss);
  if (!key || sub !== world.identity.accountSid) return null;
  const expected = createHmac('sha256', key.secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { incoming, outgoing } = grants.voice;
  return {
    identity: grants.identity,
    applicationSid: outgoing?.application_sid ?? null,
    mayBeCalled: incoming?.allow === true,
  };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/**
 * The browser phones' side: one WebSocket for each, in place of the carrier's own signalling and WebRTC.
 *
 * `ws://…/sandbox/softphone?token=…`. The server tells `ready`, `call` and `call-over` as JSON and sends what the leg
 * hears as binary frames (8 kHz, 16 bit, mono, 100 ms). The phone sends `connect`, `digits` and `hang-up`. A call whose
 * phone goes away ends soon after, unless the same identity has another phone by then.
 */
export function softphones(world: World): {
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close: () => void;
} {
  const server = new WebSocketServer({ noServer: true });
  const attached = new Map<string, number>();
  const leaving = new Set<NodeJS.Timeout>();
  const count = (address: string, by: number): void => {
    const now = (attached.get(address) ?? 0) + by;
    if (now > 0) attached.set(address, now);
    else attached.delete(address);
  };

  /** A browser that goes away takes its call with it. */
  const gone = (address: string, call: Call | null): void => {
    count(address, -1);
    if (call === null) return;
    const timer = setTimeout(() => {
      leaving.delete(timer);
      if (!attached.has(address) && !isOver(call)) finishCall(world, call, 'completed');
    }, GRACE_MS);
    leaving.add(timer);
  };

  return {
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '', world.baseUrl);
      const grant =
        url.pathname === '/sandbox/softphone' ? readToken(world, url.searchParams.get('token') ?? '') : null;
      if (grant === null) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (phone) => {
        count(`client:${grant.identity}`, 1);
        attach(world, phone, grant, gone);
      });
    },
    close() {
      for (const timer of leaving) clearTimeout(timer);
      for (const phone of server.clients) phone.terminate();
      server.close();
    },
  };
}

function attach(
  world: World,
  phone: WebSocket,
  grant: Grant,
  gone: (address: string, call: Call | null) => void,
): void {
  const address = `client:${grant.identity}`;
  let current: Call | null = null;
  let heardUntil = 0;
  let cancel = () => {};
  const say = (message: Readonly<Record<string, unknown>>) => phone.send(JSON.stringify(message));
  const tick = () => {
    cancel = world.clock.after(FRAME_MS, tick);
    if (current !== null && isOver(current)) {
      say({ event: 'call-over', callSid: current.sid, status: current.status });
      current = null;
    }
    if (current === null) {
      const found = world.calls.liveOf(address);
      // Who may not be called is only given the calls it makes itself.
      if (found === null || (found.direction !== 'inbound' && !grant.mayBeCalled)) return;
      current = found;
      heardUntil = world.clock.now();
      say({ event: 'call', callSid: current.sid, direction: current.direction });
    }
    const now = world.clock.now();
    if (current.live === null || now - heardUntil > 2_000) heardUntil = now - FRAME_MS;
    const samples = Math.floor((now - heardUntil) * 8);
    if (current.live !== null && samples > 0)
      phone.send(bytesOf(soundNow(current, current.live, 'near', heardUntil, samples)));
    heardUntil += samples / 8;
  };
  phone.on('message', (data) => {
    const wish = wishSchema.safeParse(decodeText(String(data)));
    if (!wish.success) return;
    switch (wish.data.event) {
      case 'connect': {
        const application = grant.applicationSid === null ? undefined : world.applications.get(grant.applicationSid);
        const target = application ? targetOf(application.settings) : null;
        if (target === null) say({ event: 'refused', code: 21218 });
        else receiveCall(world, { from: address, to: '', target, parameters: wish.data.parameters });
        break;
      }
      case 'digits':
        for (const listen of current?.live?.digitListeners ?? []) listen(wish.data.digits);
        break;
      case 'hang-up':
        if (current) finishCall(world, current, 'completed');
    }
  });
  phone.on('error', () => phone.terminate());
  phone.on('close', () => {
    cancel();
    gone(address, current);
  });
  say({ event: 'ready', identity: grant.identity });
  tick();
}

function decodeText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

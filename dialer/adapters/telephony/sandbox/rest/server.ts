import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { newSid } from '../ids.ts';
import type { World } from '../world.ts';
import type { RestReply, RestRequest } from './http.ts';
import { notFound, refuse } from './http.ts';
import type { Router } from './router.ts';

const MAX_FORM = 256 * 1024;
const METHODS = ['GET', 'POST', 'DELETE', 'PUT'] as const;
const isMethod = (text: string): text is RestRequest['method'] => METHODS.some((one) => one === text);

/** Requests in flight, for 429 and for the statistics. */
export type RestStats = { inFlight: number; served: number; refused429: number };

/** The REST side: Basic authentication, limits, faults, routing, and the carrier's headers. */
export function restHandler(world: World, router: Router, limit: number, stats: RestStats) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const began = performance.now();
    stats.inFlight += 1;
    response.once('close', () => {
      stats.inFlight -= 1;
    });
    serve(world, router, limit, stats, request, response).then(
      (reply) => send(response, reply, stats, began),
      (error: unknown) => {
        world.log('rest-error', { error: error instanceof Error ? error.stack : String(error) });
        send(response, refuse(500, 20500, 'An internal server error has occurred'), stats, began);
      },
    );
  };
}

async function serve(
  world: World,
  router: Router,
  limit: number,
  stats: RestStats,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<RestReply> {
  const [path = '', search = ''] = (request.url ?? '').split('?', 2);
  const body = await readBody(request);
  if (body === null) return refuse(413, 20001, 'The request is too large');
  if (!mayEnter(world, request)) return refuse(401, 20003, 'Authenticate');
  const admin = path.startsWith('/sandbox/');
  if (!admin) {
    if (stats.inFlight > limit || world.faults.hit('rest-429')) {
      stats.refused429 += 1;
      return refuse(429, 20429, 'Too many requests');
    }
    if (world.faults.hit('rest-500')) return refuse(500, 20500, 'An internal server error has occurred');
    if (world.faults.hit('rest-reset')) return { kind: 'json', status: 500, body: null, drop: true };
  }
  const method = request.method ?? '';
  const found = router.find(method, path);
  if (found === undefined) return notFound(path);
  if (found === 'known' || !isMethod(method)) return refuse(405, 20004, 'Method not allowed');
  if (found.at.account !== undefined && found.at.account !== world.identity.accountSid) return notFound(path);
  const json = (request.headers['content-type'] ?? '').startsWith('application/json');
  const form = new URLSearchParams(json ? '' : body);
  const rest: RestRequest = {
    method,
    path,
    query: new URLSearchParams(search),
    form,
    at: found.at,
    raw: { request, response },
  };
  const reply = await found.route.handle(world, json ? { ...rest, form: new URLSearchParams({ json: body }) } : rest);
  const slow = admin ? null : world.faults.hit('rest-slow');
  if (slow) await new Promise((done) => setTimeout(done, slow.ms));
  return reply;
}

/** The account with its token, or an API key with its secret. */
function mayEnter(world: World, request: IncomingMessage): boolean {
  const match = /^Basic ([A-Za-z0-9+/=]+)$/.exec(request.headers.authorization ?? '');
  if (!match) return false;
  const text = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const user = text.slice(0, colon);
  const secret = text.slice(colon + 1);
  const { accountSid, authToken, apiKeys } = world.identity;
  const expected = user === accountSid ? authToken : apiKeys.find((key) => key.sid === user)?.secret;
  return expected !== undefined && same(secret, expected);
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  if (request.method === 'GET' || request.method === 'DELETE') {
    request.resume();
    return '';
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > MAX_FORM) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, reply: RestReply, stats: RestStats, began: number): void {
  stats.served += 1;
  if (reply.kind === 'handled') return;
  if (reply.kind === 'json' && reply.drop) {
    response.destroy();
    return;
  }
  // Headers as they are known from practice; not documented.
  response.setHeader('Twilio-Request-Id', newSid('RQ'));
  response.setHeader('Twilio-Concurrent-Requests', String(stats.inFlight));
  response.setHeader('Twilio-Request-Duration', ((performance.now() - began) / 1_000).toFixed(3));
  if (reply.kind === 'empty') {
    response.writeHead(reply.status).end();
    return;
  }
  if (reply.status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="Twilio API"');
  const text = JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

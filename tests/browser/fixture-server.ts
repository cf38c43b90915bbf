/**
 * A small server that speaks the contract with example data, for looking at the pages and for tests that need no
 * database. It serves the built pages with the content security policy of the product. The user name is the role.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Role, roles } from '../../src/contract/common.ts';
import { routes } from '../../src/contract/routes.ts';
import { FixtureDesk } from './fixtures/agent.ts';
import { live } from './fixtures/campaigns.ts';
import { agents, ids, now, person } from './fixtures/people.ts';
import { replies } from './fixtures/replies.ts';
import { conversation } from './fixtures/sound.ts';
import { lookUp } from './route-table.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export type FixtureServer = {
  url: string;
  desk: FixtureDesk;
  /** Shows the desk's present view to every open agent window. */
  push: () => void;
  /** Breaks every live connection, as a lost network does. */
  breakLines: () => void;
  /** Requests that had no example, to notice gaps. */
  unanswered: string[];
  /** Bodies of outcomes saved over the live channel. */
  saved: unknown[];
  close: () => Promise<void>;
};

const roleOf = (request: IncomingMessage): Role | null => {
  const found = /fixture=([a-z]+)/.exec(request.headers.cookie ?? '')?.[1];
  return roles.find((role) => role === found) ?? null;
};

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

const problem = (status: number, code: string) => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  detail: '',
  retryable: false,
  requestId: 'fixture',
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const text = Buffer.concat(parts).toString('utf8');
  return request.headers['content-type']?.includes('json') && text !== '' ? JSON.parse(text) : {};
}

const sessionOf = (role: Role | null) => ({
  user: role === null ? null : person(role),
  csrfToken: 'fixture-token',
  expiresAt: now + 8 * 3_600_000,
});

/** `crew`: who works, where another number of agents than the usual is wanted. */
export async function startFixtureServer(webRoot: string, port = 0, crew = agents): Promise<FixtureServer> {
  const startedAt = Date.now();
  const clock = () => now + (Date.now() - startedAt);
  const desk = new FixtureDesk(clock);
  const unanswered: string[] = [];
  const saved: unknown[] = [];
  const sockets = new Set<WebSocket>();
  const agentWindows = new Map<WebSocket, number>();

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL) {
    const method = request.method ?? 'GET';
    const role = roleOf(request);
    const found = lookUp(method, url.pathname);
    if (!found) return json(response, 404, problem(404, 'no-such-route'));
    const { key, id, second } = found;
    const body = await bodyOf(request);
    if (key === 'GET /api/about') return json(response, 200, about(clock()));
    if (key === 'GET /api/session') return json(response, 200, sessionOf(role));
    if (key === 'POST /api/session') return signIn(response, body);
    if (role === null) return json(response, 401, problem(401, 'not-signed-in'));
    if (method !== 'GET' && request.headers['x-csrf-token'] !== 'fixture-token')
      return json(response, 403, problem(403, 'csrf-token'));
    if (key === 'DELETE /api/session')
      return json(response, 200, sessionOf(null), { 'set-cookie': 'fixture=; Path=/; Max-Age=0' });
    const { right } = routes[key];
    if (right !== 'signed-in' && !person(role).rights.includes(right))
      return json(response, 403, problem(403, 'no-right'));
    if (key === 'GET /api/recordings/:id/media') return sendSound(request, response);
    const reply = replies[key];
    if (!reply) {
      unanswered.push(key);
      return json(response, 503, problem(503, 'not-available'));
    }
    return json(response, 200, reply({ id, second, query: url.searchParams, body, role }));
  }

  function signIn(response: ServerResponse, body: unknown) {
    const name = typeof body === 'object' && body !== null && 'username' in body ? body.username : '';
    const role = roles.find((known) => known === name);
    if (!role) return json(response, 401, problem(401, 'wrong-password'));
    return json(response, 200, sessionOf(role), { 'set-cookie': `fixture=${role}; Path=/; HttpOnly; SameSite=Lax` });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    response.setHeader('content-security-policy', policy);
    if (url.pathname.startsWith('/api/')) void answer(request, response, url);
    else sendFile(response, webRoot, url.pathname);
  });

  const desks = new WebSocketServer({ noServer: true });
  const boards = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const target = request.url?.startsWith('/live/agent') ? desks : boards;
    target.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      opened.on('close', () => sockets.delete(opened));
      target.emit('connection', opened);
    });
  });
  const tell = (socket: WebSocket, message: object) => {
    const seq = (agentWindows.get(socket) ?? 0) + 1;
    agentWindows.set(socket, seq);
    socket.send(JSON.stringify({ ...message, seq }));
  };
  const push = () => {
    for (const socket of agentWindows.keys()) tell(socket, { type: 'view', view: { ...desk.view, now: clock() } });
  };
  desks.on('connection', (socket: WebSocket) => {
    for (const older of agentWindows.keys()) {
      tell(older, { type: 'taken-over' });
      agentWindows.delete(older);
      older.close(4409);
    }
    agentWindows.set(socket, 0);
    socket.on('close', () => agentWindows.delete(socket));
    tell(socket, { type: 'view', view: { ...desk.view, now: clock() } });
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'ping') return tell(socket, { type: 'pong', id: message.id, at: clock() });
      if (message.type === 'save-outcome') saved.push(message.outcome);
      const refused = desk.act(message);
      if (refused === null) tell(socket, { type: 'done', id: message.id });
      else tell(socket, { type: 'refused', id: message.id, code: refused, detail: '', retryable: false });
      push();
    });
  });
  boards.on('connection', (socket: WebSocket) => {
    let step = 0;
    const show = () => {
      for (const id of [ids.campaign, ids.campaign2])
        socket.send(JSON.stringify({ type: 'live', seq: step, campaign: live(id, step, clock(), crew) }));
      step += 1;
    };
    const timer = setInterval(show, 1000);
    socket.on('close', () => clearInterval(timer));
    show();
  });

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
    desk,
    push,
    unanswered,
    saved,
    breakLines: () => {
      for (const socket of sockets) socket.terminate();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const about = (at: number) => ({
  name: 'Fairline',
  version: '0.1.0',
  locale: 'en',
  now: at,
  speed: 1,
  demoAccounts: roles.map((role) => ({
    username: role,
    password: 'demo',
    displayName: person(role).displayName,
    role,
  })),
});

function sendSound(request: IncomingMessage, response: ServerResponse) {
  const wav = conversation(127);
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  const from = range ? Number(range[1]) : 0;
  const to = range?.[2] ? Number(range[2]) : wav.length - 1;
  response.writeHead(range ? 206 : 200, {
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    'content-length': to - from + 1,
    ...(range ? { 'content-range': `bytes ${from}-${to}/${wav.length}` } : {}),
  });
  response.end(wav.subarray(from, to + 1));
}

function sendFile(response: ServerResponse, webRoot: string, path: string) {
  const wanted = join(webRoot, normalize(path));
  const isFile = existsSync(wanted) && statSync(wanted).isFile();
  const file = isFile ? wanted : join(webRoot, 'index.html');
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    ...(path.startsWith('/assets/') ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
  });
  createReadStream(file).pipe(response);
}

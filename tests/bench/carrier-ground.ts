import { type ChildProcess, fork } from 'node:child_process';
import http from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
const TOKEN = 'the-token-of-the-benchmark';
const AUTH = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;

export type CarrierWish = { rate: number; agents: number; speed: number; keep: number };

/** The sandbox in a process of its own, on the ordinary phone network. */
export async function startCarrier(wish: CarrierWish): Promise<{ url: string; child: ChildProcess }> {
  const program = new URL(`../../dialer/adapters/telephony/sandbox/main${extname(import.meta.url)}`, import.meta.url);
  const cps = String(Math.max(1, wish.rate * 4 + wish.agents));
  const args = ['--port', '0', '--account', ACCOUNT, '--token', TOKEN, '--cps', cps, '--quiet'];
  args.push('--speed', String(wish.speed), '--requests', '1000', '--keep', String(wish.keep));
  const execArgv = [...process.execArgv, '--expose-gc'];
  const child = fork(fileURLToPath(program), args, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => {
      if (typeof message === 'object' && message !== null && 'listening' in message) resolve(String(message.listening));
    });
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return { url, child };
}

/** What the application was asked and told, by kind: `status completed`, `answer`, `verdict`, `recording` and so on. */
export type Told = Map<string, number>;

/** The application: puts customers into the agents' rooms in turn, answers everything else with nothing, counts all. */
export async function startApplication(agents: number): Promise<{ url: string; close: () => void; told: Told }> {
  let next = 0;
  const told: Told = new Map();
  const count = (kind: string) => told.set(kind, (told.get(kind) ?? 0) + 1);
  const room = (name: string) => {
    const attributes = 'beep="false" waitUrl="" endConferenceOnExit="false"';
    return `<Response><Dial><Conference ${attributes}>${name}</Conference></Dial></Response>`;
  };
  const server = http.createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const path = request.url ?? '';
    if (path === '/status') {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => count(`status ${new URLSearchParams(body).get('CallStatus')}`));
    } else request.resume();
    if (path.startsWith('/agent/')) response.writeHead(200, { 'Content-Type': 'text/xml' }).end(room(path.slice(7)));
    else if (path === '/customer') {
      count('answer');
      next = (next + 1) % agents;
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(room(String(next)));
    } else {
      if (path !== '/status') count(path.slice(1));
      response.writeHead(204).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close(), told };
}

export const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** One REST request with the account's credentials. */
export function rest(url: string, form?: URLSearchParams): Promise<string> {
  return new Promise((resolve, reject) => {
    const method = form ? 'POST' : 'GET';
    const headers = { Authorization: AUTH, 'Content-Type': 'application/x-www-form-urlencoded' };
    const request = http.request(url, { method, agent, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += String(chunk);
      });
      response.on('end', () => resolve(body));
    });
    // A warm connection may be closed by the other side just as it is used again: that is no failure.
    request.once('error', (error) => (request.reusedSocket ? resolve(rest(url, form)) : reject(error)));
    request.end(form?.toString());
  });
}

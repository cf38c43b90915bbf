import http from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import type { CallFate, PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import type { NumbersFile, Sandbox, SandboxOptions } from '../../../dialer/adapters/telephony/sandbox/index.ts';
import { manualClock, startSandbox } from '../../../dialer/adapters/telephony/sandbox/index.ts';

export const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
export const TOKEN = 'a-secret-token-of-the-tests';
export const KEY = { sid: 'SK0123456789abcdef0123456789abcdef', secret: 'a-secret-of-the-key' };
export const CALLER = '+12025550100';
export const HUMAN = '+447700900901';
/** Friday, 9 January 2026, 09:00:00 UTC: a day of one digit, so that padding shows. */
export const START = Date.UTC(2026, 0, 9, 9, 0, 0);

/** One request that the sandbox made to the application. */
export type Seen = {
  path: string;
  method: string;
  params: Record<string, string>;
  headers: http.IncomingHttpHeaders;
  validSignature: boolean;
};

type Answer =
  | string
  | { status?: number; type?: string; body?: string | Buffer; headers?: Record<string, string>; drop?: boolean };

/** The application's side: answers webhooks by path and remembers all of them. */
export class App {
  readonly seen: Seen[] = [];
  readonly #answers = new Map<string, (seen: Seen) => Answer | Promise<Answer>>();
  readonly #server = http.createServer((request, response) => void this.#serve(request, response));
  url = '';

  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.url = `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  /** What a path answers; a text is a TwiML document's inside. */
  on(path: string, answer: Answer | ((seen: Seen) => Answer | Promise<Answer>)): string {
    this.#answers.set(path, typeof answer === 'function' ? answer : () => answer);
    return this.url + path;
  }

  at(path: string): Seen[] {
    return this.seen.filter((one) => one.path === path);
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const body = Object.fromEntries(form);
    const signature = String(request.headers['x-twilio-signature'] ?? '');
    const seen: Seen = {
      path,
      method: request.method ?? '',
      params: { ...Object.fromEntries(new URLSearchParams(query)), ...body },
      headers: request.headers,
      validSignature: twilio.validateRequest(TOKEN, signature, this.url + (request.url ?? ''), body),
    };
    this.seen.push(seen);
    const answer = (await this.#answers.get(path)?.(seen)) ?? { status: 204, body: '' };
    const full = typeof answer === 'string' ? { body: `<Response>${answer}</Response>` } : answer;
    if (full.drop) {
      request.socket.destroy();
      return;
    }
    response.writeHead(full.status ?? 200, { 'Content-Type': full.type ?? 'text/xml', ...full.headers });
    response.end(full.body ?? '');
  }
}

/** A phone network that plays a script: fate by number, a patient person for all others. */
export function scripted(fates: Record<string, CallFate> = {}): PhoneNetwork {
  const person: CallFate = {
    kind: 'person',
    ringMs: 3_000,
    detection: { verdict: 'human', afterMs: 3_000 },
    person: { patienceMs: 10_000, talkMs: 30_000, accepts: true },
  };
  return { plan: ({ to }) => ({ setupMs: 500, fate: fates[to] ?? person }) };
}

/** The official client with only scheme, host and port of its requests replaced. */
export function client(base: string, user = ACCOUNT, secret = TOKEN): twilio.Twilio {
  const httpClient = new twilio.RequestClient();
  const send = httpClient.request.bind(httpClient);
  httpClient.request = (options) => {
    const uri = new URL(options.uri);
    return send({ ...options, uri: base + uri.pathname + uri.search });
  };
  return twilio(user, secret, { accountSid: ACCOUNT, httpClient });
}

export const Authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;

export type Rig = {
  sandbox: Sandbox;
  app: App;
  api: twilio.Twilio;
  /** Moves the virtual clock, timer by timer, until the condition holds. Fails after a virtual hour. */
  until(condition: () => boolean | Promise<boolean>, limitMs?: number): Promise<void>;
  /** Moves the virtual clock on by so much, letting webhooks come and go between timers. */
  pass(ms: number): Promise<void>;
  now(): number;
  get(path: string): Promise<Response>;
  post(path: string, body: URLSearchParams): Promise<Response>;
  /** Dials and waits for the answer; the document is what `path` answers. */
  call(to: string, document: string, more?: Record<string, unknown>): Promise<string>;
  stop(): Promise<void>;
};

/** A sandbox on a clock that stands still, an application and an official client. */
export async function rig(options: Partial<SandboxOptions> & { numbers?: NumbersFile } = {}): Promise<Rig> {
  const clock = manualClock(START);
  const app = new App();
  await app.start();
  const sandbox = await startSandbox({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    apiKeys: [KEY],
    clock,
    network: scripted(),
    cps: 100,
    ...options,
  });
  const api = client(sandbox.url);
  const turn = () => new Promise<void>((done) => setImmediate(done));
  const settle = async () => {
    let quiet = 0;
    while (quiet < 3) {
      await turn();
      quiet = sandbox.busy() ? 0 : quiet + 1;
    }
  };
  const until: Rig['until'] = async (condition, limitMs = 3_600_000) => {
    const limit = clock.now() + limitMs;
    for (;;) {
      await settle();
      if (await condition()) return;
      const next = clock.nextAt() ?? clock.now() + 1_000;
      if (next > limit) throw new Error('the condition did not come true');
      clock.advance(next - clock.now());
    }
  };
  const pass = async (ms: number) => {
    const end = clock.now() + ms;
    for (;;) {
      await settle();
      const next = clock.nextAt();
      if (next === null || next > end) break;
      clock.advance(next - clock.now());
    }
    clock.advance(end - clock.now());
    await settle();
  };
  let made = 0;
  return {
    sandbox,
    app,
    api,
    until,
    pass,
    now: clock.now,
    get: (path) => fetch(sandbox.url + path, { headers: { Authorization } }),
    post: (path, body) => fetch(sandbox.url + path, { method: 'POST', headers: { Authorization }, body }),
    call: async (to, document, more = {}) => {
      made += 1;
      const path = `/document-${made}`;
      const url = app.on(path, document);
      const call = await api.calls.create({ to, from: CALLER, url, ...more });
      await until(() => app.at(path).length > 0);
      await settle();
      return call.sid;
    },
    stop: async () => {
      await sandbox.close();
      await app.stop();
    },
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import http from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { SandboxStats } from '../../dialer/adapters/telephony/sandbox/index.ts';

const ACCOUNT = 'AC0123456789abcdef0123456789abcdef';
const TOKEN = 'the-token-of-the-benchmark';
const AUTH = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;

type Settings = { seconds: number; rate: number; agents: number; speed: number; keep: number };

function settings(args: string[]): Settings {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '60' },
      rate: { type: 'string', default: '20' },
      agents: { type: 'string', default: '50' },
      speed: { type: 'string', default: '1' },
      keep: { type: 'string', default: '10000' },
    },
  });
  return {
    seconds: Number(values.seconds),
    rate: Number(values.rate),
    agents: Number(values.agents),
    speed: Number(values.speed),
    keep: Number(values.keep),
  };
}

/** The sandbox in a process of its own, on the ordinary phone network. */
async function startCarrier(wish: Settings): Promise<{ url: string; child: ChildProcess }> {
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

/** The application: puts customers into the agents' rooms in turn, answers everything else with nothing. */
async function startApplication(agents: number): Promise<{ url: string; close: () => void; hits: () => number }> {
  let next = 0;
  let hits = 0;
  const room = (name: string) => {
    const attributes = 'beep="false" waitUrl="" endConferenceOnExit="false"';
    return `<Response><Dial><Conference ${attributes}>${name}</Conference></Dial></Response>`;
  };
  const server = http.createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    hits += 1;
    request.resume();
    const path = request.url ?? '';
    if (path.startsWith('/agent/')) response.writeHead(200, { 'Content-Type': 'text/xml' }).end(room(path.slice(7)));
    else if (path === '/customer') {
      next = (next + 1) % agents;
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(room(String(next)));
    } else response.writeHead(204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close(), hits: () => hits };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

function rest(url: string, form?: URLSearchParams): Promise<string> {
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

const KEPT_READINGS = 10;
const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/**
 * 200 calls at once with 20 new ones a second (the defaults give about that), each with four callbacks, detection,
 * a dual recording and a room: the share of one core that the sandbox takes, its lag and its memory.
 *
 * What is kept shows after so many calls that the oldest are forgotten (--keep): the heap after a forced collection, at ten
 * instants of the run with the calls made until then, stays where it is. Recordings are descriptions and cost as little.
 *
 * Options: --seconds 60 --rate 20 (calls a real second) --agents 50 --speed 1 --keep 10000. An hour's 72,000 calls in minutes:
 * --speed 10 --rate 100 --seconds 720.
 */
export async function run(args: string[]): Promise<void> {
  const wish = settings(args);
  const { url, child } = await startCarrier(wish);
  const app = await startApplication(wish.agents);
  const calls = `${url}/2010-04-01/Accounts/${ACCOUNT}/Calls.json`;
  const counts = async (query = ''): Promise<SandboxStats> => JSON.parse(await rest(`${url}/sandbox/counts${query}`));
  const read = async (): Promise<SandboxStats> => JSON.parse(await rest(`${url}/sandbox/stats`));
  try {
    for (let i = 0; i < wish.agents; i++) {
      const form = new URLSearchParams({ To: `client:agent_${i}`, From: '+12025550100', Url: `${app.url}/agent/${i}` });
      await rest(calls, form);
    }
    const customer = new URLSearchParams({
      From: '+12025550100',
      Url: `${app.url}/customer`,
      StatusCallback: `${app.url}/status`,
      MachineDetection: 'Enable',
      AsyncAmd: 'true',
      AsyncAmdStatusCallback: `${app.url}/amd`,
      Record: 'true',
      RecordingChannels: 'dual',
      RecordingStatusCallback: `${app.url}/recording`,
      // Short ringing and talking: a call lives about ten seconds, so that 20 a second are 200 at once.
      Timeout: '8',
      TimeLimit: '8',
    });
    for (const event of ['initiated', 'ringing', 'answered', 'completed'])
      customer.append('StatusCallbackEvent', event);
    await read();
    let first = await read();
    let began = performance.now();
    const live: number[] = [];
    const memory: number[] = [];
    const kept: { calls: number; live: number; heapMiB: number }[] = [];
    let made = 0;
    let lost = 0;
    let warm = false;
    const started = performance.now();
    while (performance.now() - started < wish.seconds * 1_000) {
      const due = Math.floor(((performance.now() - started) / 1_000) * wish.rate);
      for (; made < due; made++) {
        const form = new URLSearchParams(customer);
        form.set('To', `+4477009000${String(made % 100).padStart(2, '0')}`);
        rest(calls, form).catch(() => {
          lost += 1;
        });
      }
      if (performance.now() - started > ((kept.length + 1) * wish.seconds * 1_000) / KEPT_READINGS) {
        const { calls: then, process: now } = await counts('?collect');
        kept.push({ calls: then.created, live: then.live, heapMiB: round(now.heapBytes / 2 ** 20) });
      }
      await sleep(Math.max(5, 500 / wish.rate));
      const second = Math.floor((performance.now() - started) / 1_000);
      if (!warm && second * wish.speed >= 15) {
        // Measured from here on: as many calls end as begin.
        warm = true;
        first = await read();
        began = performance.now();
      } else if (warm && second > live.length + 15 / wish.speed) {
        const stats = await counts();
        live.push(stats.calls.live - wish.agents);
        memory.push(stats.process.rssBytes / 2 ** 20);
      }
    }
    const last = await read();
    const elapsed = performance.now() - began;
    const mean = live.reduce((sum, one) => sum + one, 0) / Math.max(1, live.length);
    const webhooks = last.webhooks.sent - first.webhooks.sent;
    const report = {
      seconds: Math.round(elapsed / 1_000),
      callsPerSecond: round((last.calls.created - first.calls.created) / (elapsed / 1_000)),
      concurrentCalls: { mean: Math.round(mean), max: Math.max(0, ...live) },
      cpuShareOfOneCore: round((last.process.cpuMs - first.process.cpuMs) / elapsed),
      lagMs: {
        p50: round(last.process.lagP50Ms),
        p99: round(last.process.lagP99Ms),
        max: round(last.process.lagMaxMs),
      },
      webhooksPerSecond: round(webhooks / (elapsed / 1_000)),
      webhookMeanMs: round(
        (last.webhooks.meanMs * last.webhooks.sent - first.webhooks.meanMs * first.webhooks.sent) / webhooks,
      ),
      webhooksFailed: last.webhooks.failed,
      memoryMiB: [0, 0.25, 0.5, 0.75, 1].map((share) =>
        Math.round(memory[Math.floor(share * (memory.length - 1))] ?? 0),
      ),
      heapAfterCollection: kept,
      calls: last.calls.created,
      createsLost: lost,
      remembered: last.calls.remembered,
    };
    console.log(JSON.stringify(report, null, 2));
  } finally {
    child.disconnect();
    app.close();
    agent.destroy();
  }
}

const round = (value: number) => Math.round(value * 100) / 100;

if (process.argv[1] === fileURLToPath(import.meta.url)) await run(process.argv.slice(2));

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { SandboxStats } from '../../dialer/adapters/telephony/sandbox/index.ts';
import { ACCOUNT, agent, rest, startApplication, startCarrier, type Told } from './carrier-ground.ts';

/** A test number of the sandbox: answers at once and stays to talk. */
const ANSWERS_AT_ONCE = '+447700900916';

type Settings = {
  seconds: number;
  every: number;
  rate: number;
  answered: number;
  agents: number;
  speed: number;
  keep: number;
};

function settings(args: string[]): Settings {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string' },
      minutes: { type: 'string' },
      rate: { type: 'string', default: '20' },
      answered: { type: 'string', default: '0.5' },
      agents: { type: 'string', default: '50' },
      speed: { type: 'string', default: '1' },
      keep: { type: 'string' },
    },
  });
  const seconds = values.minutes === undefined ? Number(values.seconds ?? 60) : Number(values.minutes) * 60;
  return {
    seconds,
    // A short run is read ten times, a long one every minute.
    every: Math.min(60, seconds / 10),
    rate: Number(values.rate),
    answered: Number(values.answered),
    agents: Number(values.agents),
    speed: Number(values.speed),
    // A quarter of a short run's calls, so that the heap is seen at its full size for most of it.
    keep: Number(values.keep ?? Math.min(10_000, Math.max(1, Math.floor((seconds * Number(values.rate)) / 4)))),
  };
}

/** One reading of a running sandbox; lag and share of a core are those since the reading before. */
type Reading = {
  second: number;
  calls: number;
  live: number;
  heapMiB: number;
  rssMiB: number;
  cpu: number;
  lagP99Ms: number;
  lagMaxMs: number;
  webhooksInFlight: number;
};

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const round = (value: number) => Math.round(value * 100) / 100;
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);

function customerCall(appUrl: string): URLSearchParams {
  const form = new URLSearchParams({
    From: '+12025550100',
    Url: `${appUrl}/customer`,
    StatusCallback: `${appUrl}/status`,
    MachineDetection: 'Enable',
    AsyncAmd: 'true',
    AsyncAmdStatusCallback: `${appUrl}/verdict`,
    Record: 'true',
    RecordingChannels: 'dual',
    RecordingStatusCallback: `${appUrl}/recording`,
    // Short ringing and talking: a call lives about ten seconds, so that 20 a second are 200 at once.
    Timeout: '8',
    TimeLimit: '8',
  });
  for (const event of ['initiated', 'ringing', 'answered', 'completed']) form.append('StatusCallbackEvent', event);
  for (const event of ['completed', 'absent']) form.append('RecordingStatusCallbackEvent', event);
  return form;
}

/** The share that answers is spread evenly; all others are numbers of the model, most of which nobody answers. */
function numberOf(call: number, answered: number): string {
  const answers = Math.floor((call + 1) * answered) > Math.floor(call * answered);
  return answers ? ANSWERS_AT_ONCE : `+447700901${String(call % 1_000).padStart(3, '0')}`;
}

/** Every call owes these callbacks; what is missing after the last call's end was due and never sent. */
function owed(calls: number, told: Told): Record<string, { due: number; told: number }> {
  const all = (...kinds: string[]) => kinds.reduce((sum, kind) => sum + (told.get(kind) ?? 0), 0);
  const answered = all('status in-progress');
  return {
    initiated: { due: calls, told: all('status initiated') },
    ended: {
      due: calls,
      told: all('status completed', 'status busy', 'status no-answer', 'status failed', 'status canceled'),
    },
    documents: { due: answered, told: all('answer') },
    recordings: { due: answered, told: all('recording') },
  };
}

/** Behind by less than this (99 of 100 looks at the event loop) nobody who calls or is called can notice. */
const LAG_MS = 50;
/** Of the heap: what it may grow by between the readings after which nothing more has to be remembered. */
const HEAP_GROWS = 1.1;

type Report = { callsPerSecond: number; createsLost: number; callbacks: ReturnType<typeof owed> };

/**
 * The readings against the aim: the asked calls were made, nothing that was due is missing, at most one core, no lag, memory flat.
 * The heap is compared from where the oldest calls are forgotten; a run that does not come so far says so.
 */
function verdict(
  readings: readonly Reading[],
  { callsPerSecond, createsLost, callbacks }: Report,
  wish: Settings,
): string {
  const lag = Math.max(...readings.map((one) => one.lagP99Ms));
  const core = Math.max(...readings.map((one) => one.cpu));
  const full = readings.filter((one) => one.calls >= wish.keep);
  const [first, last] = [full[0], full.at(-1)];
  const grows = first === undefined || last === undefined || first === last ? null : last.heapMiB / first.heapMiB;
  const missing = Object.values(callbacks).reduce((sum, { due, told }) => sum + Math.abs(due - told), 0);
  const held = {
    rate: callsPerSecond >= wish.rate * 0.99 && createsLost === 0,
    callbacks: missing === 0,
    core: core <= 1,
    lag: lag <= LAG_MS,
    memory: grows === null || grows <= HEAP_GROWS,
  };
  const failed = Object.entries(held).flatMap(([what, good]) => (good ? [] : [what]));
  const heap =
    grows === null ? `memory not judged: ${wish.keep} calls are remembered first` : `heap x ${grows.toFixed(2)}`;
  const word = failed.length === 0 ? 'HELD' : `MISSED (${failed.join(', ')})`;
  return `verdict: ${word}: ${callsPerSecond} calls/s of ${wish.rate}, ${missing} callbacks missing, at most ${core} of a core, lag p99 at most ${lag} ms (aim ${LAG_MS}), ${heap}`;
}

/**
 * 200 calls at once with 20 new ones a second (the defaults give about that), each with four callbacks, detection,
 * a dual recording and a room: the share of one core that the sandbox takes, how far it falls behind and its memory.
 *
 * What is kept shows after so many calls that the oldest are forgotten (--keep): the heap after a forced collection, at every
 * reading with the calls made until then, stays where it is. Recordings are descriptions and cost as little. At the end the
 * calls are left to finish, and what the application was told is counted against what was due.
 *
 * Options: --seconds 60 or --minutes 60 (a reading every minute), --rate 20 (calls a real second), --answered 0.5 (share that
 * is answered at once and talks) --agents 50 --speed 1 --keep (10000, or a quarter of the calls of a short run). An hour's 72,000 calls in minutes: --speed 10 --rate 100 --seconds 720.
 */
export async function run(args: string[]): Promise<void> {
  const wish = settings(args);
  const { url, child } = await startCarrier(wish);
  const app = await startApplication(wish.agents);
  const calls = `${url}/2010-04-01/Accounts/${ACCOUNT}/Calls.json`;
  const counts = async (query = ''): Promise<SandboxStats> => JSON.parse(await rest(`${url}/sandbox/counts${query}`));
  const restart = async (): Promise<SandboxStats> => JSON.parse(await rest(`${url}/sandbox/stats`));
  try {
    for (let i = 0; i < wish.agents; i++) {
      const form = new URLSearchParams({ To: `client:agent_${i}`, From: '+12025550100', Url: `${app.url}/agent/${i}` });
      await rest(calls, form);
    }
    const customer = customerCall(app.url);
    await restart();
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1_000;
    const readings: Reading[] = [];
    let last = { at: 0, cpuMs: (await counts()).process.cpuMs };
    const read = async () => {
      const stats = await counts();
      const at = seconds();
      const kept = await counts('?collect');
      const reading = {
        second: Math.round(at),
        calls: stats.calls.created - wish.agents,
        live: stats.calls.live - wish.agents,
        heapMiB: round(kept.process.heapBytes / 2 ** 20),
        rssMiB: Math.round(stats.process.rssBytes / 2 ** 20),
        cpu: round((stats.process.cpuMs - last.cpuMs) / 1_000 / (at - last.at)),
        lagP99Ms: round(stats.process.lagP99Ms),
        lagMaxMs: round(stats.process.lagMaxMs),
        webhooksInFlight: stats.webhooks.inFlight,
      };
      readings.push(reading);
      if (readings.length === 1) console.log(Object.keys(reading).join('\t'));
      console.log(Object.values(reading).join('\t'));
      // The forced collection is the benchmark's, not the sandbox's: neither its time nor its pause counts.
      last = { at: seconds(), cpuMs: (await restart()).process.cpuMs };
    };
    let made = 0;
    let lost = 0;
    while (seconds() < wish.seconds) {
      const due = Math.floor(seconds() * wish.rate);
      for (; made < due; made++) {
        const form = new URLSearchParams(customer);
        form.set('To', numberOf(made, wish.answered));
        rest(calls, form).catch(() => {
          lost += 1;
        });
      }
      if (seconds() > (readings.length + 1) * wish.every) await read();
      await sleep(Math.max(5, 500 / wish.rate));
    }
    const { calls: created } = await restart();
    const elapsed = seconds();
    // The last calls ring and talk 16 s at most, and a recording comes within 3 s after them.
    for (let left = 40; left > 0 && (await counts()).calls.live > wish.agents; left--) await sleep(1_000 / wish.speed);
    await sleep(5_000 / wish.speed);
    const end = await counts('?collect');
    const report = {
      seconds: Math.round(elapsed),
      callsPerSecond: round((created.created - wish.agents) / elapsed),
      concurrentCalls: round(mean(readings.map((one) => one.live))),
      cpuShareOfOneCore: round(mean(readings.map((one) => one.cpu))),
      worstLagMs: Math.max(...readings.map((one) => one.lagMaxMs)),
      webhooksPerSecond: round(end.webhooks.sent / elapsed),
      webhookMeanMs: round(end.webhooks.meanMs),
      webhooksFailed: end.webhooks.failed,
      callbacks: owed(end.calls.created - wish.agents, app.told),
      createsLost: lost,
      remembered: end.calls.remembered,
      heapMiBAfterTheLastCall: round(end.process.heapBytes / 2 ** 20),
    };
    console.log(JSON.stringify(report, null, 2));
    console.log(verdict(readings, report, wish));
  } finally {
    child.disconnect();
    app.close();
    agent.destroy();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run(process.argv.slice(2));

/**
 * The pretend carrier as a process of its own beside the product, as a real one would be: started again when it dies, on the
 * same address, with the same account. Processes that have not started it find it by the database.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Database } from '../platform/database.ts';
import { PlatformError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';

export type SandboxCarrier = {
  accountSid: string;
  authToken: string;
  /** Signs the tokens of phones in browsers. */
  apiKey: { sid: string; secret: string };
  url: string;
  /** Whether it answers. */
  alive(): Promise<boolean>;
  stop(): Promise<void>;
};

export type SandboxOptions = {
  database: Pick<Database, 'client'>;
  logger: Logger;
  /** The product's time, which the pretended people live in as well. */
  time: { speed: number; baseEpochMs: number; realBaseMs: number };
  /** Whether this process runs the sandbox when nobody else does. */
  run: boolean;
  /** Other people of the same kind for every seed. */
  seed: number;
};

const key = 'sandbox-carrier';
const stored = z.object({ accountSid: z.string(), authToken: z.string(), url: z.string().nullable() });
type Stored = z.infer<typeof stored>;
const startMs = 20_000;
const restartMs = 500;
const callsPerSecond = 30;

export async function sandboxCarrier(options: SandboxOptions): Promise<SandboxCarrier> {
  const { client } = options.database;
  const known = await account(options.database);
  const { accountSid, authToken } = known;
  const apiKey = apiKeyOf(known);
  if (known.url !== null && (await answers(known.url))) {
    const { url } = known;
    return { accountSid, authToken, apiKey, url, alive: () => answers(url), stop: async () => {} };
  }
  if (!options.run) return waitForOther(options.database);

  let stopping = false;
  let child: ChildProcess | null = null;
  const launch = async (port: string): Promise<string> => {
    const started = await start(options, known, port);
    child = started.child;
    started.child.once('exit', (code) => {
      if (stopping) return;
      options.logger.warn({ code }, 'the sandbox carrier ended and is started again');
      setTimeout(() => {
        if (!stopping)
          launch(new URL(url).port).catch((error: unknown) =>
            options.logger.error({ err: error }, 'the sandbox carrier does not start'),
          );
      }, restartMs);
    });
    return started.url;
  };
  // The address of last time, if it is free: recordings not fetched yet are named by it.
  const before = known.url === null ? '0' : new URL(known.url).port;
  const url = await launch(before).catch((error: unknown) => {
    if (before === '0') throw error;
    return launch('0');
  });
  await client.setting.update({ where: { key }, data: { value: { accountSid, authToken, url } } });
  return {
    accountSid,
    authToken,
    apiKey,
    url,
    alive: () => answers(url),
    async stop() {
      stopping = true;
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => child?.kill('SIGKILL'), 3_000);
      await gone;
      clearTimeout(late);
    },
  };
}

/** The account is made once a database, so that calls and recordings keep their names over restarts. */
async function account({ client }: Pick<Database, 'client'>): Promise<Stored> {
  const fresh: Stored = {
    accountSid: `AC${randomBytes(16).toString('hex')}`,
    authToken: randomBytes(24).toString('hex'),
    url: null,
  };
  await client.setting.createMany({ data: [{ key, value: fresh }], skipDuplicates: true });
  return stored.parse((await client.setting.findUniqueOrThrow({ where: { key } })).value);
}

/** The pretend account's API key follows from its token, so that every process knows it. */
export function apiKeyOf({ authToken }: { authToken: string }): SandboxCarrier['apiKey'] {
  const derived = (use: string) => createHmac('sha256', authToken).update(use).digest('hex');
  return { sid: `SK${derived('api-key').slice(0, 32)}`, secret: derived('api-key-secret') };
}

async function waitForOther(database: Pick<Database, 'client'>): Promise<SandboxCarrier> {
  for (const deadline = Date.now() + startMs; Date.now() < deadline; ) {
    const known = await account(database);
    const { url, ...rest } = known;
    if (url !== null && (await answers(url)))
      return { ...rest, apiKey: apiKeyOf(known), url, alive: () => answers(url), stop: async () => {} };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new PlatformError(
    'sandbox_missing',
    'No sandbox carrier was found. A process with the role dialer runs it; start that one first.',
    { retryable: true },
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    // Whatever it says: an answer means that somebody is there.
    await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
}

const ready = z.object({ listening: z.string() });

async function start(
  { time, seed }: SandboxOptions,
  known: Stored,
  port: string,
): Promise<{ child: ChildProcess; url: string }> {
  const program = new URL(
    import.meta.url.endsWith('.ts')
      ? '../../dialer/adapters/telephony/sandbox/main.ts'
      : '../../dialer/adapters/telephony/sandbox/main.js',
    import.meta.url,
  );
  const key = apiKeyOf(known);
  const flags = {
    port,
    account: known.accountSid,
    token: known.authToken,
    key: `${key.sid}:${key.secret}`,
    cps: String(callsPerSecond),
    // Talk times and results of the real telemarketing calls.
    scenario: 'real-talks',
    seed: String(seed),
    speed: String(time.speed),
    'base-epoch': String(time.baseEpochMs),
    'real-base': String(time.realBaseMs),
  };
  const words = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  // Its standard output is for people who start it by hand; what matters comes by message.
  // A group of its own: Ctrl-C reaches the product, which ends its carrier when it is done with it. Without us it ends by itself.
  const child = fork(fileURLToPath(program), [...words, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(tooLate);
      child.kill('SIGKILL');
      reject(new PlatformError('sandbox_start_failed', `The sandbox carrier did not start: ${why}`));
    };
    const tooLate = setTimeout(() => fail('no answer'), startMs);
    child.once('exit', (code) => fail(`it ended with ${code}`));
    child.once('error', (error) => fail(error.message));
    child.on('message', (message) => {
      const { data } = ready.safeParse(message);
      if (data === undefined) return;
      clearTimeout(tooLate);
      child.removeAllListeners('exit');
      resolve({ child, url: data.listening });
    });
  });
}

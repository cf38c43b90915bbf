import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createPhoneNetwork } from '../../../simulation/phone-network.ts';
import { scenarios } from '../../../simulation/scenarios.ts';
import { parseFaults, speedClock, startSandbox } from './index.ts';
import type { NumbersFile } from './numbers/numbers-file.ts';
import { readNumbers } from './numbers/numbers-file.ts';

const USAGE = `Usage: npm run sandbox -- --port 4010 --account ACxxx --token xxx [options]

  --port n            port on 127.0.0.1 (0: a free one)            --account ACxxx   account id, AC and 32 hex digits
  --token text        auth token of the account                    --key SKxxx:secret  API key, may be repeated
  --numbers file      owned numbers, behaviour, replies (JSON)     --seed n          seed of people and faults (1)
  --speed n           virtual time per real time (1)               --base-epoch ms   virtual time at the start (now)
  --real-base ms      real time that --base-epoch belongs to (now) --utc-offset min  the people's local time (0)
  --scenario name     how people answer (steady); as in npm run simulate
  --cps n             calls started per second (1)                 --calls n         calls at once (no limit)
  --requests n        REST requests at once (100)                  --faults list     name, name=rate, name=rate:ms, …
  --keep n            finished calls and recordings remembered (10000)
  --quiet             log nothing but the address`;

/** A program fault that the user can mend: printed without a stack. */
class UsageError extends Error {}

function fail(message: string): never {
  throw new UsageError(message);
}

function number(text: string | undefined, name: string, least = Number.NEGATIVE_INFINITY): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return fail(`--${name} needs a number`);
  return value >= least ? value : fail(`--${name} must be ${least} or more`);
}

/** A whole number: of things, or of a port. */
function whole(text: string | undefined, name: string, least: number, most = Number.MAX_SAFE_INTEGER) {
  const value = number(text, name, least);
  if (value === undefined || (Number.isInteger(value) && value <= most)) return value;
  return fail(`--${name} must be a whole number${most === Number.MAX_SAFE_INTEGER ? '' : ` up to ${most}`}`);
}

function accountFrom(text: string | undefined): string {
  if (text === undefined) return fail('--account is missing');
  return /^AC[0-9a-f]{32}$/.test(text) ? text : fail('--account must be AC and 32 hex digits (0-9, a-f)');
}

function keyFrom(pair: string): { sid: string; secret: string } {
  const [, sid, secret] = /^(SK\w+):(.+)$/s.exec(pair) ?? [];
  return sid !== undefined && secret !== undefined ? { sid, secret } : fail('--key must be SKxxx:secret');
}

function numbersFrom(path: string | undefined): NumbersFile | undefined {
  if (path === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return fail(`--numbers: ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = readNumbers(json);
  return read.ok ? read.numbers : fail(`--numbers: ${read.message}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      account: { type: 'string' },
      token: { type: 'string' },
      key: { type: 'string', multiple: true },
      numbers: { type: 'string' },
      seed: { type: 'string' },
      scenario: { type: 'string' },
      speed: { type: 'string' },
      'base-epoch': { type: 'string' },
      'real-base': { type: 'string' },
      'utc-offset': { type: 'string' },
      cps: { type: 'string' },
      calls: { type: 'string' },
      requests: { type: 'string' },
      keep: { type: 'string' },
      faults: { type: 'string' },
      quiet: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const seed = whole(values.seed, 'seed', 0) ?? 1;
  const name = values.scenario ?? 'steady';
  const network =
    scenarios[name]?.network ?? fail(`--scenario: "${name}" is none of ${Object.keys(scenarios).join(', ')}`);
  const faults = parseFaults(values.faults ?? '');
  if (!faults.ok) fail(`--faults: cannot read "${faults.piece}"`);
  const log = (event: string, fields: Readonly<Record<string, unknown>>) =>
    console.error(JSON.stringify({ event, ...fields }));
  const sandbox = await startSandbox({
    accountSid: accountFrom(values.account),
    authToken: values.token || fail('--token is missing'),
    apiKeys: (values.key ?? []).map(keyFrom),
    clock: speedClock({
      speed: number(values.speed, 'speed', 0.001),
      baseEpochMs: number(values['base-epoch'], 'base-epoch'),
      realBaseMs: number(values['real-base'], 'real-base'),
    }),
    network: createPhoneNetwork({
      seed,
      phases: [{ from: 0, model: network }],
      utcOffsetMinutes: number(values['utc-offset'], 'utc-offset') ?? 0,
    }),
    seed,
    faults: faults.faults,
    port: whole(values.port, 'port', 0, 65_535),
    numbers: numbersFrom(values.numbers),
    cps: number(values.cps, 'cps', 0.001),
    concurrentCalls: whole(values.calls, 'calls', 1),
    concurrentRequests: whole(values.requests, 'requests', 1),
    keepFinished: whole(values.keep, 'keep', 0),
    log: values.quiet ? undefined : log,
  });
  const ready = { listening: sandbox.url };
  console.log(JSON.stringify(ready));
  process.send?.(ready);
  const stop = () => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The product forks this program: without its parent it has nobody to serve.
  process.once('disconnect', stop);
}

/** What the machine has against the port: taken, or not for this user. */
const portFault = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
    ? `--port: ${error.message}`
    : null;

main().catch((error: unknown) => {
  const port = portFault(error);
  if (port !== null) {
    console.error(port);
    process.exitCode = 2;
    return;
  }
  const usage =
    error instanceof UsageError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  console.error(error instanceof Error ? (usage ? `${error.message}\n\n${USAGE}` : error.stack) : String(error));
  process.exitCode = usage ? 2 : 1;
});

import http from 'node:http';
import { DialGate } from './calls/dial-gate.ts';
import { finishCall } from './calls/lifecycle.ts';
import { NotificationLog } from './calls/notifications.ts';
import { CallRegistry } from './calls/registry.ts';
import { seededChance } from './chance.ts';
import { Faults } from './faults/faults.ts';
import { MessageRegistry } from './messages/message.ts';
import { ApplicationRegistry } from './numbers/applications.ts';
import { NumberBook } from './numbers/number-book.ts';
import { readNumbers } from './numbers/numbers-file.ts';
import type { SandboxOptions } from './options.ts';
import { RecordingRegistry } from './recordings/recording.ts';
import type { SandboxStats } from './rest/admin.ts';
import { adminRoutes, statsReader } from './rest/admin.ts';
import { resourceRoutes } from './rest/routes.ts';
import { Router } from './rest/router.ts';
import type { RestStats } from './rest/server.ts';
import { restHandler } from './rest/server.ts';
import { ConferenceRegistry } from './rooms/conference.ts';
import { QueueRegistry } from './rooms/queue.ts';
import { softphones } from './streams/softphone.ts';
import { WebhookSender } from './webhooks/sender.ts';
import type { World } from './world.ts';

export type { Clock } from './clock.ts';
export { manualClock, speedClock } from './clock.ts';
export type { Fault, FaultName } from './faults/faults.ts';
export { FAULTS, parseFaults } from './faults/faults.ts';
export type { NumbersFile } from './numbers/numbers-file.ts';
export { TEST_NUMBERS } from './numbers/test-numbers.ts';
export type { SandboxOptions } from './options.ts';
export type { SandboxStats } from './rest/admin.ts';

/** A running sandbox. */
export type Sandbox = {
  /** `http://host:port`: the base address that takes the place of the carrier's. */
  url: string;
  /** Ends all calls without callbacks and frees the port. */
  close(): Promise<void>;
  stats(): SandboxStats;
  /** Whether webhooks or REST requests are under way: a test moves its clock on when there are none. */
  busy(): boolean;
  faults: Faults;
};

const KEEP_FINISHED = 10_000;
const CONCURRENT_REQUESTS = 100;

/**
 * Starts a Twilio-compatible carrier on this machine, played by a phone network.
 *
 * Throws when the account is not `AC` and 32 hex digits (the official SDK would refuse it), when the numbers cannot be
 * read, or when the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  if (!/^AC[0-9a-f]{32}$/.test(options.accountSid)) throw new Error('accountSid must be AC and 32 hex digits');
  const world = buildWorld(options);
  const rest: RestStats = { inFlight: 0, served: 0, refused429: 0 };
  const reader = statsReader(world, rest);
  const router = new Router([...adminRoutes(reader.read), ...resourceRoutes]);
  const server = http.createServer(
    { keepAliveTimeout: 65_000 },
    restHandler(world, router, options.concurrentRequests ?? CONCURRENT_REQUESTS, rest),
  );
  const phones = softphones(world);
  server.on('upgrade', phones.upgrade);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // A burst of new connections waits rather than be reset.
    server.listen({ port: options.port ?? 0, host, backlog: 4_096 }, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : (options.port ?? 0);
  world.baseUrl = `http://${host}:${port}`;
  world.log('listening', { url: world.baseUrl });
  const close = async () => {
    world.webhooks.close();
    for (const call of world.calls.newestFirst()) {
      if (call.live) call.live.settings.statusCallback = null;
      finishCall(world, call, 'completed');
    }
    reader.close();
    phones.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const busy = () => world.webhooks.stats.inFlight > 0 || rest.inFlight > 0;
  return { url: world.baseUrl, close, stats: () => reader.read(), busy, faults: world.faults };
}

function buildWorld(options: SandboxOptions): World {
  const { accountSid, authToken, clock } = options;
  const read = readNumbers(options.numbers ?? {});
  if (!read.ok) throw new Error(`numbers: ${read.message}`);
  const chance = seededChance(options.seed ?? 1);
  const faults = new Faults(chance);
  for (const [name, fault] of options.faults ?? []) faults.set(name, fault);
  const keep = options.keepFinished ?? KEEP_FINISHED;
  return {
    identity: { accountSid, authToken, apiKeys: options.apiKeys ?? [] },
    clock,
    chance,
    seed: options.seed ?? 1,
    faults,
    network: options.network,
    numbers: new NumberBook(read.numbers, options.network, clock.now()),
    applications: new ApplicationRegistry(),
    gate: new DialGate(options.cps ?? 1, options.concurrentCalls ?? Number.POSITIVE_INFINITY, clock),
    calls: new CallRegistry(keep),
    conferences: new ConferenceRegistry(keep),
    queues: new QueueRegistry(),
    recordings: new RecordingRegistry(keep),
    messages: new MessageRegistry(keep),
    notifications: new NotificationLog(2_000),
    webhooks: new WebhookSender({ authToken, accountSid, faults, clock }),
    log: options.log ?? (() => {}),
    baseUrl: '',
  };
}

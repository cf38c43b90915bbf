/** The dialler on a real database, over real HTTP, against the sandbox carrier, on one fast clock. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalRecordings } from '../../../dialer/adapters/recordings/local-folder.ts';
import { contactStore } from '../../../dialer/adapters/store/contacts.ts';
import { createStores } from '../../../dialer/adapters/store/index.ts';
import type { CarrierAccount } from '../../../dialer/adapters/telephony/account.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../dialer/adapters/telephony/sandbox/index.ts';
import { createTwilioClient, type TwilioClient } from '../../../dialer/adapters/telephony/twilio-client.ts';
import { createTwilioCarrier } from '../../../dialer/adapters/telephony/twilio.ts';
import { createTwilioTexts } from '../../../dialer/adapters/telephony/twilio-texts.ts';
import { createTwilioCodec } from '../../../dialer/adapters/telephony/twilio-signals.ts';
import { createContactPicker } from '../../../dialer/engine/contact-picker.ts';
import { createDialer, type DialerWithExtras } from '../../../dialer/engine/dialer.ts';
import { type DialerParts, defaultOptions } from '../../../dialer/engine/parts.ts';
import type { ActResult } from '../../../dialer/ports/carrier.ts';
import type { DialerEvent } from '../../../dialer/events.ts';
import { createPolicy, policies } from '../../../dialer/rules/pacing/index.ts';
import type { CallFate, Detection, PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { Database } from '../../../src/platform/database.ts';
import { type ScaledClock, scaledClock } from '../../../src/platform/clock.ts';

export const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
export const TOKEN = 'a-secret-of-the-rig';

export type RigOptions = {
  database: Database;
  network: PhoneNetwork;
  speed?: number;
  sandbox?: Partial<SandboxOptions>;
  parts?: (parts: DialerParts) => Partial<DialerParts>;
  options?: Partial<DialerParts['options']>;
  /** Local time of the start, for calling hours. */
  startMs?: number;
};

export type Rig = {
  dialer: DialerWithExtras;
  clock: ScaledClock;
  sandbox: Sandbox;
  events: DialerEvent[];
  warnings: string[];
  blacklisted: string[];
  folder: string;
  /** What the application was asked, in order: path without ids. */
  requests: string[];
  publicUrl: string;
  /** A second process: same database and carrier, its own engine. Webhooks go to each in turn. */
  another(): DialerWithExtras;
  /** A new process in the place of all others, which are dead: they hear no more events and get no more webhooks. */
  replace(): Promise<DialerWithExtras>;
  hangUp(carrierCallId: string): Promise<ActResult>;
  /** The carrier as any client sees it. */
  carrier: TwilioClient;
  /** Whom the carrier's live calls go to. */
  carrierCalls(): Promise<string[]>;
  /** Waits until the probe answers something, in real time; fails after twenty seconds, or so many ms. */
  until<T>(probe: () => Promise<T | null | undefined | false>, what: string, withinMs?: number): Promise<T>;
  /** The connections of the application break from now on, are never answered, or work again. */
  serve(on: boolean | 'never'): void;
  close(): Promise<void>;
};

export async function openRig(options: RigOptions): Promise<Rig> {
  const { client: prisma } = options.database;
  const clock = scaledClock({ speed: options.speed ?? 20, baseEpochMs: options.startMs ?? Date.UTC(2026, 0, 6, 10) });
  const folder = await mkdtemp(join(tmpdir(), 'fairline-rig-'));
  const sandbox = await startSandbox({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    network: options.network,
    clock,
    cps: 1000,
    ...options.sandbox,
  });
  const listeners = new Set<(event: DialerEvent) => void>();
  const events: DialerEvent[] = [];
  const warnings: string[] = [];
  const blacklisted: string[] = [];
  const requests: string[] = [];
  let serving: boolean | 'never' = true;
  const dialers: DialerWithExtras[] = [];

  const server = http.createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const rawUrl = request.url ?? '/';
      requests.push(rawUrl.replace(/\/[0-9a-f-]{36}.*$/, ''));
      if (serving !== true) {
        if (!serving) request.socket.destroy();
        return;
      }
      // Any process may answer any webhook: they take turns.
      const dialer = dialers[requests.length % dialers.length];
      if (dialer === undefined) return;
      const answer = await dialer.webhooks.handle({
        method: request.method ?? 'POST',
        rawUrl,
        headers: request.headers,
        rawBody: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(answer.status, { 'content-type': answer.contentType });
      response.end(answer.body);
    })().catch((error: unknown) => {
      warnings.push(`webhook: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const publicUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const account: CarrierAccount = {
    provider: 'twilio',
    accountSid: ACCOUNT,
    authToken: TOKEN,
    baseUrl: sandbox.url,
    publicUrl,
    isSandbox: true,
  };
  const carrier = createTwilioCarrier(account);
  const warn = (fields: Record<string, unknown>, text: string): void => {
    warnings.push(`${text} ${JSON.stringify(fields)}`);
  };

  const build = (): DialerWithExtras => {
    const parts: DialerParts = {
      clock,
      bus: {
        publish(event) {
          events.push(event);
          queueMicrotask(() => {
            for (const listener of listeners) listener(event);
          });
        },
        subscribe(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      logger: { debug: () => {}, info: () => {}, warn, error: warn },
      ...createStores(prisma, options.database.hot),
      recordingFiles: createLocalRecordings(folder),
      carrier: createTwilioCarrier(account),
      textCarrier: createTwilioTexts(account),
      codec: createTwilioCodec(account),
      picker: createContactPicker({ store: contactStore(options.database.hot) }),
      lists: { importFile: () => Promise.reject(new Error('not part of this rig')), endAbandoned: async () => 0 },
      blacklist: {
        add(entry) {
          blacklisted.push(entry.number);
          return Promise.resolve({ id: randomUUID(), added: true });
        },
        remove: () => Promise.resolve(),
      },
      policies: { predictive: createPolicy, progressive: policies.progressive ?? createPolicy },
      options: { ...defaultOptions, owner: randomUUID(), browserGraceMs: 3_600_000, ...options.options },
    };
    return createDialer({ ...parts, ...options.parts?.(parts) });
  };
  const dialer = build();
  dialers.push(dialer);

  return {
    dialer,
    clock,
    sandbox,
    events,
    warnings,
    blacklisted,
    folder,
    requests,
    publicUrl,
    another() {
      const second = build();
      dialers.push(second);
      return second;
    },
    async replace() {
      listeners.clear();
      const old = dialers.splice(0);
      const second = build();
      dialers.push(second);
      await Promise.all(old.map((one) => one.stop()));
      return second;
    },
    hangUp: (carrierCallId) => carrier.hangUp(carrierCallId),
    carrier: createTwilioClient(account),
    async carrierCalls() {
      const asked = await carrier.liveCalls();
      return asked.kind === 'ok' ? asked.value.map(({ to }) => to) : [];
    },
    async until(probe, what, withinMs = 20_000) {
      const end = performance.now() + withinMs;
      for (;;) {
        const found = await probe();
        if (found !== null && found !== undefined && found !== false) return found;
        if (performance.now() > end)
          throw new Error(`did not come to pass: ${what}; warnings: ${warnings.join(' | ')}; ${await journal(prisma)}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    serve(on) {
      serving = on;
    },
    async close() {
      for (const one of dialers) await one.stop();
      await sandbox.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A phone network in which everybody behaves as the plan says. */
export const everybody = (fate: CallFate, setupMs = 500): PhoneNetwork => ({
  plan: () => ({ setupMs, fate }),
});

const heard: Detection = { verdict: 'human', afterMs: 3_000 };

/** Somebody who answers after a second, and talks for so long. Patient: on a busy machine much of the fast clock's time passes. */
export const person = (talkMs: number, patienceMs = 60_000, detection = heard): CallFate => ({
  kind: 'person',
  ringMs: 1_000,
  detection,
  person: { patienceMs, talkMs, accepts: true },
});

/** The last calls' journals, for a test that fails. */
async function journal(prisma: PrismaClient): Promise<string> {
  const events = await prisma.attemptEvent.findMany({ orderBy: { id: 'desc' }, take: 30 });
  const desks = await prisma.agentDesk.findMany({ where: { presence: { not: 'signed-out' } } });
  const told = events
    .reverse()
    .map(({ at, kind, data }) => `${at.toISOString().slice(17, 23)} ${kind} ${JSON.stringify(data)}`);
  const seats = desks.map(
    ({ activity, legState, attemptId }) => `${activity}/${legState}/${attemptId === null ? '-' : 'call'}`,
  );
  const contacts = await prisma.contact.groupBy({
    by: ['campaignId', 'state', 'reason'],
    where: { state: 'waiting' },
    _count: true,
  });
  const why = contacts.map(({ state, reason, _count }) => `${_count} ${state} ${reason}`);
  return `contacts ${why.join(', ')} desks ${seats.join(' ')}\n${told.join('\n')}`;
}

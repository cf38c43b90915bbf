/** The application with all its routes on a database of its own, on a clock that the test moves. No carrier is called, unless the test brings one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { buildApp } from '../../../src/app.ts';
import { browserPhones } from '../../../src/compose/browser-phones.ts';
import { composeCustomers } from '../../../src/compose/customers.ts';
import { composeDialer } from '../../../src/compose/dialer.ts';
import { composeExternalLists } from '../../../src/compose/external-lists.ts';
import { composePlans } from '../../../src/compose/plans.ts';
import { composeSegments } from '../../../src/compose/segments.ts';
import { composeQuality } from '../../../src/compose/quality.ts';
import { createServer } from '../../../src/compose/serve.ts';
import { readConfig } from '../../../src/config.ts';
import type { Role } from '../../../src/contract/common.ts';
import { auditWithClock } from '../../../src/http/audit-note.ts';
import { createAuth } from '../../../src/http/auth.ts';
import { importProgress } from '../../../src/http/imports.ts';
import { hashPassword } from '../../../src/http/passwords.ts';
import { whatIfOf } from '../../../src/compose/what-if.ts';
import { answerWhatIf } from '../../../dialer/adapters/phone-network/index.ts';
import type { Services } from '../../../src/http/services.ts';
import { createWriteProbe } from '../../../src/platform/write-probe.ts';
import { auditLog } from '../../../src/platform/audit.ts';
import { type EventBus, openEventBus } from '../../../src/platform/event-bus.ts';
import { createLongJobs } from '../../../src/platform/long-jobs.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { billingPost } from '../../../qa/adapters/billing-post.ts';
import { createNotices } from '../../../src/notices/index.ts';
import { createReports } from '../../../src/reports/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

/** Files up to here are taken; the product's own limit would make slow tests. */
export const rigFileBytes = 2_500_000;
export const password = 'correct horse battery';

export type HttpRig = {
  app: FastifyInstance;
  services: Services;
  clock: ManualClock;
  bus: EventBus;
  folder: string;
  makeUser(user: {
    username: string;
    role: Role;
    centreId?: string;
    teamId?: string;
    clientId?: string;
  }): Promise<string>;
  /** A browser: keeps its cookies and sends the CSRF token of its session. */
  browser(): Browser;
  signedIn(username: string): Promise<Browser>;
  close(): Promise<void>;
};

export type Answer = { status: number; body: unknown; headers: Record<string, unknown>; text: string; raw: Buffer };
export type Browser = {
  csrf: string;
  cookie(): string;
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  signIn(username: string, word?: string): Promise<Answer>;
};

/** A sandbox that answers; without one the carrier is out of reach. */
export type HttpRigCarrier = { accountSid: string; authToken: string; url: string };
const NOBODY: HttpRigCarrier = {
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: 'x'.repeat(32),
  url: 'http://127.0.0.1:9',
};

export async function openHttpRig(
  test: TestDatabase,
  publicUrl = 'http://127.0.0.1:3000',
  carrier = NOBODY,
): Promise<HttpRig> {
  const folder = await mkdtemp(join(tmpdir(), 'fairline-http-'));
  const config = readConfig({ DATABASE_URL: test.url, DATA_DIR: folder, PORT: '3000', LOG_LEVEL: 'silent' });
  const logger = createLogger({ level: 'silent' });
  const { database } = test;
  const clock = manualClock();
  const bus = await openEventBus({ kind: 'process', onError: () => {} });
  const apiKey = { sid: `SK${'0'.repeat(32)}`, secret: 'a-secret-of-the-key' };
  const sandbox = { ...carrier, apiKey, alive: async () => true, stop: async () => {} };
  const dialer = composeDialer({ config, database, bus, clock, logger, publicUrl, sandbox });
  const quality = composeQuality({ database, bus, clock, country: 'US' });
  const services: Services = {
    database,
    dialer,
    plans: composePlans({ database, bus, clock }),
    customers: composeCustomers({ database, clock, country: 'US', dataDir: folder }),
    ...composeSegments({ database, bus, clock }),
    quality,
    reports: createReports({ database, quality, clock }),
    notices: createNotices({ client: database.client, clock, publicUrl, post: billingPost, mail: null, sandbox: true }),
    auth: createAuth({ client: database.client, clock }),
    audit: auditWithClock(auditLog(database), clock),
    bus,
    imports: importProgress(bus),
    externalLists: composeExternalLists({
      database,
      bus,
      clock,
      country: 'US',
      dataDir: folder,
    }),
    clock: { ...clock, speed: 1 },
    health: {
      database: async () => (await database.pool.query('select 1')).rowCount === 1,
      writes: createWriteProbe(database.pool),
      jobs: async () => true,
      carrier: async () => ({ kind: 'sandbox', ok: true }),
      refusedWebhooks: dialer.refusedWebhooks,
    },
    phones: browserPhones(config, sandbox),
    longJobs: createLongJobs({ database, clock: { ...clock, speed: 1 }, onError: () => {} }),
    // Played here: a process of its own is for the server, which has calls to answer.
    whatIf: whatIfOf(database, clock, async (questions, progress) =>
      questions.map((question, index) => {
        progress(index + 1);
        return answerWhatIf(question);
      }),
    ),
    settings: {
      version: '0.0.0-test',
      publicUrl,
      sessionSecret: 'a secret of the tests, long enough',
      locale: 'en',
      roles: ['web'],
      speech: false,
      country: 'US',
    },
    demoAccounts: async () => [],
  };
  const app = createServer(logger);
  await buildApp(app, services, { fileBytes: rigFileBytes, lookEveryMs: 100 });
  await app.ready();
  const passwordHash = await hashPassword(password);

  const browser = (): Browser => {
    const cookies = new Map<string, string>();
    const it: Browser = {
      csrf: '',
      cookie: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      async ask(method, url, body, headers = {}) {
        const options: InjectOptions = {
          method,
          url,
          headers: { cookie: it.cookie(), ...(method === 'GET' ? {} : { 'x-csrf-token': it.csrf }), ...headers },
          ...(body === undefined ? {} : { payload: body }),
        };
        const response = await app.inject(options);
        for (const { name, value } of response.cookies) {
          if (value === '') cookies.delete(name);
          else cookies.set(name, encodeURIComponent(value));
        }
        const json = String(response.headers['content-type']).includes('json');
        const answer: Answer = {
          status: response.statusCode,
          body: json ? response.json() : null,
          headers: response.headers,
          text: response.body,
          raw: response.rawPayload,
        };
        const { body: found } = answer;
        if (typeof found === 'object' && found !== null && 'csrfToken' in found) it.csrf = String(found.csrfToken);
        return answer;
      },
      async signIn(username, word = password) {
        await it.ask('GET', '/api/session');
        return it.ask('POST', '/api/session', { username, password: word });
      },
    };
    return it;
  };

  return {
    app,
    services,
    clock,
    bus,
    folder,
    async makeUser({ username, role, centreId, teamId, clientId }) {
      const { id } = await database.client.user.create({
        data: {
          username,
          displayName: `Name of ${username}`,
          role,
          passwordHash,
          joinedAt: new Date(clock.now()),
          centreId: centreId ?? null,
          teamId: teamId ?? null,
          clientId: clientId ?? null,
        },
      });
      return id;
    },
    browser,
    async signedIn(username) {
      const it = browser();
      const { status } = await it.signIn(username);
      if (status !== 200) throw new Error(`sign-in answered ${status}`);
      return it;
    },
    async close() {
      await app.close();
      await dialer.stop();
      await bus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

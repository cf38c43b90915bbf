/** Joins everything: the only place that builds adapters. Nothing opens before `openProduct` is called. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { DialerWithExtras } from '../dialer/index.ts';
import { browserPhones } from './compose/browser-phones.ts';
import { composeCustomers } from './compose/customers.ts';
import { composeDialer, homeCountry } from './compose/dialer.ts';
import { makeDemo } from './compose/demo.ts';
import { openGround } from './compose/ground.ts';
import { composeExternalLists } from './compose/external-lists.ts';
import { composePlans } from './compose/plans.ts';
import { composeSegments } from './compose/segments.ts';
import { composeQuality } from './compose/quality.ts';
import { type SandboxCarrier, sandboxCarrier } from './compose/sandbox-carrier.ts';
import { serve } from './compose/serve.ts';
import { composeSpeech } from './compose/speech.ts';
import { whatIfOf } from './compose/what-if.ts';
import { type Config, sessionSecret } from './config.ts';
import type { QualityApi } from './contract/quality.ts';
import { createHandoffs, type Handoffs, nudgeHandoffs } from './handoffs.ts';
import { auditWithClock } from './http/audit-note.ts';
import { createAuth } from './http/auth.ts';
import { importProgress } from './http/imports.ts';
import type { Services } from './http/services.ts';
import { type ProductJobs, productJobs } from './jobs.ts';
import { auditLog } from './platform/audit.ts';
import type { ScaledClock } from './platform/clock.ts';
import type { Database } from './platform/database.ts';
import type { EventBus } from './platform/event-bus.ts';
import { type Jobs, startJobs } from './platform/jobs.ts';
import { createLongJobs } from './platform/long-jobs.ts';
import type { Logger } from './platform/logger.ts';
import { packageRoot } from './platform/package-root.ts';
import { createWriteProbe } from './platform/write-probe.ts';
import { billingPost } from '../qa/adapters/billing-post.ts';
import { createNotices } from './notices/index.ts';
import { mailServer } from './notices/mail.ts';
import { createReports } from './reports/index.ts';
import { demoAccounts } from './seed/index.ts';

export type ProductOptions = {
  /** Whether an empty database is filled with the demonstration; never with a real carrier. */
  demo: boolean;
  /** Of the people behind the sandbox carrier; 1 if absent. */
  seed?: number;
  /** Made at the config's level if absent. */
  logger?: Logger;
};

/** The running product. */
export type Product = {
  config: Config;
  clock: ScaledClock;
  logger: Logger;
  database: Database;
  databaseUrl: string;
  bus: EventBus;
  dialer: DialerWithExtras;
  quality: QualityApi;
  handoffs: Handoffs;
  jobs: Jobs<ProductJobs>;
  services: Services;
  /** The pretended carrier; null with a real one. */
  sandbox: SandboxCarrier | null;
  /** Where this process listens, and its application; null without the role web. */
  web: { url: string; app: FastifyInstance } | null;
  publicUrl: string;
  /** Stops pacing, answers what is under way, finishes jobs, and ends the database last. */
  stop(): Promise<void>;
};

/** Opens what the config's roles need, in order, and starts it. On a fault what was opened is closed again. */
export async function openProduct(config: Config, options: ProductOptions): Promise<Product> {
  const ground = await openGround(config, options.logger);
  try {
    return await build(config, options, ground);
  } catch (error) {
    await ground.close();
    throw error;
  }
}

async function build(
  config: Config,
  options: ProductOptions,
  ground: Awaited<ReturnType<typeof openGround>>,
): Promise<Product> {
  const { logger, clock, time, database, databaseUrl, bus, port, publicUrl, later, close } = ground;
  const { roles } = config;
  const sandbox =
    config.carrier.kind === 'sandbox'
      ? await sandboxCarrier({ database, logger, time, run: roles.has('dialer'), seed: options.seed ?? 1 })
      : null;
  if (sandbox !== null) later('sandbox carrier', () => sandbox.stop());

  const dialer = composeDialer({ config, database, bus, clock, logger, publicUrl, sandbox });
  const secret = await sessionSecret(config);
  const country = homeCountry(config);
  const quality = composeQuality({ database, bus, clock, country, sandbox: sandbox !== null, secret });
  const plans = composePlans({ database, bus, clock });
  const customers = composeCustomers({ database, clock, country, dataDir: config.dataDir });
  const types = composeSegments({ database, bus, clock });
  const reports = createReports({ database, quality, clock });
  const mail = config.mail && {
    url: config.mail.url,
    from: config.mail.from ?? `fairline@${new URL(publicUrl).hostname}`,
  };
  const notices = createNotices({
    ...{ client: database.client, clock, publicUrl, post: billingPost, sandbox: sandbox !== null },
    mail: mail ? mailServer(mail) : null,
  });
  const onHandoffError = (error: unknown, about: object) =>
    logger.warn({ err: error, ...about }, 'a handoff was not delivered');
  const entries = auditLog(database);
  const handoffs = createHandoffs({ database, dialer, quality, audit: entries, clock, onError: onHandoffError });
  const auth = createAuth({ client: database.client, clock });
  const audit = auditWithClock(entries, clock);

  // Before anything works by itself, which would meet half of it.
  if (options.demo && config.demo && sandbox !== null)
    await makeDemo({ config, database, bus, dialer, customers, clock, logger, secret });

  const longJobs = createLongJobs({
    database,
    clock,
    onError: (error, about) => logger.warn({ err: error, ...about }, 'a long job failed'),
  });
  const speech = composeSpeech({
    ...{ database, dialer, transcripts: quality.transcripts, clock },
    ...{ command: config.speechCommand, sandbox: sandbox !== null },
  });
  const jobs = await startJobs<ProductJobs>({
    catalogue: productJobs({
      dialer,
      customers,
      plans,
      quality,
      reports,
      notices,
      handoffs,
      auth,
      audit,
      longJobs,
      speech,
      clock,
      logger,
    }),
    databaseUrl,
    redisUrl: config.redisUrl,
    work: roles.has('worker'),
    time: clock,
    onError: (error, about) => logger.warn({ err: error, ...about }, 'a job failed'),
  });
  later('jobs', () => jobs.stop());
  if (roles.has('worker'))
    later(
      'nudges',
      nudgeHandoffs(handoffs, bus, (error) => logger.warn({ err: error }, 'handoffs')),
    );

  const services: Services = {
    database,
    dialer,
    plans,
    customers,
    ...types,
    quality,
    reports,
    notices,
    auth,
    audit,
    bus,
    imports: importProgress(bus),
    externalLists: composeExternalLists({
      database,
      bus,
      clock,
      country: homeCountry(config),
      dataDir: config.dataDir,
    }),
    clock,
    longJobs,
    health: {
      database: async () => (await database.pool.query('select 1')).rowCount === 1,
      writes: createWriteProbe(database.pool),
      jobs: async () => Object.keys(await jobs.counts()).length > 0,
      carrier: async () =>
        sandbox === null ? { kind: 'account', ok: true } : { kind: 'sandbox', ok: await sandbox.alive() },
      refusedWebhooks: dialer.refusedWebhooks,
    },
    phones: browserPhones(config, sandbox),
    whatIf: whatIfOf(database, clock),
    settings: {
      version: await ownVersion(),
      publicUrl,
      sessionSecret: secret,
      locale: config.locale,
      roles: [...roles],
      speech: speech !== null,
      country,
    },
    // Where calls are real nobody is invited to come in with a password that everybody knows.
    demoAccounts: async () => (sandbox === null ? [] : demoAccounts(database)),
  };
  const web = roles.has('web') ? await serve({ host: config.host, port, logger, services }) : null;
  if (web !== null) later('web', () => web.app.close());
  if (roles.has('dialer')) await dialer.start();
  later('dialler', () => dialer.stop());

  return {
    config,
    clock,
    logger,
    database,
    databaseUrl,
    bus,
    dialer,
    quality,
    handoffs,
    jobs,
    services,
    sandbox,
    web,
    publicUrl,
    stop: close,
  };
}

async function ownVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageRoot(), 'package.json'), 'utf8'));
  return String(version);
}

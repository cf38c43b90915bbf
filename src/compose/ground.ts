/** What everything stands on: logger, clock, database, event bus, and the address of this process. Opened in order, closed in reverse. */
import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import { type ScaledClock, scaledClock } from '../platform/clock.ts';
import { type Database, openDatabase } from '../platform/database.ts';
import { startPostgres } from '../platform/embedded-postgres.ts';
import { type EventBus, openEventBus } from '../platform/event-bus.ts';
import { createLogger, type Logger } from '../platform/logger.ts';
import { migrate } from '../platform/migrations.ts';

export type Ground = {
  logger: Logger;
  clock: ScaledClock;
  /** For other processes that are to see the same time. */
  time: { speed: number; baseEpochMs: number; realBaseMs: number };
  database: Database;
  databaseUrl: string;
  bus: EventBus;
  port: number;
  publicUrl: string;
  /** Arranges for something to be closed when the product stops, before all that was opened earlier. */
  later(what: string, run: () => unknown): void;
  close(): Promise<void>;
};

export async function openGround(config: Config, given?: Logger): Promise<Ground> {
  const logger = given ?? createLogger({ level: config.logLevel });
  const undo: { what: string; run: () => unknown }[] = [];
  const later = (what: string, run: () => unknown): void => void undo.push({ what, run });
  let closing = false;
  const close = async (): Promise<void> => {
    closing = true;
    for (const { what, run } of undo.splice(0).reverse()) {
      try {
        await run();
      } catch (error) {
        logger.error({ err: error, what }, 'could not be closed');
      }
    }
  };
  // A connection that is being ended may still hear that the server ends: no fault.
  const onError = (error: unknown) => logger[closing ? 'debug' : 'warn']({ err: error }, 'in the background');
  try {
    const realBaseMs = Date.now();
    const time = { speed: config.speed, baseEpochMs: config.baseEpochMs ?? realBaseMs, realBaseMs };
    const databaseUrl = config.databaseUrl ?? (await embedded(config, logger, later));
    const applied = await migrate(databaseUrl);
    if (applied.length > 0) logger.info({ migrations: applied.length }, 'the database was brought up to date');
    const database = await openDatabase({ url: databaseUrl, onError });
    later('database', () => database.close());
    const bus = await openEventBus({ kind: config.eventBus, redisUrl: config.redisUrl, databaseUrl, onError });
    later('event bus', () => bus.close());
    const port = config.port === 0 && config.roles.has('web') ? await freePort(config.host) : config.port;
    return {
      logger,
      clock: scaledClock({ ...time, onError }),
      time,
      database,
      databaseUrl,
      bus,
      port,
      publicUrl: config.publicUrl ?? `http://${config.host}:${port}`,
      later,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function embedded(config: Config, logger: Logger, later: Ground['later']): Promise<string> {
  const postgres = await startPostgres({
    dataDir: config.dataDir,
    durability: 'full',
    log: (line) => logger.debug({ line }, 'PostgreSQL'),
  });
  later('PostgreSQL', () => postgres.stop());
  return postgres.url;
}

/** The carrier must know our address before we listen there, so a free port is looked for first. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

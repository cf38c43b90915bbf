import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rename, rm, rmdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Account, chooseAccount, runAs } from './embedded-postgres/account.ts';
import { type Binaries, findBinaries } from './embedded-postgres/binaries.ts';
import { fillLogAhead } from './embedded-postgres/log-ahead.ts';
import { clusterDirectory, exists, ownPrivately, socketDirectory } from './embedded-postgres/places.ts';
import { inspectPostmaster, type RunningServer, startServer } from './embedded-postgres/postmaster.ts';
import { errorCode, errorText, PlatformError } from './errors.ts';

const run = promisify(execFile);
const DATABASE = 'fairline';
const USER = 'postgres';
/** A killed postmaster was seen to stay a zombie for 2 s, and recovery after it takes 0.2 s; 15 s is ample for both. */
const START_DEADLINE_MS = 15_000;
const RETRY_MS = 100;
/**
 * Why a start may fail and the next one succeed: another process is a moment ahead of us, a killed server's memory is not free yet, or
 * a stopping process has just removed the socket's directory. Everything else will not heal.
 */
const passing =
  /lock file ".*" already exists|shared memory block .* is still in use|could not create lock file ".*\.lock"/;
/** How often a process looks whether the server it uses but did not start is still there. */
const WATCH_MS = 500;

export type PostgresConnection = { readonly host: string; readonly user: string; readonly database: string };

export type EmbeddedPostgres = {
  /** For everything that takes an address, such as `pg`, Prisma's adapter and BullMQ. */
  readonly url: string;
  readonly connection: PostgresConnection;
  /** Whether this process runs the server; false while it uses the server of another process with the same data folder. */
  readonly owned: boolean;
  /** Lets go: stops the server if this process runs it. End the pools first. */
  stop(): Promise<void>;
};

export type PostgresOptions = {
  /** Folder of the product's data; the cluster lies in it (or in a state directory of the system, see `places.ts`). */
  readonly dataDir: string;
  /** 'full' keeps every acknowledged commit through kill -9 and power loss; 'tests' trades that for speed. */
  readonly durability: 'full' | 'tests';
  /** Receives the server's own log, line by line. */
  readonly log?: (line: string) => void;
};

/**
 * Runs PostgreSQL from the npm package, without a port: clients connect through a socket in a private directory. Uses the live server of
 * another process if there is one, and takes its place when it goes. A server that dies is started again (recovery is PostgreSQL's).
 * @throws PlatformError postgres_start_failed and the codes of `binaries.ts` and `places.ts`
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const account = await chooseAccount();
  const binaries = await findBinaries(account);
  const cluster = await clusterDirectory(options.dataDir, account);
  const fresh = !(await exists(join(cluster, 'PG_VERSION')));
  if (fresh) await initialise(binaries, cluster, account);
  const launch: Launch = { binaries, cluster, account, options, socketDir: await socketDirectory(cluster, account) };

  let current = await reach(launch);
  // Whoever adopts a server connects where that server listens, which is elsewhere when TMPDIR differed; a successor listens there too.
  const settled: Launch = { ...launch, socketDir: current.socketDir };
  const connection = { host: current.socketDir, user: USER, database: DATABASE };
  const url = `postgres://${USER}@/${DATABASE}?host=${encodeURIComponent(connection.host)}`;
  if (fresh && options.durability === 'full') await fillLogAhead(url, options.log ?? (() => {}));
  const watch = new AbortController();
  const watching = keepAlive(settled, current, watch.signal, (next) => {
    current = next;
  });
  return {
    url,
    connection,
    get owned() {
      return current.server !== undefined;
    },
    async stop() {
      watch.abort();
      await watching;
      if (current.server === undefined) return;
      await current.server.stop();
      // Fails while a successor's socket is in it, and then it should.
      await rmdir(current.socketDir).catch(() => {});
    },
  };
}

type Launch = {
  readonly binaries: Binaries;
  readonly cluster: string;
  readonly account: Account;
  readonly options: PostgresOptions;
  readonly socketDir: string;
};
type Reached = { readonly socketDir: string; readonly server: RunningServer | undefined };

/** Adopts the live server of this cluster or starts one, and makes sure that the database exists. */
async function reach(launch: Launch): Promise<Reached> {
  const deadline = performance.now() + START_DEADLINE_MS;
  let reason = '';
  while (performance.now() < deadline) {
    const found = await inspectPostmaster(launch.cluster);
    if (found.kind === 'alive') {
      // It may still be starting or already be going: only an answer makes it ours to use.
      reason = await answer(found.socketDir);
      if (reason === '') return { socketDir: found.socketDir, server: undefined };
    } else {
      await ownPrivately(launch.socketDir, launch.account);
      const log = launch.options.log ?? (() => {});
      const outcome = await startServer(launch.binaries.postgres, serverArguments(launch), launch.account, log);
      if (outcome.kind === 'ready') {
        reason = await answer(launch.socketDir);
        if (reason === '') return { socketDir: launch.socketDir, server: outcome.server };
        await outcome.server.stop();
      } else {
        reason = outcome.log;
        if (!passing.test(reason)) break;
      }
    }
    await sleep(RETRY_MS);
  }
  throw new PlatformError(
    'postgres_start_failed',
    `The embedded PostgreSQL in ${launch.cluster} did not start:\n${reason}`,
    {
      retryable: true,
    },
  );
}

async function keepAlive(
  launch: Launch,
  first: Reached,
  signal: AbortSignal,
  changed: (next: Reached) => void,
): Promise<void> {
  const aborted = new Promise<'aborted'>((resolve) => signal.addEventListener('abort', () => resolve('aborted')));
  let current = first;
  while (!signal.aborted) {
    if (current.server !== undefined) {
      if ((await Promise.race([current.server.ended, aborted])) === 'aborted') return;
    } else {
      await sleep(WATCH_MS, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
    }
    try {
      // A look that fails, as with too many open files, ends neither the watch nor the process.
      if (current.server === undefined && (await inspectPostmaster(launch.cluster)).kind === 'alive') continue;
      current = await reach(launch);
      changed(current);
    } catch (error) {
      launch.options.log?.(errorText(error));
      await sleep(WATCH_MS, undefined, { signal }).catch(() => {});
    }
  }
}

/** Makes a cluster beside its place and moves it there whole: a killed initdb leaves no half cluster. */
async function initialise(binaries: Binaries, cluster: string, account: Account): Promise<void> {
  const half = `${cluster}.init-${randomBytes(4).toString('hex')}`;
  await ownPrivately(half, account);
  // A UTF-8 character type from PostgreSQL itself, whatever LANG says: with type C a search for names knows capitals of a to z only.
  const flags = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8'];
  try {
    // --no-sync: the server syncs the files itself at its first start, before it accepts anything.
    await run(binaries.initdb, ['-D', half, '-U', USER, '--auth=trust', '--no-instructions', ...flags], {
      ...runAs(account),
      cwd: '/',
    });
    await rename(half, cluster);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) return;
    const stderr = error instanceof Error && 'stderr' in error ? `\n${String(error.stderr)}` : '';
    throw new PlatformError('postgres_init_failed', `PostgreSQL could not make its data folder ${cluster}.${stderr}`, {
      cause: error,
    });
  }
}

function serverArguments(launch: Launch): string[] {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${launch.socketDir}`,
    `shared_buffers=${Math.max(64, Math.min(512, Math.floor(totalmem() / 2 ** 20 / 8)))}MB`,
    'max_wal_size=4GB',
    'min_wal_size=256MB',
    'wal_compression=pglz',
    'checkpoint_timeout=15min',
    // Desks and calls are rewritten many times a second: their dead rows and statistics cannot wait for a minute.
    'autovacuum_naptime=10s',
    'max_connections=200',
    // The adapter of Prisma takes session times for UTC; initdb would have copied the machine's zone.
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  if (launch.options.durability === 'tests')
    settings.push('fsync=off', 'full_page_writes=off', 'synchronous_commit=off');
  return ['-D', launch.cluster, ...settings.flatMap((setting) => ['-c', setting])];
}

/** Connects and makes the database if it is missing; returns '' or why the server did not answer. */
async function answer(host: string): Promise<string> {
  const client = new pg.Client({ host, user: USER, database: 'postgres', connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) {
      await client.query(`create database ${DATABASE}`).catch((error: unknown) => {
        // 42P04 and 23505: another process made it at the same moment.
        if (!['42P04', '23505'].includes(errorCode(error))) throw error;
      });
    }
    return '';
  } catch (error) {
    return errorText(error);
  } finally {
    await client.end().catch(() => {});
  }
}

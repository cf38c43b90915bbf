import {
  createPostgresBackend,
  createRedisBackend,
  isPgPool,
  type JobSchedulerTemplateOptions,
  type JobsOptions,
  type QueueOptions,
  type RepeatOptions,
  runMigrations,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import pg from 'pg';
import { connectionSettings } from '../database.ts';

const SCHEMA = 'bullmq';
const PREFIX = 'fairline';
/** Two lanes take a connection each to listen; the rest is shared by everything their workers and queues do. */
const POOL_SIZE = 8;

/** What this product uses of a BullMQ queue, the same on both backends. */
export type QueueHandle = {
  add(name: string, data: unknown, options: JobsOptions): Promise<{ readonly id?: string | undefined }>;
  upsertJobScheduler(
    id: string,
    repeat: Omit<RepeatOptions, 'key'>,
    template: { name: string; data: unknown; opts: JobSchedulerTemplateOptions },
  ): Promise<unknown>;
  getJobSchedulers(): Promise<{ readonly key: string }[]>;
  removeJobScheduler(id: string): Promise<unknown>;
  getJobCounts(
    ...states: ('waiting' | 'active' | 'delayed' | 'failed' | 'completed')[]
  ): Promise<Record<string, number>>;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
};

/** What this product uses of a job that is being worked on. */
export type TakenJob = {
  readonly id?: string | undefined;
  readonly name: string;
  readonly data: unknown;
  readonly attemptsMade: number;
  readonly opts: { readonly attempts?: number | undefined };
};

export type WorkerHandle = {
  waitUntilReady(): Promise<unknown>;
  close(force?: boolean): Promise<void>;
};

export type WorkerHooks = {
  readonly run: (job: TakenJob) => Promise<void>;
  readonly failed: (job: TakenJob | undefined, error: Error) => void;
  readonly error: (error: Error) => void;
};

type OwnQueueOptions = Omit<QueueOptions, 'connection' | 'prefix'>;
type OwnWorkerOptions = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** Where jobs are kept. */
export type JobBackend = {
  readonly kind: 'postgres' | 'redis';
  queue(name: string, options: OwnQueueOptions, onError: (error: Error) => void): QueueHandle;
  worker(name: string, options: OwnWorkerOptions, hooks: WorkerHooks): WorkerHandle;
  close(): Promise<void>;
};

/** Makes BullMQ's own schema in the database, or brings it up to date; may run in several processes at once. */
export async function migrateJobs(url: string): Promise<void> {
  const client = new pg.Client(connectionSettings(url));
  client.on('error', () => {});
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}

/** Jobs in the database, by one pool that all queues and workers of the process share. */
export async function postgresJobs(url: string, onError: (error: Error) => void): Promise<JobBackend> {
  await migrateJobs(url);
  const settings = connectionSettings(url);
  const pool = new pg.Pool({
    ...settings,
    options: `${settings.options ?? ''} -c search_path=${SCHEMA}`,
    max: POOL_SIZE,
  });
  // BullMQ listens for errors itself and has a listener a queue and worker; Node warns from eleven on.
  pool.setMaxListeners(30);
  pool.on('error', onError);
  // BullMQ describes the pool it wants in types of its own, which the driver's do not quite meet; its own check does.
  const connection: unknown = pool;
  if (!isPgPool(connection)) throw new TypeError('BullMQ does not take this pool.');
  const { Queue, Worker } = withBackend(createPostgresBackend);
  return {
    kind: 'postgres',
    queue(name, options, onQueueError) {
      const queue = new Queue(name, { ...options, connection });
      queue.on('error', onQueueError);
      return queue;
    },
    worker(name, options, { run, failed, error }) {
      const worker = new Worker(name, run, { ...options, connection });
      worker.on('failed', failed);
      worker.on('error', error);
      return worker;
    },
    close: () => pool.end(),
  };
}

/** Jobs in Redis, which should run with `maxmemory-policy noeviction` and `appendonly yes`. */
export function redisJobs(url: string): JobBackend {
  const { Queue, Worker } = withBackend(createRedisBackend);
  return {
    kind: 'redis',
    queue(name, options, onQueueError) {
      // Whoever puts a job in wants to know at once that it is not possible; a worker waits for Redis to come back.
      const connection = { url, maxRetriesPerRequest: 1, enableOfflineQueue: false };
      const queue = new Queue(name, { ...options, connection, prefix: PREFIX });
      queue.on('error', onQueueError);
      return queue;
    },
    worker(name, options, { run, failed, error }) {
      const worker = new Worker(name, run, {
        ...options,
        connection: { url, maxRetriesPerRequest: null },
        prefix: PREFIX,
      });
      worker.on('failed', failed);
      worker.on('error', error);
      return worker;
    },
    close: async () => {},
  };
}

import { defaultRepeatStrategy, type JobsOptions, type QueueOptions, UnrecoverableError } from 'bullmq';
import type { TimeScale } from './clock.ts';
import { errorText, PlatformError } from './errors.ts';
import { checkCatalogue, type JobCatalogue, type JobEntry } from './job-catalogue.ts';
import {
  type JobBackend,
  postgresJobs,
  type QueueHandle,
  redisJobs,
  type TakenJob,
  type WorkerHandle,
} from './jobs/backends.ts';

const LANES = { quick: { concurrency: 4 }, slow: { concurrency: 2 } } as const;
type Lane = keyof typeof LANES;
type RepeatSettings = Pick<NonNullable<QueueOptions['settings']>, 'repeatStrategy'>;

export type EnqueueOptions = {
  /**
   * While a job of this name and key waits or is delayed, another one is not added; while it runs, one more is kept for afterwards, since the
   * run may have missed what this call is about.
   */
  readonly dedupeKey?: string;
  /** Milliseconds of the product's clock before it may run. */
  readonly delayMs?: number;
};

export type Jobs<Catalogue> = {
  readonly backend: 'postgres' | 'redis';
  /** @throws PlatformError job_unknown | job_bad_data | job_not_enqueued (retryable) */
  enqueue<Name extends keyof Catalogue & string>(
    name: Name,
    data: Catalogue[Name],
    options?: EnqueueOptions,
  ): Promise<void>;
  /** Jobs by state, over all lanes. */
  counts(): Promise<Record<string, number>>;
  /** Takes no more jobs, waits for the running ones (`graceMs` at most, they come back elsewhere after that), and lets go. */
  stop(graceMs?: number): Promise<void>;
};

export type JobsOptionsOf<Names> = {
  readonly catalogue: JobCatalogue<Names>;
  /** With an address the jobs are in Redis, otherwise in the database. */
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Whether this process also works; if not it only puts jobs in, and keeps no schedule. */
  readonly work: boolean;
  readonly time?: TimeScale;
  /** Told about broken connections, and about every run that failed. */
  readonly onError: (
    error: Error,
    about: { readonly job?: string; readonly id?: string; readonly final?: boolean },
  ) => void;
  /** How long a job counts as alive without a sign of its worker; the time to come back after a crash. 10 s by default. */
  readonly lockMs?: number;
  /** Distinguishes products or tests that share a server. */
  readonly name?: string;
};

/**
 * Opens the queues and, with `work`, the workers and schedules of a catalogue.
 * @throws PlatformError job_catalogue
 */
export async function startJobs<Names>(options: JobsOptionsOf<Names>): Promise<Jobs<Names>> {
  checkCatalogue(options.catalogue);
  const entries = new Map(Object.entries<JobEntry<unknown>>(options.catalogue));
  const connectionError = (error: Error) => options.onError(error, {});
  const backend = options.redisUrl
    ? redisJobs(options.redisUrl)
    : await postgresJobs(options.databaseUrl, connectionError);
  const prefix = options.name ?? 'fairline';
  const settings = repeatSettings(options.time);
  const stopping = new AbortController();
  const laneNames: Lane[] = ['quick', 'slow'];
  const queues = new Map(
    laneNames.map((lane) => [lane, backend.queue(`${prefix}-${lane}`, { settings }, connectionError)]),
  );
  const queueOf = (entry: JobEntry<unknown>): QueueHandle => {
    const queue = queues.get(entry.lane ?? 'quick');
    if (queue === undefined) throw new PlatformError('job_catalogue', `There is no lane ${entry.lane}.`);
    return queue;
  };
  await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));

  let workers: WorkerHandle[] = [];
  if (options.work) {
    for (const [lane, queue] of queues) await keepSchedule(queue, lane, entries, options.time);
    workers = laneNames.map((lane) =>
      startWorker(backend, `${prefix}-${lane}`, lane, entries, stopping.signal, settings, options),
    );
    await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  }

  let stopped: Promise<void> | undefined;
  const letGo = async (graceMs: number) => {
    stopping.abort();
    await withinGrace(Promise.all(workers.map((worker) => worker.close())), graceMs);
    await Promise.all([...queues.values()].map((queue) => queue.close()));
    await backend.close();
  };

  return {
    backend: backend.kind,
    async enqueue(name, data, { dedupeKey, delayMs = 0 } = {}) {
      const entry = entries.get(name);
      if (entry === undefined) throw new PlatformError('job_unknown', `There is no job named ${name}.`);
      const checked = entry.schema.safeParse(data);
      if (!checked.success)
        throw new PlatformError('job_bad_data', `The data of job ${name} are wrong: ${checked.error.message}`);
      const how: JobsOptions = { ...runOptions(entry), delay: Math.ceil(delayMs / (options.time?.speed ?? 1)) };
      if (dedupeKey !== undefined) how.deduplication = { id: `${name}:${dedupeKey}`, keepLastIfActive: true };
      try {
        await queueOf(entry).add(name, checked.data, how);
      } catch (cause) {
        const message = `The job ${name} could not be put in: ${errorText(cause)}`;
        throw new PlatformError('job_not_enqueued', message, { retryable: true, cause });
      }
    },
    async counts() {
      const sums: Record<string, number> = {};
      for (const queue of queues.values()) {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'completed');
        for (const [state, count] of Object.entries(counts)) sums[state] = (sums[state] ?? 0) + count;
      }
      return sums;
    },
    stop(graceMs = 10_000) {
      stopped ??= letGo(graceMs);
      return stopped;
    },
  };
}

/** Puts the schedules of a lane in place and takes away those of jobs that no longer exist. */
async function keepSchedule(
  queue: QueueHandle,
  lane: Lane,
  entries: Map<string, JobEntry<unknown>>,
  time?: TimeScale,
): Promise<void> {
  const kept = new Set<string>();
  for (const [name, entry] of entries) {
    const { schedule } = entry;
    if ((entry.lane ?? 'quick') !== lane || schedule.kind === 'on demand') continue;
    kept.add(name);
    const repeat =
      schedule.kind === 'every'
        ? { every: Math.max(1, Math.round(schedule.ms / (time?.speed ?? 1))) }
        : { pattern: schedule.pattern, tz: schedule.timeZone };
    await queue.upsertJobScheduler(name, repeat, { name, data: schedule.data, opts: runOptions(entry) });
  }
  for (const { key } of await queue.getJobSchedulers()) if (!kept.has(key)) await queue.removeJobScheduler(key);
}

function startWorker<Names>(
  backend: JobBackend,
  queueName: string,
  lane: Lane,
  entries: Map<string, JobEntry<unknown>>,
  signal: AbortSignal,
  settings: RepeatSettings,
  { lockMs = 10_000, onError }: JobsOptionsOf<Names>,
): WorkerHandle {
  return backend.worker(
    queueName,
    {
      concurrency: LANES[lane].concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.max(500, Math.round(lockMs / 2)),
      // A process that dies again and again over one job should not take the others with it for ever.
      maxStalledCount: 3,
      settings,
    },
    {
      run: (job) => runJob(job, entries.get(job.name), signal),
      failed(job, error) {
        const last = job === undefined || job.attemptsMade >= (job.opts.attempts ?? 1);
        const final = last || error instanceof UnrecoverableError;
        onError(error, { final, ...(job === undefined ? {} : { job: job.name, id: job.id ?? '' }) });
      },
      error: (error) => onError(error, {}),
    },
  );
}

async function runJob(job: TakenJob, entry: JobEntry<unknown> | undefined, signal: AbortSignal): Promise<void> {
  if (entry === undefined) throw new UnrecoverableError(`This version has no job named ${job.name}.`);
  const data = entry.schema.safeParse(job.data);
  if (!data.success) throw new UnrecoverableError(`The data of job ${job.name} are wrong: ${data.error.message}`);
  await entry.handler(data.data, { id: job.id ?? '', attempt: job.attemptsMade + 1, signal });
}

function runOptions(entry: JobEntry<unknown>) {
  return {
    attempts: entry.attempts ?? 1,
    backoff: { type: 'exponential', delay: entry.backoffMs ?? 1_000 },
    removeOnComplete: { count: 200 },
    removeOnFail: { count: 1_000 },
  };
}

/** Cron times are of the product's clock: the next one is looked up there and brought back to the machine's time. */
export function repeatSettings(time: TimeScale | undefined): RepeatSettings {
  if (time === undefined) return {};
  return {
    repeatStrategy(realAt, options) {
      const next = defaultRepeatStrategy(time.fromReal(realAt), options);
      return next === undefined ? undefined : time.toReal(next);
    },
  };
}

async function withinGrace(work: Promise<unknown>, graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}

/**
 * Work that somebody started and may leave. What is known of it stands in the database, so that any process can tell how far it
 * is; the one that does it moves `alive_until` on, and a job that runs beyond it counts as broken off.
 */
import type { LongJob as Row } from '../../prisma/generated/client.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { errorCode } from './errors.ts';

export type LongJobRow = Row;
export type Begun = { kind: string; subjectId?: string | null; about: string; userId: string; total?: number | null };
/** How much is done; written at most once in a while. */
export type Progress = (done: number) => void;

export type LongJobs = {
  /** Starts the work and comes back at once; what came of it is kept with the job. */
  begin(about: Begun, work: (progress: Progress) => Promise<object>): Promise<LongJobRow>;
  /** The same for whoever waits for the end: its value and its refusals are passed on. */
  follow<T>(about: Begun, work: (progress: Progress) => Promise<T>): Promise<T>;
  list(userId: string, of: { kind?: string | undefined; subjectId?: string | undefined }): Promise<LongJobRow[]>;
  read(userId: string, id: string): Promise<LongJobRow | null>;
  /** Forgets what nobody comes back to any more. */
  forget(): Promise<void>;
};

const beatMs = 10_000;
const writtenEveryMs = 500;
const keptMs = 7 * 86_400_000;
const shown = 20;

type Deps = {
  database: Database;
  clock: Clock & { speed: number };
  onError: (error: unknown, about: { longJobId: string; kind: string }) => void;
};

export function createLongJobs({ database, clock, onError }: Deps): LongJobs {
  const { client } = database;
  // Beats are the machine's: at speed 30 the product's clock passes thirty seconds in one.
  const beat = beatMs * clock.speed;
  const alive = () => new Date(clock.now() + 3 * beat);

  async function start(about: Begun): Promise<{ row: Row; progress: Progress; end: (of: Ending) => Promise<void> }> {
    const startedAt = new Date(clock.now());
    const row = await client.longJob.create({
      data: { ...about, subjectId: about.subjectId ?? null, state: 'running', startedAt, aliveUntil: alive() },
    });
    const { id, kind } = row;
    const failed = (error: unknown) => onError(error, { longJobId: id, kind });
    let over = false;
    let written = performance.now();
    const write = (data: { done?: number }) => {
      if (!over)
        client.longJob
          .updateMany({ where: { id, state: 'running' }, data: { ...data, aliveUntil: alive() } })
          .catch(failed);
    };
    const again = (): (() => void) =>
      clock.after(beat, () => {
        write({});
        if (!over) stop = again();
      });
    let stop = again();
    return {
      row,
      progress: (done) => {
        if (performance.now() - written < writtenEveryMs) return;
        written = performance.now();
        write({ done });
      },
      end: async (of) => {
        over = true;
        stop();
        await client.longJob.update({ where: { id }, data: { ...of, endedAt: new Date(clock.now()) } }).catch(failed);
      },
    };
  }

  async function carried<T>(job: Awaited<ReturnType<typeof start>>, work: (progress: Progress) => Promise<T>) {
    let done = 0;
    try {
      const value = await work((now) => {
        done = now;
        job.progress(now);
      });
      return { value, done };
    } catch (error) {
      await job.end({ state: 'failed', done, failure: errorCode(error) || 'server-fault' });
      throw error;
    }
  }

  return {
    async begin(about, work) {
      const job = await start(about);
      void carried(job, work).then(
        ({ value, done }) => job.end({ state: 'done', done: about.total ?? done, result: value }),
        (error) => onError(error, { longJobId: job.row.id, kind: about.kind }),
      );
      return job.row;
    },

    async follow(about, work) {
      const job = await start(about);
      const { value, done } = await carried(job, work);
      await job.end({ state: 'done', done: about.total ?? done });
      return value;
    },

    async list(userId, { kind, subjectId }) {
      const rows = await client.longJob.findMany({
        where: {
          userId,
          ...(kind === undefined ? {} : { kind }),
          ...(subjectId === undefined ? {} : { subjectId }),
          startedAt: { gt: new Date(clock.now() - keptMs) },
        },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: shown,
      });
      return rows.map((row) => brokenOff(row, clock.now()));
    },

    async read(userId, id) {
      const row = await client.longJob.findFirst({ where: { id, userId } });
      return row === null ? null : brokenOff(row, clock.now());
    },

    async forget() {
      await client.longJob.deleteMany({ where: { startedAt: { lt: new Date(clock.now() - keptMs) } } });
    },
  };
}

type Ending = { state: 'done' | 'failed'; done: number; failure?: string; result?: object };

/** What a process left behind when it went down is not running any more, whatever its row says. */
export function brokenOff<R extends Pick<Row, 'state' | 'aliveUntil' | 'endedAt' | 'failure'>>(row: R, now: number): R {
  if (row.state !== 'running' || row.aliveUntil.getTime() >= now) return row;
  return { ...row, state: 'failed', failure: 'interrupted', endedAt: row.aliveUntil };
}

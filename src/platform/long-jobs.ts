/**
 * Work that somebody started and may leave. What is known of it stands in the database, so that any process can tell how far it
 * is; the one that does it moves `alive_until` on, and a job that runs beyond it counts as broken off.
 */
import { Readable } from 'node:stream';
import type { LongJob as Row } from '../../prisma/generated/client.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { errorCode } from './errors.ts';

export type LongJobRow = Row;
export type Begun = { kind: string; subjectId?: string | null; about: string; userId: string; total?: number | null };
/** How much is done, and of how much where only the work itself finds that out; written at most once in a while. */
export type Progress = (done: number, total?: number) => void;
/** A part of a file, and how many of its rows are in it. */
export type Piece = { text: string; rows: number };

export type LongJobs = {
  /** Starts the work and comes back at once; what came of it is kept with the job. */
  begin(about: Begun, work: (progress: Progress) => Promise<object>): Promise<LongJobRow>;
  /** The same for whoever waits for the end: its value and its refusals are passed on. `keep`: what is kept of it for who has left. */
  follow<T>(about: Begun, work: (progress: Progress) => Promise<T>, keep?: (value: T) => object): Promise<T>;
  /**
   * The same for a file: what is made ready first, then its rows, counted as they are taken. Whoever stops taking them has broken
   * it off. A short one is there before anybody looks and is not kept.
   */
  file<T>(
    about: Begun & { total: number },
    prepare: (progress: Progress) => Promise<T>,
    pieces: (ready: T) => AsyncIterable<Piece>,
  ): Promise<{ value: T; body: Readable }>;
  list(userId: string, of: { kind?: string | undefined; subjectId?: string | undefined }): Promise<LongJobRow[]>;
  read(userId: string, id: string): Promise<LongJobRow | null>;
  /** Forgets what nobody comes back to any more. */
  forget(): Promise<void>;
};

const beatMs = 10_000;
const writtenEveryMs = 500;
const keptMs = 7 * 86_400_000;
const shown = 20;
/** Rows of a file, from which on it takes longer than a look. */
const longFrom = 10_000;

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

  async function start(about: Begun): Promise<Started & { row: Row }> {
    const startedAt = new Date(clock.now());
    const row = await client.longJob.create({
      data: { ...about, subjectId: about.subjectId ?? null, state: 'running', startedAt, aliveUntil: alive() },
    });
    const { id, kind } = row;
    const failed = (error: unknown) => onError(error, { longJobId: id, kind });
    let over = false;
    // The first count is written at once: it says of how much.
    let written = Number.NEGATIVE_INFINITY;
    const write = (data: { done?: number; total?: number }) => {
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
      total: row.total,
      progress: (done, total) => {
        if (performance.now() - written < writtenEveryMs) return;
        written = performance.now();
        write({ done, ...(total === undefined ? {} : { total }) });
      },
      end: async (of) => {
        over = true;
        stop();
        await client.longJob.update({ where: { id }, data: { ...of, endedAt: new Date(clock.now()) } }).catch(failed);
      },
    };
  }

  async function carried<T>(job: Started, work: (progress: Progress) => Promise<T>) {
    let done = 0;
    let total = job.total;
    try {
      const value = await work((now, of) => {
        done = now;
        total = of ?? total;
        job.progress(now, of);
      });
      return { value, done, far: { done: total ?? done, total } };
    } catch (error) {
      await job.end({ state: 'failed', done, total, failure: codeOf(error) });
      throw error;
    }
  }

  return {
    async begin(about, work) {
      const job = await start(about);
      void carried(job, work).then(
        ({ value, far }) => job.end({ state: 'done', ...far, result: value }),
        (error) => onError(error, { longJobId: job.row.id, kind: about.kind }),
      );
      return job.row;
    },

    async follow(about, work, keep) {
      const job = await start(about);
      const { value, far } = await carried(job, work);
      await job.end({ state: 'done', ...far, ...(keep === undefined ? {} : { result: keep(value) }) });
      return value;
    },

    async file(about, prepare, pieces) {
      const job = about.total < longFrom ? unseen : await start(about);
      const { value, done: before } = await carried(job, prepare);
      let end: Ending = { state: 'failed', done: before, failure: 'broken-off' };
      async function* counted() {
        let done = before;
        try {
          for await (const { text, rows } of pieces(value)) {
            yield text;
            done += rows;
            end = { ...end, done };
            job.progress(done);
          }
          end = { state: 'done', done };
        } catch (error) {
          end = { state: 'failed', done, failure: codeOf(error) };
          throw error;
        }
      }
      const body = Readable.from(counted());
      // Also of a file of which nothing was ever taken.
      body.once('close', () => void job.end(end));
      return { value, body };
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

type Started = { total: number | null; progress: Progress; end: (of: Ending) => Promise<void> };
const unseen: Started = { total: null, progress: () => {}, end: async () => {} };
type Ending = { state: 'done' | 'failed'; done: number; total?: number | null; failure?: string; result?: object };
const codeOf = (error: unknown): string => errorCode(error) || 'server-fault';

/** What a process left behind when it went down is not running any more, whatever its row says. */
export function brokenOff<R extends Pick<Row, 'state' | 'aliveUntil' | 'endedAt' | 'failure'>>(row: R, now: number): R {
  if (row.state !== 'running' || row.aliveUntil.getTime() >= now) return row;
  return { ...row, state: 'failed', failure: 'interrupted', endedAt: row.aliveUntil };
}

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { scaledClock } from '../../../src/platform/clock.ts';
import { checkCatalogue, type JobCatalogue, type JobEntry } from '../../../src/platform/job-catalogue.ts';
import { type Jobs, type JobsOptionsOf, repeatSettings, startJobs } from '../../../src/platform/jobs.ts';
import { useTestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { redisMissing, startRedis, type TestRedis } from '../../support/redis.ts';

type Names = { note: { text: string }; fragile: { times: number }; slow: { text: string }; tick: { source: string } };
type Seen = { text: string; attempt: number; at: number };

const schema = z.object({ text: z.string().min(1) });
const onDemand = { kind: 'on demand' } as const;

function catalogueOf(seen: Seen[], changes: Partial<JobCatalogue<Names>> = {}): JobCatalogue<Names> {
  return {
    note: {
      schema,
      schedule: onDemand,
      handler: async ({ text }, { attempt }) => void seen.push({ text, attempt, at: Date.now() }),
    },
    fragile: {
      schema: z.object({ times: z.number() }),
      schedule: onDemand,
      attempts: 3,
      backoffMs: 10,
      handler: async ({ times }, { attempt }) => {
        seen.push({ text: 'fragile', attempt, at: Date.now() });
        if (attempt <= times) throw new Error(`broken ${attempt}`);
      },
    },
    slow: {
      schema,
      schedule: onDemand,
      lane: 'slow',
      handler: async ({ text }) => void seen.push({ text, attempt: 0, at: 0 }),
    },
    tick: { schema: z.object({ source: z.string() }), schedule: onDemand, handler: async () => {} },
    ...changes,
  };
}

let names = 0;

for (const backend of ['postgres', 'redis'] as const) {
  describe.skipIf(backend === 'redis' && redisMissing())(`jobs on ${backend}`, () => {
    const db = useTestDatabase();
    let redis: TestRedis | undefined;
    const running: Jobs<Names>[] = [];
    beforeAll(async () => {
      if (backend === 'redis') redis = await startRedis();
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
    });
    afterAll(async () => {
      await redis?.stop();
    });

    type Extra = Partial<Pick<JobsOptionsOf<Names>, 'work' | 'time' | 'onError' | 'name' | 'lockMs'>>;
    const start = async (catalogue: JobCatalogue<Names>, extra: Extra = {}) => {
      names += 1;
      const jobs = await startJobs<Names>({
        catalogue,
        databaseUrl: db().url,
        redisUrl: redis?.url,
        work: true,
        onError: () => {},
        name: `test-${names}`,
        ...extra,
      });
      running.push(jobs);
      return jobs;
    };

    test('run once with their data, on either lane', async () => {
      const seen: Seen[] = [];
      const jobs = await start(catalogueOf(seen));
      expect(jobs.backend).toBe(backend);
      await Promise.all(Array.from({ length: 30 }, (_, index) => jobs.enqueue('note', { text: `n${index}` })));
      await jobs.enqueue('slow', { text: 'long' });
      await eventually('all have run', async () => (await jobs.counts()).completed === 31);
      expect(seen.map(({ text }) => text).sort()).toEqual(
        [...Array.from({ length: 30 }, (_, index) => `n${index}`), 'long'].sort(),
      );
    });

    test('are refused with data their schema does not take', async () => {
      const jobs = await start(catalogueOf([]));
      await expect(jobs.enqueue('note', { text: '' })).rejects.toMatchObject({
        code: 'job_bad_data',
        retryable: false,
      });
    });

    test('are tried again after a failure, and told about when they have failed for good', async () => {
      const seen: Seen[] = [];
      const failures: unknown[] = [];
      const jobs = await start(catalogueOf(seen), {
        onError: (error, about) => failures.push([error.message, about.job, about.final]),
      });
      await jobs.enqueue('fragile', { times: 2 });
      await eventually('the third try', async () => (await jobs.counts()).completed === 1);
      expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
      await jobs.enqueue('fragile', { times: 9 });
      await eventually('the failure', async () => (await jobs.counts()).failed === 1 && failures.length === 5);
      expect(failures).toEqual([
        ['broken 1', 'fragile', false],
        ['broken 2', 'fragile', false],
        ['broken 1', 'fragile', false],
        ['broken 2', 'fragile', false],
        ['broken 3', 'fragile', true],
      ]);
    });

    test('with the same key wait once, and run once more when asked for during a run', async () => {
      let open: () => void = () => {};
      const gate = new Promise<void>((resolve) => {
        open = resolve;
      });
      const seen: string[] = [];
      const handler: JobEntry<Names['note']>['handler'] = async ({ text }) => {
        seen.push(text);
        if (seen.length === 1) await gate;
      };
      const jobs = await start(catalogueOf([], { note: { schema, schedule: onDemand, handler } }));
      await jobs.enqueue('note', { text: 'a' }, { dedupeKey: 'k', delayMs: 150 });
      await jobs.enqueue('note', { text: 'lost' }, { dedupeKey: 'k' });
      await jobs.enqueue('note', { text: 'other' }, { dedupeKey: 'another', delayMs: 3_600_000 });
      await eventually('the first runs', () => seen.length === 1);
      await jobs.enqueue('note', { text: 'b' }, { dedupeKey: 'k' });
      await jobs.enqueue('note', { text: 'c' }, { dedupeKey: 'k' });
      open();
      await eventually('one more run', async () => (await jobs.counts()).completed === 2);
      expect(seen).toEqual(['a', 'c']);
      expect(await jobs.counts()).toMatchObject({ waiting: 0, active: 0, delayed: 1 });
    });

    test('that are delayed wait for their time on the clock of the product', async () => {
      const seen: Seen[] = [];
      const jobs = await start(catalogueOf(seen), { time: scaledClock({ speed: 600 }) });
      const before = Date.now();
      await jobs.enqueue('note', { text: 'in two minutes' }, { delayMs: 120_000 });
      await eventually('the delayed run', () => seen.length === 1);
      const waited = (seen[0]?.at ?? 0) - before;
      expect(waited).toBeGreaterThanOrEqual(195);
      expect(waited).toBeLessThan(60_000);
    });

    test('repeat by interval and by the time of day, both on the clock of the product', async () => {
      // A day passes in two seconds, so the schedules meet within a few.
      const time = scaledClock({ speed: 43_200, baseEpochMs: Date.parse('2026-03-06T12:00:00Z') });
      const daily: number[] = [];
      const hours: number[] = [];
      const catalogue: JobCatalogue<Names> = {
        ...catalogueOf([]),
        note: {
          schema,
          schedule: { kind: 'cron', pattern: '30 9 * * *', timeZone: 'America/New_York', data: { text: 'daily' } },
          handler: async () => void daily.push(time.now()),
        },
        tick: {
          schema: z.object({ source: z.string() }),
          schedule: { kind: 'every', ms: 6 * 3_600_000, data: { source: 'schedule' } },
          handler: async () => void hours.push(time.now()),
        },
      };
      await start(catalogue, { time });
      await eventually('two mornings and some intervals', () => daily.length >= 2 && hours.length >= 4);
      expect(daily[0]).toBeGreaterThanOrEqual(Date.parse('2026-03-06T14:30:00Z'));
      expect(daily[1]).toBeGreaterThanOrEqual(Date.parse('2026-03-07T14:30:00Z'));
    });

    test('lose the schedule of a job that is gone from the catalogue', async () => {
      const tick: JobEntry<Names['tick']> = {
        schema: z.object({ source: z.string() }),
        schedule: { kind: 'every', ms: 3_600_000, data: { source: 'x' } },
        handler: async () => {},
      };
      const name = `again-${backend}`;
      const first = await start(catalogueOf([], { tick }), { name });
      await eventually('the first tick', async () => (await first.counts()).completed === 1);
      expect((await first.counts()).delayed).toBe(1);
      await first.stop();
      const second = await start(catalogueOf([]), { name });
      expect((await second.counts()).delayed).toBe(0);
    });

    test('put in by a process that does not work wait for one that does', async () => {
      const seen: Seen[] = [];
      const name = `apart-${backend}`;
      const web = await start(catalogueOf(seen), { name, work: false });
      await web.enqueue('note', { text: 'from afar' });
      expect(await web.counts()).toMatchObject({ waiting: 1 });
      await start(catalogueOf(seen), { name });
      await eventually('the other process took it', () => seen.length === 1);
    });

    test('stop by letting the running ones end', async () => {
      let ended = false;
      let aborted = false;
      let begun: () => void = () => {};
      const started = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const handler: JobEntry<Names['note']>['handler'] = async (_, { signal }) => {
        begun();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        aborted = true;
        await new Promise((resolve) => setImmediate(resolve));
        ended = true;
      };
      const jobs = await start(catalogueOf([], { note: { schema, schedule: onDemand, handler } }));
      await jobs.enqueue('note', { text: 'long' });
      await started;
      running.splice(0);
      await jobs.stop();
      expect([aborted, ended]).toEqual([true, true]);
    });

    test('fail at once, and say it is worth trying again, when the queue cannot be reached', async () => {
      if (backend === 'postgres') {
        const jobs = await start(catalogueOf([]), { work: false });
        await db().database.pool.query(`alter schema bullmq rename to away`);
        await expect(jobs.enqueue('note', { text: 'x' })).rejects.toMatchObject({
          code: 'job_not_enqueued',
          retryable: true,
        });
        await db().database.pool.query(`alter schema away rename to bullmq`);
        return;
      }
      const other = await startRedis();
      names += 1;
      const jobs = await startJobs<Names>({
        catalogue: catalogueOf([]),
        databaseUrl: db().url,
        redisUrl: other.url,
        work: true,
        onError: () => {},
        name: `test-${names}`,
      });
      await other.stop();
      await expect(jobs.enqueue('note', { text: 'x' })).rejects.toMatchObject({
        code: 'job_not_enqueued',
        retryable: true,
      });
      // The same server, back again: the workers find it by themselves.
      const again = await startRedis(other.port);
      await eventually('it can be put in again', () =>
        jobs.enqueue('note', { text: 'y' }).then(
          () => true,
          () => false,
        ),
      );
      await eventually('and runs', async () => (await jobs.counts()).completed === 1);
      await jobs.stop();
      await again.stop();
    });
  });
}

test('a time of day is looked up on the clock of the product, through the change to summer time', async () => {
  const time = scaledClock({ speed: 30, realBaseMs: 1_000_000, baseEpochMs: Date.parse('2026-03-06T12:00:00Z') });
  const { repeatStrategy } = repeatSettings(time);
  const found: string[] = [];
  let at: number | undefined = 1_000_000;
  for (let times = 0; times < 4; times += 1) {
    at = await repeatStrategy?.(at ?? 0, { pattern: '30 9 * * *', tz: 'America/New_York' });
    found.push(new Date(time.fromReal(at ?? 0)).toISOString());
  }
  expect(found).toEqual([
    '2026-03-06T14:30:00.000Z',
    '2026-03-07T14:30:00.000Z',
    '2026-03-08T13:30:00.000Z',
    '2026-03-09T13:30:00.000Z',
  ]);
});

describe('a catalogue', () => {
  const entry = (changes: object) => ({ schema, schedule: onDemand, handler: async () => {}, ...changes });
  test.each([
    ['no handler', { handler: undefined }, 'has no handler'],
    ['data its schema refuses', { schedule: { kind: 'every', ms: 1_000, data: { text: '' } } }, 'schema refuses'],
    ['a wrong interval', { schedule: { kind: 'every', ms: 0, data: { text: 'a' } } }, 'interval'],
    [
      'a wrong time',
      { schedule: { kind: 'cron', pattern: '61 * * * *', timeZone: 'UTC', data: { text: 'a' } } },
      'not possible',
    ],
    [
      'a wrong zone',
      { schedule: { kind: 'cron', pattern: '1 * * * *', timeZone: 'Mars/Base', data: { text: 'a' } } },
      'not possible',
    ],
    ['no attempts', { attempts: 0 }, 'attempts'],
  ])('with %s does not start', (_, changes, sentence) => {
    expect(() => checkCatalogue({ broken: entry(changes) })).toThrow(
      expect.objectContaining({ code: 'job_catalogue', message: expect.stringContaining(sentence) }),
    );
  });

  test('names every gap at once', () => {
    const broken = { a: entry({ handler: undefined }), b: entry({ attempts: 0 }) };
    expect(() => checkCatalogue(broken)).toThrow(/a: has no handler\nb: attempts/);
  });

  test('that is right passes', () => {
    expect(() => checkCatalogue(catalogueOf([]))).not.toThrow();
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/platform/database.ts';
import { migrate } from '../../../src/platform/migrations.ts';
import { useTestDatabase } from '../../support/database.ts';

describe('the database', () => {
  const db = useTestDatabase();

  test('works in UTC although this process is far from it', async () => {
    const { client } = db().database;
    const at = new Date('2026-11-01T06:30:00.123Z');
    await client.lease.create({ data: { name: 'utc', owner: 'me', expiresAt: at } });
    expect((await client.lease.findUniqueOrThrow({ where: { name: 'utc' } })).expiresAt).toEqual(at);
    const { rows } = await db().database.pool.query(`select expires_at::text as text from lease where name = 'utc'`);
    expect(rows).toEqual([{ text: '2026-11-01 06:30:00.123+00' }]);
  });

  test('stays in UTC when the address brings options of its own', async () => {
    const other = await openDatabase({
      url: `${db().url}&options=${encodeURIComponent('-c TimeZone=Asia/Shanghai -c statement_timeout=4321')}`,
    });
    const { rows } = await other.pool.query(
      `select current_setting('TimeZone') as zone, current_setting('statement_timeout') as timeout`,
    );
    const hot = await other.hot.query(
      `select current_setting('TimeZone') as zone, current_setting('statement_timeout') as timeout, current_setting('enable_seqscan') as reads`,
    );
    await other.close();
    expect(rows).toEqual([{ zone: 'UTC', timeout: '4321ms' }]);
    expect(hot.rows).toEqual([{ zone: 'UTC', timeout: '4321ms', reads: 'off' }]);
  });

  test('refuses an address nobody answers at, and says so', async () => {
    await expect(openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toMatchObject({
      code: 'database_unreachable',
      retryable: true,
    });
  });

  test('runs more different statements than it keeps prepared', async () => {
    const { client } = db().database;
    for (let length = 0; length < 450; length += 1) {
      const names = Array.from({ length }, (_, index) => `name-${index}`);
      expect(await client.lease.count({ where: { name: { in: names } } })).toBe(0);
    }
  });
});

describe('migrations', () => {
  const db = useTestDatabase();
  let folder = '';
  const write = async (name: string, sql: string) => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'migration.sql'), sql);
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fairline-migrations-'));
    // The tests' database has the product's migrations; these are of another history.
    await db().database.pool.query('delete from _prisma_migrations');
    await write('1_first', 'create table one (id int);\ninsert into one values (1);\n');
    await write('2_second', 'create table two (id int);\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('are applied once each by however many start at the same time, in order', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => migrate(db().url, folder)));
    expect(results.flat()).toEqual(['1_first', '2_second']);
    const { rows } = await db().database.pool.query('select count(*)::int as n from one');
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('leave nothing behind when one fails, and go on when it is mended', async () => {
    await write('3_third', 'create table three (id int);\nselect 1/0;\n');
    await expect(migrate(db().url, folder)).rejects.toMatchObject({ code: 'migration_failed' });
    const { rows } = await db().database.pool.query(`select to_regclass('three') as found`);
    expect(rows).toEqual([{ found: null }]);
    await write('3_third', 'create table three (id int);\n');
    expect(await migrate(db().url, folder)).toEqual(['3_third']);
  });

  test('do not mind changed line ends', async () => {
    await write('2_second', 'create table two (id int);\r\n');
    expect(await migrate(db().url, folder)).toEqual([]);
  });

  test('refuse a file that was changed after it had been applied', async () => {
    await write('2_second', 'create table two (id bigint);\n');
    await expect(migrate(db().url, folder)).rejects.toMatchObject({
      code: 'migration_changed',
      message: expect.stringContaining('2_second'),
    });
    await write('2_second', 'create table two (id int);\n');
  });

  test('refuse a database from the future', async () => {
    await rm(join(folder, '3_third'), { recursive: true });
    await expect(migrate(db().url, folder)).rejects.toMatchObject({ code: 'migration_unknown' });
  });
});

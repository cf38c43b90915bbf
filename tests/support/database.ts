import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { errorCode } from '../../src/platform/errors.ts';
import { TEMPLATE } from './postgres-setup.ts';

export type TestDatabase = {
  readonly url: string;
  readonly database: Database;
  /** Closes the database and removes it. */
  drop(): Promise<void>;
};

/** A fresh, migrated database of its own (the jobs' schema included): 20 to 90 ms. */
export async function createTestDatabase(options: { maxConnections?: number } = {}): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(server, async (admin) => {
    for (let tries = 0; ; tries += 1) {
      try {
        await admin.query(`create database ${name} template ${TEMPLATE} strategy wal_log`);
        return;
      } catch (error) {
        // 55006: another test copies the template at this moment.
        if (errorCode(error) !== '55006' || tries >= 100) throw error;
        await sleep(20);
      }
    }
  });
  const url = server.replace('/fairline?', `/${name}?`);
  const database = await openDatabase({ url, maxConnections: options.maxConnections ?? 8 });
  return {
    url,
    database,
    async drop() {
      await database.close();
      await onServer(server, (admin) => admin.query(`drop database ${name} with (force)`));
    },
  };
}

/** Gives a test file (or a describe block) its own database: made before its tests, removed after them. */
export function useTestDatabase(options: { maxConnections?: number } = {}): () => TestDatabase {
  let current: TestDatabase | undefined;
  beforeAll(async () => {
    current = await createTestDatabase(options);
  });
  afterAll(async () => {
    await current?.drop();
  });
  return () => {
    if (current === undefined) throw new Error('The test database exists only while the tests of its block run.');
    return current;
  };
}

async function onServer(url: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  admin.on('error', () => {});
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

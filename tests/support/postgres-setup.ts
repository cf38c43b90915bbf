import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrateJobs } from '../../src/platform/jobs/backends.ts';
import { migrate } from '../../src/platform/migrations.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the tests' PostgreSQL server; databases are made from its template. */
    postgresUrl: string;
  }
}

/** The migrated database that every test database is copied from. Nobody may be connected to it. */
export const TEMPLATE = 'fairline_template';
const PREFIX = 'fairline-tests-';

type Shared = { users: number; started: Promise<{ url: string; close(): Promise<void> }> };
// Vitest loads this file once a project; the server is shared by way of the process.
declare global {
  var fairlineTestPostgres: Shared | undefined;
}

/** One server a run for all projects that need a database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const current: Shared = globalThis.fairlineTestPostgres ?? { users: 0, started: start() };
  globalThis.fairlineTestPostgres = current;
  current.users += 1;
  const { url, close } = await current.started;
  project.provide('postgresUrl', url);
  return async () => {
    current.users -= 1;
    if (current.users > 0) return;
    globalThis.fairlineTestPostgres = undefined;
    await close();
  };
}

async function start(): Promise<{ url: string; close(): Promise<void> }> {
  await sweep();
  const dataDir = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Under root the server runs as another user, who must get in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, durability: 'tests' });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const template = postgres.url.replace('/fairline?', `/${TEMPLATE}?`);
  await migrate(template);
  await migrateJobs(template);
  return {
    url: postgres.url,
    async close() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Removes what killed runs left behind. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !alive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

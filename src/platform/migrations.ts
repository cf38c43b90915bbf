import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { connectionSettings } from './database.ts';
import { errorText, PlatformError } from './errors.ts';
import { packageRoot } from './package-root.ts';

/** The lock that Prisma's own `migrate deploy` takes, so the two exclude each other too. */
const LOCK = 72707369;

const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };
type Applied = { readonly migration_name: string; readonly checksum: string; readonly finished_at: Date | null };

/**
 * Brings a database to the newest form: runs every `prisma/migrations/<name>/migration.sql` that it has not seen, in order of name, each in one
 * transaction with its entry in Prisma's own table. Several processes may call it at once. Statements that refuse a transaction
 * (`create index concurrently`) cannot be used in a migration.
 * @returns the names applied now
 * @throws PlatformError migration_changed | migration_unknown | migration_unfinished | migration_failed
 */
export async function migrate(
  url: string,
  folder: string = join(packageRoot(), 'prisma', 'migrations'),
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client(connectionSettings(url));
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(`set lock_timeout = '120s'`);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(TABLE);
    const { rows } = await client.query<Applied>(
      'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null',
    );
    const pending = pendingMigrations(migrations, rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    // Ending the session gives the lock back, also after an error.
    await client.end();
  }
}

/** Reads the migrations of a folder in the order in which they apply. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: checksumOf(sql) };
    }),
  );
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** Compares what the folder holds with what the database has seen; see {@link migrate} for the refusals. */
export function pendingMigrations(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const migration = known.get(row.migration_name);
    if (migration === undefined) {
      throw new PlatformError(
        'migration_unknown',
        `The database has the migration ${row.migration_name}, which this version does not know: the database belongs to a newer version.`,
      );
    }
    if (row.finished_at === null) {
      throw new PlatformError(
        'migration_unfinished',
        `The migration ${row.migration_name} was begun by another tool and did not finish. Repair the database, then remove its row from _prisma_migrations.`,
      );
    }
    // A checkout on another system may have changed the line ends, and nothing else.
    const unix = migration.sql.replaceAll('\r\n', '\n');
    const checksums = [migration.checksum, checksumOf(unix), checksumOf(unix.replaceAll('\n', '\r\n'))];
    if (!checksums.includes(row.checksum)) {
      throw new PlatformError(
        'migration_changed',
        `The migration ${row.migration_name} was changed after it had been applied to this database. Restore its file and put the change into a new migration.`,
      );
    }
  }
  const seen = new Set(applied.map((row) => row.migration_name));
  return migrations.filter(({ name }) => !seen.has(name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, transaction_timestamp(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    throw new PlatformError(
      'migration_failed',
      `The migration ${name} failed, nothing of it was kept: ${errorText(cause)}`,
      { cause },
    );
  }
}

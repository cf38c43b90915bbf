/** A PostgreSQL server of a benchmark's own, as durable as one in service, with the schema of today; gone when the benchmark is done. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrations.ts';

export type OwnPostgres = { url: string; folder: string; database: Database };

export async function withPostgres(use: (own: OwnPostgres) => Promise<void>, maxConnections?: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fairline-bench-'));
  // Under root the server runs as another user, who must be let in.
  await chmod(folder, 0o755);
  const postgres = await startPostgres({ dataDir: folder, durability: 'full' });
  try {
    await migrate(postgres.url);
    const database = await openDatabase({ url: postgres.url, ...(maxConnections !== undefined && { maxConnections }) });
    try {
      await use({ url: postgres.url, folder, database });
    } finally {
      await database.close();
    }
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

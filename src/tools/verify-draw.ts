/**
 * `npm run verify-draw -- <id>`: recomputes a draw from its stored frame and key, for whoever would rather not believe us.
 * Reads the database of DATABASE_URL, or the embedded one in DATA_DIR (also while the product runs). Exit status 0: the same.
 */
import { samplingStoreOf } from '../compose/sampling.ts';
import { readConfig } from '../config.ts';
import { openDatabase } from '../platform/database.ts';
import { startPostgres } from '../platform/embedded-postgres.ts';
import { PlatformError } from '../platform/errors.ts';
import { verifyDraw } from '../../qa/index.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const shownDifferences = 20;

async function main(): Promise<number> {
  const [id] = process.argv.slice(2);
  if (id === undefined || !guid.test(id)) {
    console.error('Usage: npm run verify-draw -- <id of the draw>');
    return 2;
  }
  const config = readConfig(process.env);
  const postgres =
    config.databaseUrl === undefined ? await startPostgres({ dataDir: config.dataDir, durability: 'full' }) : null;
  const database = await openDatabase({ url: config.databaseUrl ?? postgres?.url ?? '', maxConnections: 2 });
  try {
    const stored = await samplingStoreOf(database).stored(id);
    if (stored === null) {
      console.error('There is no such draw in this database.');
      return 2;
    }
    const { same, frameSize, drawnSize, differences } = verifyDraw({ ...stored, keyCommitment: stored.commitment });
    console.log(`Draw        ${id} (${stored.kind})`);
    console.log(`Frame       ${frameSize} recordings, hash ${stored.frameHash}`);
    console.log(`Commitment  ${stored.commitment}`);
    console.log(`Key         ${stored.key}`);
    console.log(`Drawn       ${drawnSize}`);
    for (const difference of differences.slice(0, shownDifferences))
      console.log(`DIFFERENT   ${JSON.stringify(difference)}`);
    if (differences.length > shownDifferences)
      console.log(`            … and ${differences.length - shownDifferences} more`);
    console.log(same ? 'The same draw: frame, key and rules give exactly what is stored.' : 'NOT the same draw.');
    return same ? 0 : 1;
  } finally {
    await database.close();
    await postgres?.stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof PlatformError ? error.message : error);
    process.exit(1);
  },
);

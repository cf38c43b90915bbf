/** How fast a contact list is imported through the real path: spool, encoding, checks, screening, database. */
import { join } from 'node:path';
import { listSource } from '../../dialer/adapters/list-source.ts';
import { listStore } from '../../dialer/adapters/store/lists.ts';
import { createListImport } from '../../dialer/engine/list-import.ts';
import { makeWorld } from '../fixtures/campaign.ts';
import { withPostgres } from './own-postgres.ts';

/** Fictional numbers end at some 80,000, so a longer list is made of Chinese mobile numbers that are never dialled. */
async function* lines(count: number): AsyncIterable<Uint8Array> {
  yield Buffer.from('name,phone,tariff\n');
  const batch = 1000;
  for (let from = 0; from < count; from += batch) {
    let text = '';
    for (let index = from; index < Math.min(count, from + batch); index += 1)
      text += `Customer ${index},+861380${String(index).padStart(7, '0')},5G 129\n`;
    yield Buffer.from(text);
  }
}

export async function run(args: string[]): Promise<void> {
  const counts = args.length > 0 ? args.map(Number) : [10_000, 100_000];
  await withPostgres(async ({ database, folder }) => {
    console.log('lines      seconds   lines/s   longest stall of the event loop (ms)');
    for (const count of counts) {
      const world = await makeWorld(database.client, Date.now());
      const importer = createListImport({
        lists: listStore(database.client),
        source: listSource(join(folder, 'uploads')),
        clock: { now: Date.now },
        country: 'CN',
        publish: () => undefined,
      });
      let last = performance.now();
      let stall = 0;
      const beat = setInterval(() => {
        const now = performance.now();
        stall = Math.max(stall, now - last - 5);
        last = now;
      }, 5);
      const start = performance.now();
      const result = await importer.importFile({
        campaignId: world.campaignId,
        name: 'bench',
        fileName: 'bench.csv',
        content: lines(count),
        by: { userId: null },
      });
      clearInterval(beat);
      const seconds = (performance.now() - start) / 1000;
      if (result.accepted !== count) throw new Error(`only ${result.accepted} of ${count} lines were accepted`);
      console.log(
        `${String(count).padEnd(10)} ${seconds.toFixed(2).padEnd(9)} ${String(Math.round(count / seconds)).padEnd(9)} ${stall.toFixed(0)}`,
      );
    }
  });
}

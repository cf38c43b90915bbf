/**
 * What asking the blacklist costs at dial time, with so many numbers on it: the same query as in the claim and in the last moment before a call, for one
 * contact with two numbers. Half of the entries stand one by one, half on an imported list.
 *
 * Arguments: numbers of entries; 10,000,000 takes some minutes to fill.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blacklistFacts } from '../../dialer/adapters/store/dial-facts.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrations.ts';

const questions = 5_000;

/** Chinese mobile numbers that are never dialled, spread so that neighbours in time are none on the page. */
const numberSql = (n: string) => `'+861' || lpad(((${n}::bigint * 7919) % 10000000000)::text, 10, '0')`;
const numberOf = (n: number) => `+861${String((BigInt(n) * 7919n) % 10_000_000_000n).padStart(10, '0')}`;

export async function run(args: string[]): Promise<void> {
  const counts = args.length > 0 ? args.map(Number) : [100_000, 1_000_000];
  const folder = await mkdtemp(join(tmpdir(), 'fairline-bench-'));
  const postgres = await startPostgres({ dataDir: folder, durability: 'full' });
  await migrate(postgres.url);
  const database = await openDatabase({ url: postgres.url });
  const { client, pool } = database;
  try {
    console.log('entries     hits   p50 ms   p99 ms   most ms');
    const list = await client.externalBlacklist.create({
      data: { name: 'list', asOf: new Date(0), importedAt: new Date(0) },
    });
    let filled = 0;
    for (const count of counts) {
      await pool.query(
        `insert into blacklist_entry (number, scope, reason, source, added_at)
         select ${numberSql('n')}, 'all', 'opt-out', 'bench', now() from generate_series($1::int, $2::int) n where n % 2 = 0`,
        [filled, count - 1],
      );
      await pool.query(
        `insert into external_blacklist_number (list_id, number)
         select $3, ${numberSql('n')} from generate_series($1::int, $2::int) n where n % 2 = 1`,
        [filled, count - 1, list.id],
      );
      filled = count;
      await pool.query('analyze blacklist_entry');
      await pool.query('analyze external_blacklist_number');
      const times: number[] = [];
      let hits = 0;
      for (let asked = 0; asked < questions; asked += 1) {
        // Every second contact has a number that is listed, anywhere on the list.
        const listed = Math.floor((asked * 0.618_034 * count) % count);
        const numbers = [numberOf(asked % 2 === 0 ? listed : count + listed), numberOf(2 * count + listed)];
        const start = performance.now();
        const facts = await blacklistFacts(client, numbers);
        times.push(performance.now() - start);
        if (facts.length > 0) hits += 1;
      }
      const sorted = times.toSorted((a, b) => a - b);
      const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2).padEnd(8);
      console.log(`${String(count).padEnd(11)} ${String(hits).padEnd(6)} ${at(0.5)} ${at(0.99)} ${at(1)}`);
    }
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What asking the blacklist costs at dial time, with so many numbers on it. Asked in the way the dialler asks: a prepared statement on the
 * pool. `number`: the two numbers of one contact, by themselves (as before a transfer). `last look`: everything that is looked at in the last
 * moment before a call is placed, the blacklist among it, in its three statements. Half of the entries stand one by one, half on an imported
 * list.
 *
 * Arguments: numbers of entries; 10,000,000 take two to four minutes to fill.
 */
import { contactStore } from '../../dialer/adapters/store/contacts.ts';
import { blacklistFacts } from '../../dialer/adapters/store/dial-facts.ts';
import { pooledDb } from '../../dialer/adapters/store/pooled.ts';
import type { Database } from '../../src/platform/database.ts';
import { makeWorld } from '../fixtures/campaign.ts';
import { cpuOfServer } from './cpu-of.ts';
import { withPostgres } from './own-postgres.ts';

const questions = 5_000;
const warmUp = 500;
/** Calls that stand ready to be looked at. */
const intents = 500;

/** Chinese mobile numbers that are never dialled, spread so that neighbours in time are none on the page. */
const numberSql = (n: string) => `'+861' || lpad(((${n}::bigint * 7919) % 10000000000)::text, 10, '0')`;
const numberOf = (n: number) => `+861${String((BigInt(n) * 7919n) % 10_000_000_000n).padStart(10, '0')}`;

export async function run(args: string[]): Promise<void> {
  const counts = args.length > 0 ? args.map(Number) : [100_000, 1_000_000];
  await withPostgres(async ({ database }) => {
    const { client, pool } = database;
    const db = pooledDb(pool);
    console.log('entries     asked       hits   p50 ms   p99 ms   most ms  cpu ms each (server + process)');
    const list = await client.externalBlacklist.create({
      data: { name: 'list', asOf: new Date(0), importedAt: new Date(0) },
    });
    let filled = 0;
    for (const count of counts) {
      const filling = performance.now();
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
      const took = (performance.now() - filling) / 1000;
      // What the server does by itself in the hours after an import: rows marked as committed, pages written out.
      await pool.query('vacuum analyze blacklist_entry');
      await pool.query('vacuum analyze external_blacklist_number');
      await pool.query('checkpoint');
      console.log(`${String(count).padEnd(11)} filled in ${took.toFixed(0)} s`);
      // Every second contact has a number that is listed, anywhere on the list.
      const numbersOf = (asked: number): string[] => {
        const listed = Math.floor((asked * 0.618_034 * count) % count);
        return [numberOf(asked % 2 === 0 ? listed : count + listed), numberOf(2 * count + listed)];
      };
      await measure(
        database,
        count,
        'number',
        async (asked) => (await blacklistFacts(db, numbersOf(asked))).length > 0,
      );
      const attempts = await intend(database, numbersOf);
      const contacts = contactStore(pool);
      await measure(database, count, 'last look', async (asked) => {
        const look = await contacts.factsOf(attempts[asked % attempts.length] ?? '', Date.now());
        return (look?.facts.blacklist.length ?? 0) > 0;
      });
      await pool.query(`update attempt set live = false, state = 'ended', ended_at = now() where live`);
    }
  });
}

async function measure(
  database: Database,
  count: number,
  what: string,
  ask: (asked: number) => Promise<boolean>,
): Promise<void> {
  // The first answers plan the statement and fetch the upper pages of the indexes.
  for (let asked = 0; asked < warmUp; asked += 1) await ask(asked);
  const times: number[] = [];
  let hits = 0;
  const server = await cpuOfServer(database);
  const own = process.cpuUsage();
  for (let asked = 0; asked < questions; asked += 1) {
    const start = performance.now();
    if (await ask(asked)) hits += 1;
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(own);
  const spent = server === null ? null : ((await cpuOfServer(database)) ?? server) - server;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2).padEnd(8);
  const cpu = `${spent === null ? '?' : (spent / questions).toFixed(2)} + ${((user + system) / 1000 / questions).toFixed(2)}`;
  console.log(
    `${String(count).padEnd(11)} ${what.padEnd(11)} ${String(hits).padEnd(6)} ${at(0.5)} ${at(0.99)} ${at(1)} ${cpu}`,
  );
}

/** Calls that are about to be placed, each to a contact with two numbers. */
async function intend({ client, pool }: Database, numbersOf: (asked: number) => string[]): Promise<string[]> {
  const { campaignId } = await makeWorld(client, Date.now());
  const list = await client.contactList.create({
    data: { campaignId, name: 'List', fileName: 'list.csv', state: 'ready', importedAt: new Date() },
  });
  const numbers = Array.from({ length: intents }, (_, asked) => numbersOf(asked));
  const { rows } = await pool.query<{ id: string }>(
    `with made as (
       insert into contact (campaign_id, list_id, line, time_zone, due_at, state)
       select $1, $2, n, 'Asia/Shanghai', now(), 'in-attempt' from generate_series(1, $3::int) n returning id, line),
     numbered as (
       insert into contact_number (contact_id, position, number)
       select made.id, p.position, p.number from made cross join lateral (values (0, ($4::text[])[made.line]), (1, ($5::text[])[made.line])) p (position, number))
     insert into attempt (campaign_id, contact_id, number, caller_id, mode, settings_version, state, live, intended_at)
     select $1, made.id, ($4::text[])[made.line], '+12125550190', 'predictive', 1, 'intended', true, now() from made returning id`,
    [campaignId, list.id, intents, numbers.map(([first]) => first), numbers.map(([, second]) => second)],
  );
  await pool.query('analyze contact, contact_number, attempt');
  return rows.map(({ id }) => id);
}

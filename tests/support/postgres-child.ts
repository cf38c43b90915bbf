// A process of its own for the tests of faults: runs the embedded server for a data folder and tells on standard output, one JSON object a line,
// what happens. `write`: inserts rows and tells each one that was acknowledged. `hold`: waits to be told to end by SIGTERM or SIGINT, then still
// asks the server something before it stops it, as a draining application does.
import pg from 'pg';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';

const [dataDir = '', mode = 'hold'] = process.argv.slice(2);
const tell = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`);

const postgres = await startPostgres({ dataDir, durability: 'full' });
const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
pool.on('error', () => {});
async function write(): Promise<void> {
  for (;;) {
    try {
      const { rows } = await pool.query<{ id: string }>('insert into written default values returning id');
      tell({ id: Number(rows[0]?.id) });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

async function drain(): Promise<void> {
  await pool.query('select 1');
  await pool.end();
  tell({ drained: true, owned: postgres.owned });
  await postgres.stop();
  process.exitCode = 3;
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain());
// Stands for the web server that keeps an application running.
const running = mode === 'write' ? null : setInterval(() => {}, 60_000);
if (running !== null)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => clearInterval(running));
// Only now: whoever reads this may send the signal at once.
tell({ ready: true, owned: postgres.owned, url: postgres.url });
if (mode === 'write') {
  await pool.query('create table if not exists written (id bigserial primary key)');
  await Promise.all([write(), write(), write()]);
}

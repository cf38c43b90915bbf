import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/platform/database.ts';
import { createWriteProbe } from '../../../src/platform/write-probe.ts';
import { useTestDatabase } from '../../support/database.ts';
import { openHttpRig } from '../../flows/http/rig.ts';

describe('a database that answers and takes no writes', () => {
  const database = useTestDatabase();

  /** Connections made from now on have the setting. */
  async function madeSo(setting: string): Promise<() => Promise<void>> {
    const { pool } = database().database;
    const { rows } = await pool.query<{ name: string }>('select current_database() as name');
    const name = rows[0]?.name ?? '';
    await pool.query(`alter database ${name} set ${setting}`);
    return async () => {
      const [parameter = ''] = setting.split(' ');
      // In a session that was made read-only, too.
      await pool.query(`begin read write; alter database ${name} reset ${parameter}; commit`);
    };
  }

  test.each([
    { fault: 'was made read-only', setting: 'default_transaction_read_only = on' },
    // To PostgreSQL a full disk is the same as a file that must not grow.
    { fault: 'has no room for a file', setting: 'temp_file_limit = 0' },
  ])('is told from a sound one when it $fault, and believed when it is sound again', async ({ setting }) => {
    let now = 0;
    const back = await madeSo(setting);
    const ill = await openDatabase({ url: database().url });
    const takesWrites = createWriteProbe(ill.pool, () => now);
    expect((await ill.pool.query('select 1')).rowCount).toBe(1);
    expect(await takesWrites()).toBe(false);
    await back();
    // Asked every few seconds at most: an answer that is not old is given without the database.
    now += 4_999;
    expect(await takesWrites()).toBe(false);
    now += 1;
    expect(await takesWrites()).toBe(true);
    await ill.close();
  });

  test('makes the process say that it cannot do its work', async () => {
    const rig = await openHttpRig(database());
    const back = await madeSo('default_transaction_read_only = on');
    const { pool } = database().database;
    // So that the next question is asked on a new connection.
    const reconnect = async () => {
      const client = new pg.Client({ connectionString: database().url });
      await client.connect();
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`);
      await client.end();
    };
    await reconnect();
    expect((await pool.query('select 1')).rowCount).toBe(1);
    const answer = await rig.app.inject('/healthz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      status: 'failing',
      database: { ok: false, writes: false },
      jobs: { ok: true },
    });
    await back();
    await reconnect();
    await rig.close();
  });
});

/**
 * External lists in PostgreSQL. A file is read into a table of the connection, batch by batch and outside any transaction, so that however
 * long it takes nothing waits for it; only what is there as a whole is put in force, in one transaction. Broken off before, the table goes
 * with its connection and the old list has held all the while.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { ExternalList, ExternalListStore } from '../../ports/external-lists.ts';
import { finishSql, giveBackSql } from './blocked-contacts.ts';

export function externalListStore({ client, pool }: { client: PrismaClient; pool: pg.Pool }): ExternalListStore {
  return {
    async inForce(name) {
      const row = await client.externalBlacklist.findFirst({ where: { name, replacedAt: null } });
      return row === null ? null : { asOf: row.asOf.getTime() };
    },

    async replace(list, numbers, done) {
      return staged(pool, numbers, async (connection) => {
        const { rejected, now, by } = done();
        const at = new Date(now);
        // One of a name at a time: whoever comes second waits here, and is refused if its date is the earlier one.
        await connection.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`external-list ${list.name}`]);
        const [old] = await rowsOf<{ id: string; later: boolean }>(
          connection,
          'select id, as_of > $2 as later from external_blacklist where name = $1 and replaced_at is null',
          [list.name, new Date(list.asOf)],
        );
        if (old?.later === true) return null;
        if (old !== undefined)
          await connection.query('update external_blacklist set replaced_at = $2, replaced_by = $3 where id = $1', [
            old.id,
            at,
            by,
          ]);
        const made = await insert(connection, list, { rejected, at, by });
        if (made === null) return null;
        const touched = await rowsOf<Touched>(connection, finishSql(numbersOfList), [at, made.id]);
        if (old !== undefined) touched.push(...(await emptied(connection, old.id, at)));
        return { ...made, campaignIds: campaignsOf(touched) };
      });
    },

    async withdraw(id, { why, by, now }) {
      return inTransaction(await pool.connect(), async (connection) => {
        const at = new Date(now);
        const [list] = await rowsOf<{ id: string }>(
          connection,
          `update external_blacklist set replaced_at = $2, replaced_by = $3, withdrawal = $4
            where id = $1 and replaced_at is null returning id`,
          [id, at, by, why],
        );
        return list === undefined ? null : { campaignIds: campaignsOf(await emptied(connection, id, at)) };
      });
    },
  };
}

type Touched = { campaign_id: string };
const campaignsOf = (rows: readonly Touched[]): string[] => [...new Set(rows.map(({ campaign_id }) => campaign_id))];
/** $2 is the list. */
const numbersOfList = 'select number from external_blacklist_number where list_id = $2';

/** The list with what has come in, each number once. Null when nothing has. */
async function insert(
  connection: pg.PoolClient,
  list: ExternalList,
  { rejected, at, by }: { rejected: number; at: Date; by: string | null },
): Promise<{ id: string; entries: number } | null> {
  const [made] = await rowsOf<{ id: string }>(
    connection,
    `insert into external_blacklist (name, source, scope, scope_id, reason, as_of, stale_days, imported_at, imported_by, rejected)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [list.name, list.source, list.scope, list.scopeId, list.reason, new Date(list.asOf), list.staleDays, at, by, rejected],
  ); // biome-ignore format: the values stand in the order of the columns
  if (made === undefined) return null;
  const { rowCount } = await connection.query(
    'insert into external_blacklist_number (list_id, number) select $1, number from incoming group by number order by number',
    [made.id],
  );
  const entries = rowCount ?? 0;
  if (entries === 0) return null;
  await connection.query('update external_blacklist set entries = $2 where id = $1', [made.id, entries]);
  return { id: made.id, entries };
}

/** Gives back what only this list held, and clears away its numbers. */
async function emptied(connection: pg.PoolClient, listId: string, at: Date): Promise<Touched[]> {
  const touched = await rowsOf<Touched>(connection, giveBackSql(numbersOfList), [at, listId]);
  await connection.query('delete from external_blacklist_number where list_id = $1', [listId]);
  return touched;
}

async function rowsOf<Row extends pg.QueryResultRow>(
  connection: pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return (await connection.query<Row>(text, [...values])).rows;
}

/** Reads all numbers into `incoming`, a table that only this connection sees, and then does `work` in one transaction. */
async function staged<T>(
  pool: pg.Pool,
  numbers: AsyncIterable<readonly string[]>,
  work: (connection: pg.PoolClient) => Promise<T | null>,
): Promise<T | null> {
  const connection = await pool.connect();
  try {
    await connection.query('create temporary table incoming (number text not null)');
    // One COPY a batch: a single one would be a transaction as long as the file.
    for await (const batch of numbers)
      if (batch.length > 0)
        await pipeline(
          Readable.from([copyText(batch)]),
          connection.query(copyFrom('copy incoming (number) from stdin')),
        );
    await connection.query('analyze incoming');
  } catch (cause) {
    connection.release(true);
    throw cause;
  }
  return inTransaction(connection, async () => {
    const result = await work(connection);
    if (result !== null) await connection.query('drop table incoming');
    return result;
  });
}

/** E.164 has no character that COPY's text format would have to escape. */
const copyText = (batch: readonly string[]): Buffer => Buffer.from(`${batch.join('\n')}\n`);

/** Commits what `work` did, unless it says null or fails: then nothing has happened, and the connection is given to nobody else. */
async function inTransaction<T>(
  connection: pg.PoolClient,
  work: (connection: pg.PoolClient) => Promise<T | null>,
): Promise<T | null> {
  let whole = false;
  try {
    await connection.query('begin');
    const result = await work(connection);
    whole = result !== null;
    if (whole) await connection.query('commit');
    return result;
  } catch (cause) {
    whole = false;
    throw cause;
  } finally {
    // Closing it rolls back, and takes the table of the moment with it.
    connection.release(!whole);
  }
}

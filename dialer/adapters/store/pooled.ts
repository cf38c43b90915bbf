/**
 * Statements straight on the connection pool, prepared by name. Through the Prisma client each costs about four times the
 * processor time, which on the answer path is time that a customer waits.
 */
import { createHash } from 'node:crypto';
import type { CustomTypesConfig, Pool, PoolClient, QueryConfig } from 'pg';
import pg from 'pg';
import { createLane, type Lane } from './lane.ts';
import { type Db, type Sql, sql } from './sql.ts';

/** bigint columns come as bigint, as the Prisma client gives them. */
const INT8 = 20;
const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? (value: string) => BigInt(value) : pg.types.getTypeParser(oid, format ?? 'text'),
};

/** What a row holds is the statement's word, here as with every SQL client; the compiler cannot know it. */
const ROWS: string = 'rows';

/** Texts beyond this many run unprepared: ever new texts would fill the server's memory. */
const MAX_NAMES = 400;

/** Of a pool's connections, the share that ordinary statements may keep busy at once; at least two. */
const ORDINARY_SHARE = 0.5;

export type PooledDb = Db & {
  /** All of `work` or nothing; `work` must use the `Db` it is given. */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * For statements that a customer on the line waits for: they never queue behind the others. The rest shares some of the
   * connections, so that under load it is the journal and the recordings that come a little later, not the answer.
   */
  readonly urgent: Db;
};

/** How many ordinary statements run at once, by pool: everything on one pool shares its limit. */
const lanes = new WeakMap<Pool, Lane>();

function laneOf(pool: Pool): Lane {
  const known = lanes.get(pool);
  if (known !== undefined) return known;
  const lane = createLane(Math.max(2, Math.floor((pool.options.max ?? 10) * ORDINARY_SHARE)));
  lanes.set(pool, lane);
  return lane;
}

export function pooledDb(pool: Pool): PooledDb {
  const names = new Map<string, string>();
  const lane = laneOf(pool);

  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known !== undefined || names.size >= MAX_NAMES) return known;
    const name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
    return name;
  }

  function config(query: TemplateStringsArray | Sql, values: unknown[]): QueryConfig {
    const { text, values: parameters } = isTemplate(query) ? sql(query, ...values) : query;
    const name = nameOf(text);
    return { text, values: parameters, types, ...(name === undefined ? {} : { name }) };
  }

  const on = (connection: Pool | PoolClient): Db => ({
    async $queryRaw<T>(query: TemplateStringsArray | Sql, ...values: unknown[]): Promise<T> {
      const result = await connection.query(config(query, values));
      return Reflect.get(result, ROWS);
    },
    async $executeRaw(query, ...values) {
      const { rowCount } = await connection.query(config(query, values));
      return rowCount ?? 0;
    },
  });

  async function transaction<T>(work: (db: Db) => Promise<T>): Promise<T> {
    const connection = await pool.connect();
    let broken: Error | undefined;
    try {
      await connection.query('begin');
      const result = await work(on(connection));
      await connection.query('commit');
      return result;
    } catch (error) {
      await connection.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      // A connection that could not roll back is not given to anybody else.
      connection.release(broken);
    }
  }

  const urgent = on(pool);
  return {
    $queryRaw: (query, ...values) => lane(() => urgent.$queryRaw(query, ...values)),
    $executeRaw: (query, ...values) => lane(() => urgent.$executeRaw(query, ...values)),
    transaction: (work) => lane(() => transaction(work)),
    urgent,
  };
}

const isTemplate = (query: TemplateStringsArray | Sql): query is TemplateStringsArray => Array.isArray(query);

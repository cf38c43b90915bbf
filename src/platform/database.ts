import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../../prisma/generated/client.ts';
import { errorText, PlatformError } from './errors.ts';

/** Every session works in UTC: Prisma's adapter takes what it reads for UTC, and would store times shifted by the zone otherwise. */
const UTC = '-c TimeZone=UTC';
/**
 * A prepared statement keeps its plan. One that was planned while a table was small reads the whole table from then on, however it
 * grows, until somebody gathers statistics: in the first minutes of a day that cost the steps of calls half their time.
 */
const BY_INDEX = '-c enable_seqscan=off';
/** Each connection plans each statement a few times before it keeps a plan; a dozen are enough for what waits on the disk. */
const MOST_HOT = 12;
/** Statements kept prepared on a connection. Lists of different lengths make ever new texts; beyond this they run unnamed. */
const MAX_PREPARED = 400;

export type Database = {
  /** For model queries and transactions. */
  readonly client: PrismaClient;
  /** For COPY, bulk statements and claims in hot loops. The same pool as the client's. */
  readonly pool: pg.Pool;
  /** For the steps of calls: prepared statements that look up a few rows by index. Connections of their own. */
  readonly hot: pg.Pool;
  /** Ends every connection, after the queries under way. */
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly url: string;
  /** Connections at most in each of the two pools; a transaction holds one for as long as it lasts. */
  readonly maxConnections?: number;
  /** Told about connections that broke while idle, as when the server restarts; the pool replaces them by itself. */
  readonly onError?: (error: Error) => void;
};

/** Settings for every pool and client of node-postgres in this product. */
export function connectionSettings(
  url: string,
  options = UTC,
): {
  connectionString: string;
  options?: string;
  application_name: string;
} {
  const application_name = 'fairline';
  // An "options" of the address would replace ours.
  if (!/[?&]options=/.test(url)) return { connectionString: url, options, application_name };
  return {
    connectionString: url.replace(/([?&]options=[^&#]*)/, `$1${encodeURIComponent(` ${options}`)}`),
    application_name,
  };
}

/**
 * Opens the database and asks it one question, so that a wrong address is known at start.
 * @throws PlatformError database_unreachable
 */
export async function openDatabase({ url, maxConnections = 20, onError }: DatabaseOptions): Promise<Database> {
  const open = (options: string, max: number): pg.Pool => {
    const opened = new pg.Pool({ ...connectionSettings(url, options), max, connectionTimeoutMillis: 10_000 });
    // Without a listener a broken idle connection would end the process.
    opened.on('error', (error) => onError?.(error));
    return opened;
  };
  const pool = open(UTC, maxConnections);
  const hot = open(`${UTC} ${BY_INDEX}`, Math.min(maxConnections, MOST_HOT));
  const adapter = new PrismaPg(pool, { statementNameGenerator: nameStatements() });
  const client = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } });
  try {
    await pool.query('select 1');
  } catch (cause) {
    await Promise.all([pool.end(), hot.end()]);
    throw new PlatformError('database_unreachable', `The database does not answer: ${errorText(cause)}`, {
      retryable: true,
      cause,
    });
  }
  return {
    client,
    pool,
    hot,
    async close() {
      await client.$disconnect();
      await Promise.all([pool.end(), hot.end()]);
    },
  };
}

function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MAX_PREPARED) return '';
    const name = createHash('sha1').update(sql).digest('base64url');
    names.set(sql, name);
    return name;
  };
}

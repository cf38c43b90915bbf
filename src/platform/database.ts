import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../../prisma/generated/client.ts';
import { errorText, PlatformError } from './errors.ts';

/** Every session works in UTC: Prisma's adapter takes what it reads for UTC, and would store times shifted by the zone otherwise. */
const UTC = '-c TimeZone=UTC';
/** Statements kept prepared on a connection. Lists of different lengths make ever new texts; beyond this they run unnamed. */
const MAX_PREPARED = 400;

export type Database = {
  /** For model queries and transactions. */
  readonly client: PrismaClient;
  /** For COPY, bulk statements and claims in hot loops. The same pool as the client's. */
  readonly pool: pg.Pool;
  /** Ends every connection, after the queries under way. */
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly url: string;
  /** Connections at most; a transaction holds one for as long as it lasts. */
  readonly maxConnections?: number;
  /** Told about connections that broke while idle, as when the server restarts; the pool replaces them by itself. */
  readonly onError?: (error: Error) => void;
};

/** Settings for every pool and client of node-postgres in this product. */
export function connectionSettings(url: string): {
  connectionString: string;
  options?: string;
  application_name: string;
} {
  const application_name = 'fairline';
  // An "options" of the address would replace ours.
  if (!/[?&]options=/.test(url)) return { connectionString: url, options: UTC, application_name };
  return {
    connectionString: url.replace(/([?&]options=[^&#]*)/, `$1${encodeURIComponent(` ${UTC}`)}`),
    application_name,
  };
}

/**
 * Opens the database and asks it one question, so that a wrong address is known at start.
 * @throws PlatformError database_unreachable
 */
export async function openDatabase({ url, maxConnections = 20, onError }: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({ ...connectionSettings(url), max: maxConnections, connectionTimeoutMillis: 10_000 });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', (error) => onError?.(error));
  const adapter = new PrismaPg(pool, { statementNameGenerator: nameStatements() });
  const client = new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 30_000 } });
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new PlatformError('database_unreachable', `The database does not answer: ${errorText(cause)}`, {
      retryable: true,
      cause,
    });
  }
  return {
    client,
    pool,
    async close() {
      await client.$disconnect();
      await pool.end();
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

import { Prisma } from '../../../prisma/generated/client.ts';

export type Sql = Prisma.Sql;
export const { sql, join, empty } = Prisma;
/** One statement at a time, its text and parameters apart; the Prisma client is one, a pool made by `pooledDb` is a faster one. */
export type Db = {
  $queryRaw<T = unknown>(query: TemplateStringsArray | Sql, ...values: unknown[]): PromiseLike<T>;
  $executeRaw(query: TemplateStringsArray | Sql, ...values: unknown[]): PromiseLike<number>;
};

/** A column of a statement of its own that need not be on the disk when it is answered: a crash of the database may undo its last half second. */
export const unhurried: Sql = sql`set_config('synchronous_commit', 'off', true)`;

/** Epoch milliseconds as a parameter. */
export const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** A time of a row as epoch milliseconds. */
export const ms = (date: Date): number => date.getTime();
export const msOrNull = (date: Date | null): number | null => (date === null ? null : date.getTime());

/** A list of uuids as one parameter, so that the statement's text does not depend on its length. */
export const uuids = (ids: readonly string[]): Sql =>
  sql`(SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;

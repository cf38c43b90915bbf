/** Pages of lists: `next` is the key of the last row given; a page asks for one row more to know whether there is another. */
import { columnCount, id as guid, serial } from '../contract/common.ts';
import { ApiError } from './errors.ts';

export type PageOf<T> = { items: T[]; next: string | null; total: number | null };

/** Cuts `limit + 1` rows down to a page. */
export function cut<Row, T>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  show: (row: Row) => T,
): PageOf<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(show), next: rows.length > limit && last !== undefined ? keyOf(last) : null, total: null };
}

/** Keys of lists ordered by a time and an id. */
export function timeKey(at: Date, id: string): string {
  return `${at.getTime()}_${id}`;
}

export function readTimeKey(after: string | undefined): { at: Date; id: string } | undefined {
  if (after === undefined) return undefined;
  const [, at, id] = /^(\d{1,15})_(.{36})$/.exec(after) ?? [];
  if (at === undefined || !guid.safeParse(id).success || id === undefined) throw unreadable();
  return { at: new Date(Number(at)), id };
}

/** Whole numbers as keys (journals). */
export function readSerial(after: string | undefined): bigint | undefined {
  if (after === undefined) return undefined;
  if (!serial.safeParse(after).success) throw unreadable();
  return BigInt(after);
}

/** Lines of a file as keys; before the first without one. */
export function readLine(after: string | undefined): number {
  if (after === undefined) return 0;
  if (!columnCount.safeParse(Number(after)).success) throw unreadable();
  return Number(after);
}

/** Ids as keys. */
export function readId(after: string | undefined): string | null {
  if (after === undefined) return null;
  if (!guid.safeParse(after).success) throw unreadable();
  return after;
}

const unreadable = () => new ApiError('bad-request', { field: 'querystring.after' });

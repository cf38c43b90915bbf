/**
 * Takes an uploaded table in: every line is taken or reported with its number and reason, and what was taken counts all at once at
 * the end, or not at all. The work goes in batches with a breath between them, so that calls go on.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { ListRecord, ListSource, OpenList } from '../ports/contact-store.ts';

const batchLines = 2000;
/** No upload takes so long; whatever is still being imported then has lost its process. */
export const abandonedAfterMs = 24 * 3_600_000;

export type LineCounts = { total: number; accepted: number; rejected: number };
export type ImportFailure = { code: string; field: string; line: number | null };
/** `failure`: nothing was imported. */
export type ImportEnd = LineCounts & { state: 'ready' | 'failed'; encoding: string; failure: ImportFailure | null };

type Table<Columns, Line> = {
  header(cells: readonly string[]): { ok: true; columns: Columns } | { ok: false; code: string; field: string };
  read(cells: readonly string[], columns: Columns, line: number): Line;
  malformed(line: number, why: string): Line;
  write(batch: readonly Line[]): Promise<LineCounts>;
  /** What refuses the table as a whole although its lines were read; null: nothing. */
  refuses?(counts: LineCounts): string | null;
  /** Makes what was written count; says what of it is left. */
  finish(result: { encoding: string } & LineCounts): Promise<Pick<LineCounts, 'accepted' | 'rejected'>>;
  /** Takes back what was written. */
  fail(result: { encoding: string; total: number; failure: ImportFailure }): Promise<void>;
  onLines?(lines: number): void;
};

export async function importLines<Columns, Line>(
  source: ListSource,
  content: AsyncIterable<Uint8Array>,
  table: Table<Columns, Line>,
): Promise<ImportEnd> {
  let file: OpenList | null = null;
  let lines = 0;
  try {
    file = await source.open(content);
    const counts: LineCounts = { total: 0, accepted: 0, rejected: 0 };
    let waiting: Line[] = [];
    const write = async (): Promise<void> => {
      const batch = waiting;
      waiting = [];
      const more = await table.write(batch);
      counts.total += more.total;
      counts.accepted += more.accepted;
      counts.rejected += more.rejected;
    };
    let columns: { of: Columns } | null = null;
    for await (const record of file.records()) {
      if (columns === null) {
        const header = headerOf(record, table);
        if (!header.ok) return await refuse(header.code, header.field, record.line);
        columns = { of: header.columns };
        continue;
      }
      waiting.push(
        'cells' in record
          ? table.read(record.cells, columns.of, record.line)
          : table.malformed(record.line, record.malformed),
      );
      lines = record.line;
      if (waiting.length < batchLines) continue;
      await write();
      table.onLines?.(lines);
      await breathe();
    }
    if (columns === null) return await refuse('file-empty', '', null);
    await write();
    const why = table.refuses?.(counts) ?? null;
    if (why !== null) return await refuse(why, '', null, counts.total);
    Object.assign(counts, await table.finish({ encoding: file.encoding, ...counts }));
    table.onLines?.(lines);
    return { state: 'ready', encoding: file.encoding, ...counts, failure: null };
  } catch (cause) {
    // Whatever broke (the upload, the disk, the database): nothing of the table stays, and the caller hears of it.
    const failure = { code: 'import-interrupted', field: '', line: lines };
    await table.fail({ encoding: file?.encoding ?? '', total: 0, failure });
    throw cause;
  } finally {
    await file?.close();
  }

  async function refuse(code: string, field: string, line: number | null, total = 0): Promise<ImportEnd> {
    const result = { encoding: file?.encoding ?? '', total, failure: { code, field, line } };
    await table.fail(result);
    return { state: 'failed', accepted: 0, rejected: total, ...result };
  }
}

function headerOf<Columns, Line>(record: ListRecord, table: Table<Columns, Line>) {
  return 'cells' in record
    ? table.header(record.cells)
    : ({ ok: false, code: 'header-unreadable', field: record.malformed } as const);
}

/**
 * Imports a contact list: every line is taken or reported with its line number and reason, and contacts become visible
 * all at once at the end, or not at all. The work goes in batches with a breath between them, so that calls go on.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { ImportResult, ListCommands } from '../dialer.ts';
import type { ListRecord, ListSource, ListStore, OpenList } from '../ports/contact-store.ts';
import type { Columns, LineReason, ListContact } from '../rules/list-line.ts';
import { readHeader, readLine } from '../rules/list-line.ts';
import { blacklistHit, type DialScope } from '../rules/screening.ts';

const batchLines = 2000;
/** No upload takes so long; whatever is still being imported then has lost its process. */
const abandonedAfterMs = 24 * 3_600_000;

type Deps = {
  lists: ListStore;
  source: ListSource;
  clock: { now(): number };
  /** Country assumed for numbers without a prefix (ISO 3166). */
  country: string;
  publish: (event: { type: 'contacts-changed'; campaignId: string }) => void;
};

type Fault = { line: number; reason: LineReason | 'malformed-line'; field: string };
type Good = { line: number; contact: ListContact };

export function createListImport({ lists, source, clock, country, publish }: Deps): ListCommands {
  return {
    endAbandoned: () => lists.failAbandoned(clock.now() - abandonedAfterMs),

    async importFile({ campaignId, name, fileName, content, by, onProgress }) {
      const { listId, scope, demo, readyBefore } = await lists.begin({
        campaignId,
        name,
        fileName,
        importedBy: by.userId,
        now: clock.now(),
      });
      let file: OpenList | null = null;
      let lines = 0;
      try {
        file = await source.open(content);
        const counts = { total: 0, accepted: 0, rejected: 0 };
        const batches = createBatches({ lists, scope, listId, clock });
        let columns: Columns | null = null;
        for await (const record of file.records()) {
          if (columns === null) {
            const header =
              'cells' in record
                ? readHeader(record.cells)
                : ({ ok: false, code: 'header-unreadable', field: record.malformed } as const);
            if (!header.ok) return await refuse(header.code, header.field, record.line);
            columns = header.columns;
            continue;
          }
          batches.add(readRecord(record, columns, { country, demo }));
          lines = record.line;
          if (batches.size() >= batchLines) {
            add(counts, await batches.write());
            onProgress?.({ listId, lines });
            await breathe();
          }
        }
        if (columns === null) return await refuse('file-empty', '', null);
        add(counts, await batches.write());
        Object.assign(counts, await lists.finish(listId, { encoding: file.encoding, ...counts }, readyBefore));
        onProgress?.({ listId, lines });
        publish({ type: 'contacts-changed', campaignId });
        return { listId, state: 'ready', encoding: file.encoding, ...counts, failure: null };
      } catch (cause) {
        // Whatever broke (the upload, the disk, the database): nothing of the list stays, and the caller hears of it.
        await lists.fail(listId, {
          encoding: file?.encoding ?? '',
          total: 0,
          failure: { code: 'import-interrupted', field: '', line: lines },
        });
        throw cause;
      } finally {
        await file?.close();
      }

      async function refuse(code: string, field: string, line: number | null): Promise<ImportResult> {
        const encoding = file?.encoding ?? '';
        await lists.fail(listId, { encoding, total: 0, failure: { code, field, line } });
        return {
          listId,
          state: 'failed',
          encoding,
          total: 0,
          accepted: 0,
          rejected: 0,
          failure: { code, field, line },
        };
      }
    },
  };
}

function readRecord(record: ListRecord, columns: Columns, rules: { country: string; demo: boolean }): Good | Fault {
  if ('malformed' in record) return { line: record.line, reason: 'malformed-line', field: record.malformed };
  const read = readLine(columns, record.cells, rules);
  return read.ok ? { line: record.line, contact: read.contact } : { line: record.line, ...read.fault };
}

/** Collects lines, screens a batch against file, campaign and blacklist in two queries, and writes it. */
function createBatches({
  lists,
  scope,
  listId,
  clock,
}: {
  lists: ListStore;
  scope: DialScope;
  listId: string;
  clock: { now(): number };
}) {
  const seen = new Set<string>();
  let waiting: (Good | Fault)[] = [];
  return {
    size: () => waiting.length,
    add: (line: Good | Fault) => waiting.push(line),
    async write(): Promise<{ total: number; accepted: number; rejected: number }> {
      const batch = waiting;
      waiting = [];
      const numbers = batch.flatMap((line) =>
        'contact' in line ? line.contact.numbers.map(({ number }) => number) : [],
      );
      const [known, blacklist] = await Promise.all([
        lists.knownNumbers(scope.campaignId, numbers),
        lists.blacklisted(numbers),
      ]);
      const contacts: Good[] = [];
      const faults: Fault[] = [];
      for (const line of batch) {
        if (!('contact' in line)) {
          faults.push(line);
          continue;
        }
        const own = line.contact.numbers.map(({ number }) => number);
        const reason = own.some((number) => seen.has(number))
          ? 'duplicate-in-file'
          : own.some((number) => known.has(number))
            ? 'duplicate-in-campaign'
            : own.every((number) => blacklistHit(number, scope, blacklist, clock.now()))
              ? 'on-blacklist'
              : null;
        for (const number of own) seen.add(number);
        if (reason === null) contacts.push(line);
        else faults.push({ line: line.line, reason, field: 'phone' });
      }
      await lists.append(listId, { contacts, faults });
      return { total: batch.length, accepted: contacts.length, rejected: faults.length };
    },
  };
}

function add(counts: { total: number; accepted: number; rejected: number }, more: typeof counts): void {
  counts.total += more.total;
  counts.accepted += more.accepted;
  counts.rejected += more.rejected;
}

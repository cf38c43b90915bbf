/** Imports a contact list: its lines are screened against file, campaign and blacklist, a batch in two queries. */
import type { ListCommands } from '../dialer.ts';
import type { ListSource, ListStore } from '../ports/contact-store.ts';
import type { Columns, LineReason, ListContact } from '../rules/list-line.ts';
import { readHeader, readLine } from '../rules/list-line.ts';
import { blacklistHit, type DialScope } from '../rules/screening.ts';
import { abandonedAfterMs, importLines, type LineCounts } from './line-import.ts';

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
      const end = await importLines<Columns, Good | Fault>(source, content, {
        header: readHeader,
        read(cells, columns, line) {
          const read = readLine(columns, cells, { country, demo });
          return read.ok ? { line, contact: read.contact } : { line, ...read.fault };
        },
        malformed: (line, field) => ({ line, reason: 'malformed-line', field }),
        write: createScreen({ lists, scope, listId, clock }),
        finish: (result) => lists.finish(listId, result, readyBefore),
        fail: (result) => lists.fail(listId, result),
        onLines: (lines) => onProgress?.({ listId, lines }),
      });
      if (end.state === 'ready') publish({ type: 'contacts-changed', campaignId });
      return { listId, ...end };
    },
  };
}

/** Screens a batch against file, campaign and blacklist, and writes it. */
function createScreen({
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
  return async (batch: readonly (Good | Fault)[]): Promise<LineCounts> => {
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
  };
}

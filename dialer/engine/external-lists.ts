/** Lists of numbers that others forbid (an operator's, a country's): read line by line, and replaced as a whole by a newer one. */
import { setImmediate as breathe } from 'node:timers/promises';
import { DialerError, type DialerErrorCode } from '../errors.ts';
import type { ListSource, OpenList } from '../ports/contact-store.ts';
import type { ExternalList, ExternalListStore } from '../ports/external-lists.ts';
import { parseNumber } from '../rules/phone-number.ts';

export type ExternalListResult = {
  id: string;
  entries: number;
  rejected: number;
  /** The first faulty lines, so that somebody can look. */
  faults: { line: number; reason: string }[];
};

export type ExternalListCommands = {
  /**
   * The file has one number a line, in its first column or in the one that is headed phone or number.
   * @throws DialerError scope-missing, list-older, list-empty
   */
  import(
    list: ExternalList,
    content: AsyncIterable<Uint8Array>,
    by: { userId: string | null },
    /** Told how many lines are read, now and then. */
    progress?: (lines: number) => void,
  ): Promise<ExternalListResult>;
  /** @throws DialerError reason-missing, entry-unknown */
  withdraw(id: string, why: string, by: { userId: string | null }): Promise<void>;
};

type Deps = {
  store: ExternalListStore;
  source: ListSource;
  clock: { now(): number };
  /** Country assumed for numbers without a prefix (ISO 3166). */
  country: string;
  publish: (event: { type: 'contacts-changed'; campaignId: string }) => void;
};

const batchLines = 5_000;
const shownFaults = 20;
const heading = /^\s*(phone|number|phone.?number|tel|mobile|msisdn|号码|手机|手机号码?|电话|电话号码)\s*$/i;

const refusal = (code: DialerErrorCode, field: string, text: string) =>
  new DialerError(code, text, { faults: [{ code, field }] });

export function createExternalLists({ store, source, clock, country, publish }: Deps): ExternalListCommands {
  const announce = (campaignIds: readonly string[]): void => {
    for (const campaignId of campaignIds) publish({ type: 'contacts-changed', campaignId });
  };
  return {
    async import(list, content, by, progress) {
      if (list.scope !== 'all' && list.scopeId === null)
        throw refusal('scope-missing', 'scopeId', 'The campaign or product line of the list is missing.');
      const held = await store.inForce(list.name);
      if (held !== null && held.asOf > list.asOf)
        throw refusal('list-older', 'asOf', 'A list of this name and of a later date is in force.');
      const file = await source.open(content);
      try {
        const read = reading(file, country, progress);
        const put = await store.replace(list, read.numbers(), () => ({
          rejected: read.rejected(),
          now: clock.now(),
          by: by.userId,
        }));
        if (put === null)
          throw refusal('list-empty', 'file', 'The file has no usable number, or a newer list came first.');
        announce(put.campaignIds);
        return { id: put.id, entries: put.entries, rejected: read.rejected(), faults: read.faults };
      } finally {
        await file.close();
      }
    },

    async withdraw(id, why, by) {
      if (why.trim() === '') throw refusal('reason-missing', 'why', 'A withdrawal needs its reason.');
      const done = await store.withdraw(id, { why: why.trim(), by: by.userId, now: clock.now() });
      if (done === null) throw refusal('entry-unknown', 'id', 'There is no such list in force.');
      announce(done.campaignIds);
    },
  };
}

/** The numbers of a file in batches, with a breath between them, so that calls go on; what was no number is counted. */
function reading(file: OpenList, country: string, progress?: (lines: number) => void) {
  const faults: ExternalListResult['faults'] = [];
  let rejected = 0;
  const fault = (line: number, reason: string): void => {
    rejected += 1;
    if (faults.length < shownFaults) faults.push({ line, reason });
  };
  async function* numbers(): AsyncGenerator<string[]> {
    let batch: string[] = [];
    let column: number | null = null;
    for await (const record of file.records()) {
      if ('malformed' in record) {
        fault(record.line, record.malformed);
        continue;
      }
      if (column === null) {
        const named = record.cells.findIndex((cell) => heading.test(cell));
        column = Math.max(0, named);
        if (named >= 0) continue;
      }
      const parsed = parseNumber(record.cells[column] ?? '', country);
      if (parsed.ok) batch.push(parsed.number);
      else fault(record.line, parsed.reason);
      if (batch.length < batchLines) continue;
      yield batch;
      progress?.(record.line);
      batch = [];
      await breathe();
    }
    yield batch;
  }
  return { numbers, faults, rejected: () => rejected };
}

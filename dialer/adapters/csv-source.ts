/**
 * Uploaded CSV files: spooled to disk while their encoding is found out, then read record by record. UTF-8 is what
 * validates as such; anything else is taken for GB18030, which Chinese spreadsheets write.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { CsvRecord, CsvSource, OpenCsv } from '../ports/contact-store.ts';

const longestRecord = 200_000;

export function csvSource(folder: string): CsvSource {
  return {
    async open(content) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${randomUUID()}.csv`);
      const look = inspect();
      try {
        await pipeline(Readable.from(content), look.stage, createWriteStream(path, { mode: 0o600 }));
      } catch (cause) {
        await rm(path, { force: true });
        throw cause;
      }
      const { encoding, bytes, delimiter } = look.found();
      return {
        encoding,
        bytes,
        records: () => records(path, encoding, delimiter),
        close: () => rm(path, { force: true }),
      };
    },
  };
}

/** Passes bytes through, validating them as UTF-8 and remembering the first line. */
function inspect() {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let valid = true;
  let bytes = 0;
  let head = Buffer.alloc(0);
  const check = (chunk?: Buffer): void => {
    if (!valid) return;
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      valid = false; // fatal decoding has one meaning only: not UTF-8
    }
  };
  const stage = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (head.length < 65_536) head = Buffer.concat([head, chunk]);
      bytes += chunk.length;
      check(chunk);
      done(null, chunk);
    },
    flush(done) {
      check();
      done();
    },
  });
  return {
    stage,
    found(): { encoding: OpenCsv['encoding']; bytes: number; delimiter: string } {
      const bom = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
      const encoding = !valid ? 'gb18030' : bom ? 'utf-8-bom' : 'utf-8';
      // Delimiters are ASCII in both encodings, so the first line can be read as Latin text.
      const first = head.toString('latin1').split(/\r?\n/, 1)[0] ?? '';
      const counts = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }));
      return { encoding, bytes, delimiter: counts.reduce((a, b) => (b.count > a.count ? b : a)).mark };
    },
  };
}

async function* records(path: string, encoding: OpenCsv['encoding'], delimiter: string): AsyncIterable<CsvRecord> {
  const skipped: CsvRecord[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRecord,
    info: true,
    on_skip: (error) => {
      skipped.push({ line: lineOf(error), malformed: error?.code ?? 'CSV_UNREADABLE' });
      return undefined;
    },
  });
  const source = createReadStream(path);
  const text = encoding === 'gb18030' ? iconv.decodeStream('gb18030') : null;
  const done = text === null ? pipeline(source, parser) : pipeline(source, text, parser);
  // The pipeline's failure reaches the reader through the parser; without this it would also be an unhandled rejection.
  done.catch(() => undefined);
  for await (const entry of parser) {
    // The parser reads ahead: what it skipped further down waits until its line comes.
    while (skipped[0] !== undefined && skipped[0].line < entry.info.lines) yield* skipped.splice(0, 1);
    yield { line: entry.info.lines, cells: entry.record };
  }
  yield* skipped;
}

function lineOf(error: unknown): number {
  if (typeof error === 'object' && error !== null && 'lines' in error && typeof error.lines === 'number')
    return error.lines;
  return 0;
}

/**
 * Uploaded lists: spooled to disk while it is found out what they are, then read record by record. A spreadsheet tells itself by
 * its first bytes, and so does UTF-16 (a spreadsheet's "Unicode text"); other text is UTF-8 if it validates as such, and anything else
 * is taken for GB18030, which Chinese spreadsheets write.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import { kindOf, spreadsheetRecords } from './spreadsheet.ts';
import type { ListRecord, ListSource } from '../ports/contact-store.ts';

const longestLine = 20_000;

type Text = { encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030'; delimiter: string };

/** The marks that text may begin with. */
const marks = [
  ['utf-8-bom', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
] as const;

export function listSource(folder: string): ListSource {
  return {
    async open(content) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, randomUUID());
      const look = inspect();
      try {
        await pipeline(Readable.from(content), look.stage, createWriteStream(path, { mode: 0o600 }));
      } catch (cause) {
        await rm(path, { force: true });
        throw cause;
      }
      const { kind, bytes, ...text } = look.found();
      return {
        encoding: kind === 'text' ? text.encoding : kind,
        bytes,
        records: () =>
          kind === 'text' ? records(path, text) : kind === 'xlsx' ? spreadsheetRecords(path) : oldSpreadsheet(),
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
    found(): { kind: ReturnType<typeof kindOf>; bytes: number } & Text {
      const mark = marks.find(([, bytes]) => head.subarray(0, bytes.length).equals(bytes))?.[0];
      const encoding = mark === 'utf-8-bom' && !valid ? 'gb18030' : (mark ?? (valid ? 'utf-8' : 'gb18030'));
      // Delimiters are ASCII, in UTF-16 with a zero beside it, so the first line can be read as Latin text.
      const first = head.toString('latin1').replaceAll('\0', '').split(/\r?\n/, 1)[0] ?? '';
      const counts = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }));
      return {
        kind: kindOf(head),
        encoding,
        bytes,
        delimiter: counts.reduce((a, b) => (b.count > a.count ? b : a)).mark,
      };
    },
  };
}

/** Excel's form before 2007; nobody needs it any more, but whoever sends it must be told why it is not read. */
async function* oldSpreadsheet(): AsyncIterable<ListRecord> {
  yield { line: 1, malformed: 'old-spreadsheet' };
}

/**
 * One physical line is one record. General CSV readers take a quoted cell on over line ends, so that one forgotten quote
 * swallows every contact after it; here it costs its own line, which is reported.
 */
async function* records(path: string, { encoding, delimiter }: Text): AsyncIterable<ListRecord> {
  const source = createReadStream(path);
  const text = new TextStream(encoding === 'utf-8-bom' ? 'utf-8' : encoding);
  // Errors of the file reach the reader through the decoded stream.
  source.on('error', (error) => text.destroy(error));
  let line = 0;
  for await (const content of createInterface({ input: source.pipe(text), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (content.trim() === '') continue;
    yield content.length > longestLine
      ? { line, malformed: 'line-too-long' }
      : { line, ...splitCells(content, delimiter) };
  }
}

/** Decodes across chunk borders and drops a byte order mark. Bytes that mean nothing become U+FFFD, which the line's check names. */
class TextStream extends Transform {
  readonly #decoder: TextDecoder;

  constructor(encoding: Exclude<Text['encoding'], 'utf-8-bom'>) {
    super();
    this.#decoder = new TextDecoder(encoding);
  }

  override _transform(chunk: Buffer, _encoding: string, done: () => void): void {
    this.push(this.#decoder.decode(chunk, { stream: true }));
    done();
  }

  override _flush(done: () => void): void {
    this.push(this.#decoder.decode());
    done();
  }
}

/** RFC 4180 within one line: cells may be quoted, a doubled quote inside stands for one. */
function splitCells(line: string, delimiter: string): { cells: string[] } | { malformed: string } {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let cell = '';
      let end = line.indexOf('"', at + 1);
      while (end >= 0 && line[end + 1] === '"') {
        cell += line.slice(at + 1, end + 1);
        at = end + 1;
        end = line.indexOf('"', at + 1);
      }
      if (end < 0) return { malformed: 'quote-not-closed' };
      cells.push(cell + line.slice(at + 1, end));
      at = end + 1;
      if (at === line.length) return { cells };
      if (line[at] !== delimiter) return { malformed: 'text-after-quote' };
    } else {
      const end = line.indexOf(delimiter, at);
      cells.push(line.slice(at, end < 0 ? line.length : end));
      if (end < 0) return { cells };
      at = end;
    }
    at += 1;
  }
}

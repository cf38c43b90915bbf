/** Lines of an imported table that were not taken: on the page, and as a file. */
import type { RejectedLine } from '../contract/lists.ts';
import type { Viewer } from '../contract/quality.ts';
import type { Piece } from '../platform/long-jobs.ts';
import { csvLine } from './csv.ts';
import type { FileReply } from './handler.ts';
import { cut, type PageOf, readLine } from './page.ts';
import type { Services } from './services.ts';

const writtenAtOnce = 5_000;

type Table = { id: string; subjectType: string; of: string; about: string; total: number };

export function rejectedLines(
  { audit, longJobs }: Pick<Services, 'audit' | 'longJobs'>,
  read: (tableId: string, after: number, take: number) => PromiseLike<RejectedLine[]>,
) {
  /** A million rejected lines are never in memory at once. */
  async function* pieces(tableId: string): AsyncGenerator<Piece> {
    yield { text: `\uFEFF${csvLine(['line', 'reason', 'field'])}`, rows: 0 };
    for (let after = 0; ; ) {
      const rows = await read(tableId, after, writtenAtOnce);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield { text: rows.map(({ line, reason, field }) => csvLine([line, reason, field])).join(''), rows: rows.length };
      after = last.line;
    }
  }
  return {
    async page(
      tableId: string,
      { after, limit }: { after?: string | undefined; limit: number },
    ): Promise<PageOf<RejectedLine>> {
      return cut(
        await read(tableId, readLine(after), limit + 1),
        limit,
        ({ line }) => String(line),
        ({ line, reason, field }) => ({ line, reason, field }),
      );
    },
    /** Whose work it is shown with: `of`, a campaign or client. */
    async file({ userId }: Viewer, { id, subjectType, of, about, total }: Table): Promise<FileReply> {
      await audit.record({
        ...{ actorId: userId, action: 'exported', subjectType, subjectId: id },
        detail: { what: 'rejected-lines', rows: total },
      });
      const job = { kind: 'rejected-file', subjectId: of, about, userId, total };
      return {
        type: 'text/csv; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="rejected-lines.csv"' },
        body: (await longJobs.file(job, async () => id, pieces)).body,
      };
    },
  };
}

/** The register of inspections and the audit log as files: what the reader may see of them, page after page, with who took it out and when. */
import type { RegisterLine } from '../../contract/register-entry.ts';
import type { Piece } from '../../platform/long-jobs.ts';
import type { SignedIn } from '../auth.ts';
import { csvLine } from '../csv.ts';
import type { FileReply } from '../handler.ts';
import type { Services } from '../services.ts';

const rowsAtOnce = 1_000;
const iso = (at: number): string => new Date(at).toISOString();

type Page<T> = { items: readonly T[]; next: string | null };
type Log<T> = {
  kind: 'register-file' | 'audit-file';
  fileName: string;
  columns: readonly string[];
  /** As many rows at least; what is written meanwhile comes on top. */
  total: number;
  page(after: string | undefined, limit: number): Promise<Page<T>>;
  cells(row: T): (string | number | null)[];
};

/** A log of millions of rows is never in memory at once. */
async function* pieces<T>({ columns, page, cells }: Log<T>, taken: string): AsyncGenerator<Piece> {
  // The mark tells spreadsheets that this is UTF-8.
  yield { text: `\uFEFF${csvLine(columns)}`, rows: 0 };
  for (let after: string | undefined; ; ) {
    const { items, next } = await page(after, rowsAtOnce);
    yield { text: items.map((row) => csvLine(cells(row))).join(''), rows: items.length };
    if (next === null) break;
    after = next;
  }
  yield { text: `\r\n${csvLine([taken])}`, rows: 0 };
}

/** Noted in the audit log before anything is read: taking out is what counts, not having read to the end. */
export async function logFile<T>(
  { longJobs, audit, clock }: Pick<Services, 'longJobs' | 'audit' | 'clock'>,
  viewer: SignedIn,
  log: Log<T>,
  filter: Record<string, unknown>,
): Promise<FileReply> {
  const { kind, fileName, total } = log;
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  await audit.record({
    ...{ actorId: viewer.userId, action: 'exported', subjectType: 'centre', subjectId: viewer.centreId ?? 'all' },
    detail: { what: kind === 'audit-file' ? 'audit-log' : 'inspection-register', ...asked },
  });
  const taken = `${viewer.username}, ${iso(clock.now())}`;
  const { body } = await longJobs.file(
    { kind, about: '', userId: viewer.userId, total },
    async () => log,
    (ready) => pieces(ready, taken),
  );
  return {
    type: 'text/csv; charset=utf-8',
    headers: { 'content-disposition': `attachment; filename="${fileName}"` },
    body,
  };
}

/** Criteria and reasons stand by their codes: what reads such files counts by them. */
export const registerColumns = ['id', 'at', 'inspection', 'campaign', 'agent', 'entry', 'by', 'qualified', 'failed', 'about', 'text', 'offer']; // biome-ignore format: one line
export function registerCells(row: RegisterLine): (string | number | null)[] {
  const failed = row.answers
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ criterion, reason, atSecond }) => `${criterion}/${reason ?? ''}@${atSecond ?? ''}`);
  const qualified = row.qualified === null ? '' : row.qualified ? 'yes' : 'no';
  return [
    ...[row.id, iso(row.at), row.inspectionId, row.campaign.name, row.agent?.name ?? '', row.entry],
    ...[row.by?.name ?? '', qualified],
    ...[failed.join(' '), row.about?.name ?? '', row.text, row.offer?.name.en ?? ''],
  ];
}

import { createHash } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { Database } from './database.ts';

export type AuditRecord = {
  /** Epoch milliseconds, of the product's clock. */
  readonly at: number;
  /** Who did it; null: the product itself. */
  readonly actorId: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** Facts as JSON; no names and no numbers. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

export type AuditVerdict = {
  readonly entries: number;
  /** Id of the first entry that does not fit, null when the whole chain holds. */
  readonly brokenAt: string | null;
  /** Hash of the last entry. Kept elsewhere, it also proves later that no entries were cut off the end. */
  readonly head: string;
};

/** The log of who did what, in which each entry seals the one before it. */
export type AuditLog = {
  append(record: AuditRecord): Promise<void>;
  /**
   * Within the transaction (read committed) of what is recorded. Appending waits for other transactions that have appended and not yet committed, so
   * make it the transaction's last statement.
   */
  appendIn(tx: Prisma.TransactionClient, record: AuditRecord): Promise<void>;
  /** Recomputes every hash, in batches; `progress` is told how many of how many fit. */
  verify(progress?: (done: number, total: number) => void): Promise<AuditVerdict>;
};

/** Seals the first entry. */
const GENESIS = '0'.repeat(64);
/** Key of the lock under which the chain grows; the letters "audt". */
const LOCK = 0x61756474;
const BATCH = 2_000;

export function auditLog({ client }: Pick<Database, 'client'>): AuditLog {
  const appendIn = async (tx: Prisma.TransactionClient, record: AuditRecord) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK}::bigint)`;
    const last = await tx.auditEntry.findFirst({ orderBy: { id: 'desc' }, select: { hash: true } });
    const previousHash = last?.hash ?? GENESIS;
    const { actorId, action, subjectType, subjectId } = record;
    const detail = asJson(record.detail ?? {});
    const hash = seal({ previousHash, at: record.at, actorId, action, subjectType, subjectId, detail });
    const at = new Date(record.at);
    await tx.auditEntry.create({ data: { at, actorId, action, subjectType, subjectId, detail, previousHash, hash } });
  };
  return {
    append: (record) => client.$transaction((tx) => appendIn(tx, record)),
    appendIn,
    async verify(progress) {
      const known = progress === undefined ? 0 : await client.auditEntry.count();
      let entries = 0;
      let head = GENESIS;
      let after = 0n;
      for (;;) {
        const rows = await client.auditEntry.findMany({
          where: { id: { gt: after } },
          orderBy: { id: 'asc' },
          take: BATCH,
        });
        for (const row of rows) {
          const sealed = seal({ ...row, at: row.at.getTime() });
          if (row.previousHash !== head || row.hash !== sealed) return { entries, brokenAt: String(row.id), head };
          entries += 1;
          head = row.hash;
          after = row.id;
        }
        // What was appended meanwhile is looked at too.
        progress?.(entries, Math.max(known, entries));
        if (rows.length < BATCH) return { entries, brokenAt: null, head };
      }
    },
  };
}

type Sealed = Omit<AuditRecord, 'detail'> & { readonly previousHash: string; readonly detail: unknown };

function seal({ previousHash, at, actorId, action, subjectType, subjectId, detail }: Sealed): string {
  const content = canonical([previousHash, at, actorId, action, subjectType, subjectId, detail]);
  return createHash('sha256').update(content).digest('hex');
}

/** JSON with sorted keys: the database does not keep the order in which they were written. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** What remains of an object in the database: no undefined, dates as text. */
function asJson(detail: Readonly<Record<string, unknown>>): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(detail));
}

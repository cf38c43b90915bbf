import type pg from 'pg';

/** Load balancers ask every few seconds, several of them; one answer serves them all. */
const FRESH_MS = 5_000;
const PATIENCE_MS = 3_000;

/**
 * One round trip of a few milliseconds that leaves no row behind. The series is larger than its memory and goes through a file, which a full
 * disk refuses where an update in place would still succeed; the message is a record in the log, which its commit must bring to the disk.
 */
const TRIAL = `set local statement_timeout = ${PATIENCE_MS};
  set local work_mem = '64kB';
  select count(*) from generate_series(1, 5000);
  select pg_logical_emit_message(true, 'fairline', 'do writes work?');
  do $$ begin if current_setting('transaction_read_only')::boolean then raise exception 'read-only'; end if; end $$`;

/** Whether the database takes what is to be kept: it answers questions also when its disk is full or it was made read-only. */
export function createWriteProbe(
  pool: Pick<pg.Pool, 'query'>,
  now = (): number => performance.now(),
): () => Promise<boolean> {
  let known: { at: number; answer: Promise<boolean> } | null = null;
  return () => {
    if (known === null || now() - known.at >= FRESH_MS)
      // Several statements in one text are one transaction.
      known = {
        at: now(),
        answer: pool.query(TRIAL).then(
          () => true,
          () => false,
        ),
      };
    return known.answer;
  };
}

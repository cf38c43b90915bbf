import pg from 'pg';
import { errorText } from '../errors.ts';

/** Files of 16 MB: two minutes of a centre's work at 50 answers a second; every checkpoint frees as many as were filled since the last. */
const FILES = 8;

/**
 * Has a fresh server fill files of its log in advance. It would make each when the one before is full, with everybody who commits waiting
 * for 16 MB of zeros to be on the disk (25 to 130 ms were seen), and only after its first checkpoint use old ones again. So files are begun
 * and left at once, and a checkpoint frees them for later (`min_wal_size` lets it keep them).
 */
export async function fillLogAhead(url: string, log: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    for (let file = 0; file < FILES; file++) {
      await client.query("select pg_logical_emit_message(false, 'fairline', '')");
      await client.query('select pg_switch_wal()');
    }
    await client.query('checkpoint');
  } catch (error) {
    // It only saves time later; a server that refuses it works all the same.
    log(`the log was not filled ahead: ${errorText(error)}`);
  } finally {
    await client.end().catch(() => {});
  }
}

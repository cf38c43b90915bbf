import type { Lease } from '../../ports/messages.ts';
import type { Db } from './sql.ts';

/** Leases as rows: taken by one conditional upsert, so that two owners are impossible while the clocks agree within the margin. */
export function createLease(db: Db): Lease {
  return {
    async take(name, owner, until, now) {
      const rows = await db.$queryRaw<{ epoch: number }[]>`
        INSERT INTO lease (name, owner, epoch, expires_at) VALUES (${name}, ${owner}, 1, ${new Date(until)})
        ON CONFLICT (name) DO UPDATE SET
          owner = EXCLUDED.owner, expires_at = EXCLUDED.expires_at,
          epoch = CASE WHEN lease.owner = EXCLUDED.owner THEN lease.epoch ELSE lease.epoch + 1 END
        WHERE lease.owner = EXCLUDED.owner OR lease.expires_at <= ${new Date(now)}
        RETURNING epoch`;
      const [row] = rows;
      return row === undefined ? null : { epoch: row.epoch };
    },
    async release(name, owner) {
      // The row stays, so that the count of owners never starts again.
      await db.$executeRaw`UPDATE lease SET expires_at = 'epoch' WHERE name = ${name} AND owner = ${owner}`;
    },
  };
}

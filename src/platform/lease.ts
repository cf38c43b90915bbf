import type pg from 'pg';
import type { Clock } from './clock.ts';

/** Exclusive work over several processes. The epoch grows with each new holder: a write that names an old epoch comes from a former one. */
export type LeaseTable = {
  /**
   * Takes a lease that is free, expired or already this owner's, until a time of the clock. Within one unbroken holding the epoch stays.
   * Null: somebody else has it.
   */
  take(name: string, owner: string, until: number, now: number): Promise<{ epoch: number } | null>;
  /** Gives it back; nothing happens when it is no longer this owner's. */
  release(name: string, owner: string): Promise<void>;
};

/** Leases in PostgreSQL (table `lease`). Owners must be unique to a process. */
export function leaseTable(pool: Pick<pg.Pool, 'query'>): LeaseTable {
  return {
    async take(name, owner, until, now) {
      const { rows } = await pool.query<{ epoch: number }>(
        `insert into lease as held (name, owner, epoch, expires_at) values ($1, $2, 1, $3)
         on conflict (name) do update
           set owner = excluded.owner, expires_at = excluded.expires_at,
               epoch = held.epoch + case when held.owner = excluded.owner and held.expires_at > $4 then 0 else 1 end
           where held.owner = excluded.owner or held.expires_at <= $4
         returning epoch`,
        [name, owner, new Date(until), new Date(now)],
      );
      return rows[0] ?? null;
    },
    async release(name, owner) {
      // The row stays, so that the epoch never starts again.
      await pool.query(`update lease set expires_at = 'epoch' where name = $1 and owner = $2`, [name, owner]);
    },
  };
}

export type HeldLease = {
  /** Whether the work may go on. False as soon as there is any doubt: expiry is near, or a renewal failed or was not answered. */
  held(): boolean;
  /** The epoch of the present holding, null without one. */
  epoch(): number | null;
  /** Takes the lease or prolongs it. False: somebody else has it, or the answer is not known. Never rejects. */
  acquire(): Promise<boolean>;
  release(): Promise<void>;
};

export type LeaseOptions = {
  readonly name: string;
  readonly owner: string;
  readonly clock: Pick<Clock, 'now'>;
  /** How long it lasts without renewal, in milliseconds of the clock; renew at about a third of it. */
  readonly ttlMs: number;
  /** How much before its end we stop relying on it, for clocks that differ between machines. A fifth of `ttlMs` by default. */
  readonly marginMs?: number;
  readonly onError?: (error: unknown) => void;
};

/** One process's hold on one lease. */
export function heldLease(table: LeaseTable, options: LeaseOptions): HeldLease {
  const { name, owner, clock, ttlMs, marginMs = ttlMs / 5, onError } = options;
  let holding: { epoch: number; safeUntil: number } | null = null;
  const held = () => holding !== null && clock.now() < holding.safeUntil;
  return {
    held,
    epoch: () => (held() ? (holding?.epoch ?? null) : null),
    async acquire() {
      // Counted from before the question, since the answer may come late.
      const now = clock.now();
      try {
        const taken = await table.take(name, owner, now + ttlMs, now);
        holding = taken && { epoch: taken.epoch, safeUntil: now + ttlMs - marginMs };
      } catch (error) {
        holding = null;
        onError?.(error);
      }
      return held();
    },
    async release() {
      holding = null;
      await table.release(name, owner);
    },
  };
}

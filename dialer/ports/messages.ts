import type { DialerEvent } from '../events.ts';

/** Announces what was committed, to every process. At most once: whoever listens re-reads, and looks again by itself. */
export type EventBus = {
  publish(event: DialerEvent): void;
  /** The answer ends the subscription. Listeners must not throw. */
  subscribe(listener: (event: DialerEvent) => void): () => void;
};

/** The part of a structured logger that the dialler uses. Numbers and names never go in. */
export type Logger = {
  debug(fields: Record<string, unknown>, text: string): void;
  info(fields: Record<string, unknown>, text: string): void;
  warn(fields: Record<string, unknown>, text: string): void;
  error(fields: Record<string, unknown>, text: string): void;
};

/** Exclusive work by an expiring lease; an epoch that grows tells a new owner's work from a former one's. */
export type Lease = {
  /** Takes the lease when it is free, expired or already this owner's. Null: somebody else has it. */
  take(name: string, owner: string, until: number, now: number): Promise<{ epoch: number } | null>;
  release(name: string, owner: string): Promise<void>;
};

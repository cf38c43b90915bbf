import type { CallRow, DeskRow } from '../ports.ts';

export type SeenCall = { call: CallRow; desk: DeskRow | null };

/**
 * Calls as this process last wrote them. They save a read where the next signal comes to the same process, and are never
 * trusted further than they can be: a change is written only if the versions still hold, and "nothing to change" is concluded
 * from a fresh read, or from a signal that is old news for the call as it was (`isOldNews`).
 */
export type SeenCalls = {
  take(attemptId: string): SeenCall | null;
  keep(seen: SeenCall): void;
  forget(attemptId: string): void;
};

/** More calls than can be in the air at once, and the last ones that ended; the oldest are forgotten. */
const MOST = 10_000;

export function createSeenCalls(): SeenCalls {
  const calls = new Map<string, SeenCall>();
  return {
    take: (attemptId) => calls.get(attemptId) ?? null,
    keep(seen) {
      const { attemptId, version } = seen.call;
      // Two that write one after the other may tell of it the other way round.
      if ((calls.get(attemptId)?.call.version ?? 0) > version) return;
      calls.delete(attemptId);
      calls.set(attemptId, seen);
      const [oldest] = calls.size > MOST ? calls.keys() : [];
      if (oldest !== undefined) calls.delete(oldest);
    },
    forget: (attemptId) => void calls.delete(attemptId),
  };
}

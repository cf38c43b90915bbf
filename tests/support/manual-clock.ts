import { type Cancel, type Clock, runGuarded } from '../../src/platform/clock.ts';

export type ManualClock = Clock & {
  /**
   * Moves the time forward: everything that falls due runs in order of its time (then of its making), each at exactly its own
   * time, and promises settle in between. Throws the first error of a callback.
   */
  advance(ms: number): Promise<void>;
  /** How many callbacks are waiting. */
  readonly waiting: number;
};

export type ManualClockOptions = {
  readonly startMs?: number;
  /** Awaited after each callback, for work the event loop does not show, such as a query under way. */
  readonly settle?: () => Promise<void>;
};

type Entry = { readonly due: number; readonly order: number; readonly run: () => void | Promise<void> };

/** A clock that stands still until it is told to go on. */
export function manualClock({
  startMs = Date.UTC(2026, 0, 5, 9),
  settle = settlePromises,
}: ManualClockOptions = {}): ManualClock {
  let now = startMs;
  let made = 0;
  let advancing = false;
  const entries = new Set<Entry>();
  const errors: unknown[] = [];

  const after = (ms: number, run: () => void | Promise<void>): Cancel => {
    const entry = { due: now + Math.max(0, ms), order: made++, run };
    entries.add(entry);
    return () => entries.delete(entry);
  };

  const next = (until: number): Entry | undefined =>
    [...entries].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due || a.order - b.order)[0];

  return {
    now: () => now,
    after,
    sleep: (ms) => new Promise<void>((resolve) => after(ms, resolve)),
    async advance(ms) {
      if (advancing) throw new Error('The clock is being advanced already: await the first advance().');
      advancing = true;
      const until = now + ms;
      await settle();
      for (let entry = next(until); entry !== undefined; entry = next(until)) {
        entries.delete(entry);
        now = Math.max(now, entry.due);
        // Not awaited: the callback may itself wait for a later time of this clock.
        void runGuarded(entry.run, (error) => errors.push(error));
        await settle();
      }
      now = until;
      advancing = false;
      if (errors.length > 0) throw errors.splice(0)[0];
    },
    get waiting() {
      return entries.size;
    },
  };
}

async function settlePromises(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Time as the sandbox uses it: ring, talk, queue and recording lengths, timestamps and calls per second are all in this
 * clock's time. Only the 15 s ceiling of a webhook is real time, because the application that answers it is real.
 */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once after `ms` milliseconds of this clock; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
};

/**
 * A clock that runs `speed` times as fast as real time from `baseEpochMs` on.
 *
 * Two processes that are given the same `baseEpochMs` and `realBaseMs` share one time.
 */
export function speedClock(
  options: { speed?: number | undefined; baseEpochMs?: number | undefined; realBaseMs?: number | undefined } = {},
): Clock {
  const speed = options.speed ?? 1;
  const realBase = options.realBaseMs ?? Date.now();
  const base = options.baseEpochMs ?? realBase;
  // performance.now() does not jump when the machine's clock is set.
  const started = performance.now() - (Date.now() - realBase);
  return {
    now: () => base + (performance.now() - started) * speed,
    after(ms, run) {
      // A waiting timer alone keeps no process alive: the server does.
      const timer = setTimeout(run, Math.max(0, ms / speed)).unref();
      return () => clearTimeout(timer);
    },
  };
}

/**
 * A clock that stands still until it is told to move: for tests. Due timers run in order of their time; `nextAt` is the
 * time of the first one.
 */
export function manualClock(startMs: number): Clock & { advance(ms: number): void; nextAt(): number | null } {
  let now = startMs;
  let counter = 0;
  const timers = new Map<number, { at: number; run: () => void }>();
  const nextDue = (until: number) => {
    let due: { id: number; at: number; run: () => void } | undefined;
    for (const [id, timer] of timers) {
      if (timer.at <= until && (due === undefined || timer.at < due.at)) due = { id, ...timer };
    }
    return due;
  };
  return {
    now: () => now,
    after(ms, run) {
      counter += 1;
      const id = counter;
      timers.set(id, { at: now + Math.max(0, ms), run });
      return () => void timers.delete(id);
    },
    advance(ms) {
      const until = now + ms;
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        timers.delete(due.id);
        now = Math.max(now, due.at);
        due.run();
      }
      now = until;
    },
    nextAt: () => nextDue(Number.POSITIVE_INFINITY)?.at ?? null,
  };
}

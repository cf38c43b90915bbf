import type { Clock } from '../clock.ts';

/** Calls per second: beyond it calls are queued, not refused, and their answer says for how long. */
export class DialGate {
  #nextFree = 0;
  readonly #gapMs: number;
  readonly #clock: Clock;
  readonly #concurrentCalls: number;

  constructor(callsPerSecond: number, concurrentCalls: number, clock: Clock) {
    this.#concurrentCalls = concurrentCalls;
    this.#gapMs = 1_000 / callsPerSecond;
    this.#clock = clock;
  }

  /** Whether the account has as many calls as it may. */
  full(live: number): boolean {
    return live >= this.#concurrentCalls;
  }

  /** Takes the next place; returns how many milliseconds from now the call is dialled. */
  take(): number {
    const now = this.#clock.now();
    // A second's worth may leave at once after a pause, as with a bucket of one second.
    const earliest = Math.max(this.#nextFree, now - 1_000 + this.#gapMs);
    this.#nextFree = earliest + this.#gapMs;
    return Math.max(0, Math.round(earliest - now));
  }
}

import type { Clock } from '../clock.ts';

/** Why a running document was stopped from outside. */
export type StopReason = 'hung-up' | 'redirected';

/** Thrown inside a running document when it was stopped: unwinds the verbs, is never an error. */
export class Stopped extends Error {
  readonly reason: StopReason;
  constructor(reason: StopReason) {
    super(`document stopped: ${reason}`);
    this.reason = reason;
  }
}

/** One execution of documents on one call. Every wait in a verb goes through it, so that a stop unwinds at once. */
export class Run {
  #stopped: StopReason | null = null;
  readonly #onStop = new Set<(reason: StopReason) => void>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get stopped(): StopReason | null {
    return this.#stopped;
  }

  /** Registers what a verb has to undo when the document is stopped; the returned function takes it back. */
  onStop(undo: (reason: StopReason) => void): () => void {
    this.#onStop.add(undo);
    return () => void this.#onStop.delete(undo);
  }

  stop(reason: StopReason): void {
    if (this.#stopped !== null) return;
    this.#stopped = reason;
    const undo = [...this.#onStop];
    this.#onStop.clear();
    for (const one of undo) one(reason);
  }

  check(): void {
    if (this.#stopped !== null) throw new Stopped(this.#stopped);
  }

  /** Waits for so long, or throws `Stopped`. */
  wait(ms: number): Promise<void> {
    return this.until((done) => this.#clock.after(ms, () => done(undefined)));
  }

  /** Waits until `begin`'s callback is called, or throws `Stopped`; `begin` returns what cancels the wait. */
  until<T>(begin: (done: (value: T) => void) => () => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#stopped !== null) {
        reject(new Stopped(this.#stopped));
        return;
      }
      let cancel = () => {};
      const forget = this.onStop((reason) => {
        cancel();
        reject(new Stopped(reason));
      });
      cancel = begin((value) => {
        // Undoing a verb may let it "finish": a stop goes before.
        if (this.#stopped !== null) return;
        forget();
        resolve(value);
      });
    });
  }

  /** Waits for a promise, or throws `Stopped` as soon as the document is stopped. */
  async follow<T>(promise: Promise<T>): Promise<T> {
    return this.until<Promise<T>>((done) => {
      promise.then(
        () => done(promise),
        () => done(promise),
      );
      return () => {};
    });
  }
}

import type { Call } from './call.ts';

/** All calls the account has, the newest first; the oldest finished ones are forgotten beyond a number. */
export class CallRegistry {
  readonly #calls = new Map<string, Call>();
  /** The latest call of each browser phone. */
  readonly #liveByClient = new Map<string, string>();
  readonly #finished: string[] = [];
  #finishedFrom = 0;
  readonly #keepFinished: number;
  /** Calls that are queued, ringing or in progress. */
  live = 0;
  created = 0;

  constructor(keepFinished: number) {
    this.#keepFinished = keepFinished;
  }

  add(call: Call): void {
    this.#calls.set(call.sid, call);
    this.live += 1;
    this.created += 1;
    const client = [call.from, call.to].find((address) => address.startsWith('client:'));
    if (client !== undefined) this.#liveByClient.set(client, call.sid);
  }

  get(sid: string): Call | undefined {
    return this.#calls.get(sid);
  }

  /** The live call of a browser phone, whichever side it is on. */
  liveOf(address: string): Call | null {
    const sid = this.#liveByClient.get(address);
    const call = sid === undefined ? undefined : this.#calls.get(sid);
    return call?.live && call.status === 'in-progress' ? call : null;
  }

  /** Counts a call as finished and forgets the oldest one where there are too many. */
  finished(call: Call): void {
    this.live -= 1;
    this.#finished.push(call.sid);
    while (this.#finished.length - this.#finishedFrom > this.#keepFinished) {
      const oldest = this.#finished[this.#finishedFrom];
      if (oldest !== undefined) this.#calls.delete(oldest);
      this.#finishedFrom += 1;
    }
    if (this.#finishedFrom > 1_000) {
      this.#finished.splice(0, this.#finishedFrom);
      this.#finishedFrom = 0;
    }
  }

  /** Takes a finished call out of the log. */
  remove(sid: string): void {
    this.#calls.delete(sid);
  }

  get size(): number {
    return this.#calls.size;
  }

  newestFirst(): Call[] {
    return [...this.#calls.values()].reverse();
  }
}

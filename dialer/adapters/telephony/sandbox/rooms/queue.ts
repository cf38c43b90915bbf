import type { Call } from '../calls/call.ts';
import { newSid } from '../ids.ts';

export type QueueResult =
  | 'bridged'
  | 'bridging-in-process'
  | 'error'
  | 'hangup'
  | 'leave'
  | 'redirected'
  | 'redirected-from-bridged'
  | 'queue-full'
  | 'system-error';

/** A place in a queue; `taken` lets the waiting leg's document go on. */
export type QueueSeat = {
  readonly call: Call;
  readonly queue: Queue;
  readonly enteredAt: number;
  taken: (how: QueueExit) => void;
};

/** How somebody leaves a queue: bridged to a dialling leg, sent to another document, or by its own wish. */
export type QueueExit =
  | { kind: 'bridge'; peer: Call; over: (done: () => void) => void }
  | { kind: 'redirect'; url: string; method: 'GET' | 'POST' }
  | { kind: 'leave' };

export type Queue = {
  readonly sid: string;
  name: string;
  readonly createdAt: number;
  updatedAt: number;
  maxSize: number;
  readonly seats: QueueSeat[];
  /** Sum and number of completed waits, for the average. */
  waitedMs: number;
  waits: number;
};

/** The account's queues, by id and name. */
export class QueueRegistry {
  readonly #queues = new Map<string, Queue>();

  get(sid: string): Queue | undefined {
    return this.#queues.get(sid);
  }

  named(name: string): Queue | undefined {
    for (const queue of this.#queues.values()) if (queue.name === name) return queue;
    return undefined;
  }

  create(name: string, at: number, maxSize = 1_000): Queue {
    const queue: Queue = {
      sid: newSid('QU'),
      name,
      createdAt: at,
      updatedAt: at,
      maxSize,
      seats: [],
      waitedMs: 0,
      waits: 0,
    };
    this.#queues.set(queue.sid, queue);
    return queue;
  }

  remove(sid: string): void {
    this.#queues.delete(sid);
  }

  newestFirst(): Queue[] {
    return [...this.#queues.values()].reverse();
  }
}

/** Average wait in whole seconds. */
export function averageWait(queue: Queue): number {
  return queue.waits === 0 ? 0 : Math.round(queue.waitedMs / queue.waits / 1_000);
}

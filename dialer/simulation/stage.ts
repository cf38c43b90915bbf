import type { PacingEvent } from '../rules/pacing/policy.ts';
import type { CallPlan } from './call-plan.ts';
import { EventHeap } from './event-heap.ts';
import type { Meter } from './measure.ts';

/** A call in the air or in talk; `agent` is -1 and the times are 0 until they are known. */
export type LiveCall = { id: number; plan: CallPlan; pickedUpAt: number; presentedAt: number; agent: number };

/** Kinds of events to come; the reference is an entry of the roster, an agent's number or a call's number. */
export const due = {
  roster: 1,
  backFromBreak: 2,
  wrapUpOver: 3,
  setUp: 4,
  rungOut: 5,
  pickup: 6,
  verdict: 7,
  hangUp: 8,
  waitOver: 9,
  talkOver: 10,
} as const;

/** What the parts of a shift share: virtual time, events to come, live calls, and the way out for events. */
export class Stage {
  now = 0;
  readonly heap = new EventHeap();
  readonly calls = new Map<number, LiveCall>();
  readonly meter: Meter;
  readonly emit: (event: PacingEvent) => void;

  constructor(meter: Meter, emit: (event: PacingEvent) => void) {
    this.meter = meter;
    this.emit = emit;
  }

  /** Schedules an event so many milliseconds from now. */
  after(ms: number, kind: number, ref: number): void {
    this.heap.push(this.now + ms, kind, ref);
  }

  /** Takes the call off the network and says why. */
  end(call: LiveCall, reason: 'invalid' | 'busy' | 'failed' | 'no-answer' | 'machine' | 'abandoned'): void {
    this.calls.delete(call.id);
    this.emit({ type: 'ended', time: this.now, callId: call.id, reason });
  }
}

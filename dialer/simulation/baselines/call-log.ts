import type { PacingEvent } from '../../rules/pacing/policy.ts';

/** One finished attempt as a dialler without a model remembers it; milliseconds. */
export type Attempt = {
  /** From dialling to the presentation, or to the end of a call that nobody answered. */
  lineMs: number;
  /** Talk and wrap-up; 0 for calls that were not connected. */
  serviceMs: number;
  wasPresented: boolean;
};

type Open = { placedAt: number; presentedAt: number; agent: number | string | undefined };

/** The last attempts, and moving means of what follows from them. */
export class CallLog {
  readonly attempts: Attempt[] = [];
  answerShare = 0.3;
  lineMs = 20_000;
  serviceMs = 120_000;
  private readonly keep: number;
  private readonly open = new Map<number | string, Open>();
  private readonly busy = new Map<number | string, { since: number; attempt: Attempt }>();

  constructor(keep: number) {
    this.keep = keep;
  }

  observe(event: PacingEvent): void {
    switch (event.type) {
      case 'placed':
        this.open.set(event.callId, { placedAt: event.time, presentedAt: 0, agent: undefined });
        return;
      case 'answered': {
        const call = this.open.get(event.callId);
        if (call !== undefined && event.by !== 'machine') call.presentedAt = event.time;
        return;
      }
      case 'connected': {
        const call = this.open.get(event.callId);
        this.open.delete(event.callId);
        if (call === undefined) return;
        const attempt = { lineMs: event.time - call.placedAt, serviceMs: this.serviceMs, wasPresented: true };
        this.busy.set(event.agentId, { since: event.time, attempt });
        this.add(attempt);
        return;
      }
      case 'ended': {
        const call = this.open.get(event.callId);
        this.open.delete(event.callId);
        if (call === undefined) return;
        const wasPresented = call.presentedAt > 0;
        this.add({ lineMs: event.time - call.placedAt, serviceMs: this.serviceMs, wasPresented });
        return;
      }
      case 'agent': {
        const work = this.busy.get(event.agentId);
        if (work === undefined || event.state === 'talking' || event.state === 'wrapup') return;
        this.busy.delete(event.agentId);
        work.attempt.serviceMs = event.time - work.since;
        this.serviceMs += 0.01 * (work.attempt.serviceMs - this.serviceMs);
        return;
      }
      case 'agent-leaving':
      case 'ringing':
      case 'pickup':
      case 'abandoned':
        return;
    }
  }

  private add(attempt: Attempt): void {
    this.attempts.push(attempt);
    if (this.attempts.length > this.keep) this.attempts.shift();
    this.answerShare += 0.01 * (Number(attempt.wasPresented) - this.answerShare);
    if (attempt.wasPresented) this.lineMs += 0.01 * (attempt.lineMs - this.lineMs);
  }
}

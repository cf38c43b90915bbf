import type { Desk } from './desk.ts';
import { due, type LiveCall, type Stage } from './stage.ts';

/** Follows a dialled call from set-up to the verdict of machine detection, where the desk takes over. */
export class CallCourse {
  private readonly stage: Stage;
  private readonly desk: Desk;
  private readonly ringTimeoutMs: number;

  constructor(stage: Stage, desk: Desk, ringTimeoutMs: number) {
    this.stage = stage;
    this.desk = desk;
    this.ringTimeoutMs = ringTimeoutMs;
  }

  /** Set-up is over: the call fails or rings. Switched-off phones never ring; the network says so and ends the call. */
  endSetUp(call: LiveCall): void {
    const { fate } = call.plan;
    switch (fate.kind) {
      case 'invalid':
      case 'busy':
      case 'failed':
        this.stage.end(call, fate.kind);
        return;
      case 'switched-off':
        this.stage.end(call, 'failed');
        return;
      case 'no-answer':
      case 'machine':
      case 'person':
        this.ring(call, fate.kind === 'no-answer' ? Number.POSITIVE_INFINITY : fate.ringMs);
    }
  }

  private ring(call: LiveCall, answeredAfterMs: number): void {
    const { stage, ringTimeoutMs } = this;
    stage.emit({ type: 'ringing', time: stage.now, callId: call.id });
    if (answeredAfterMs < ringTimeoutMs) stage.after(answeredAfterMs, due.pickup, call.id);
    else stage.after(ringTimeoutMs, due.rungOut, call.id);
  }

  pickUp(call: LiveCall): void {
    const { stage } = this;
    const { fate } = call.plan;
    if (fate.kind !== 'person' && fate.kind !== 'machine') return;
    call.pickedUpAt = stage.now;
    stage.emit({ type: 'pickup', time: stage.now, callId: call.id });
    if (fate.kind === 'person') stage.after(fate.person.patienceMs, due.hangUp, call.id);
    if (fate.detection.afterMs > 0) stage.after(fate.detection.afterMs, due.verdict, call.id);
    else this.judge(call);
  }

  judge(call: LiveCall): void {
    const { stage } = this;
    const { fate } = call.plan;
    if (fate.kind !== 'person' && fate.kind !== 'machine') return;
    const { verdict } = fate.detection;
    stage.emit({ type: 'answered', time: stage.now, callId: call.id, by: verdict === 'human' ? 'live' : verdict });
    if (verdict !== 'machine') {
      this.desk.present(call);
      return;
    }
    if (fate.kind === 'person') stage.meter.lostToDetection();
    stage.end(call, 'machine');
  }

  /** The person gives up: before the verdict nobody was presented, after it the call is abandoned. */
  hangUp(call: LiveCall): void {
    const { stage } = this;
    if (call.agent >= 0) return;
    if (call.presentedAt > 0) {
      this.desk.abandon(call, 'caller-hangup');
      return;
    }
    stage.meter.lostToDetection();
    stage.calls.delete(call.id);
    stage.emit({ type: 'ended', time: stage.now, callId: call.id, reason: 'failed', party: 'human' });
  }
}

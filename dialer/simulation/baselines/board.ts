import type { AgentState, PacingConfig, PacingEvent } from '../../rules/pacing/policy.ts';

/** The counts that simple dialling rules look at, kept up to date from the events. */
export class Board {
  ready = 0;
  talking = 0;
  wrappingUp = 0;
  away = 0;
  /** Dialled and not yet connected, presented or ended. */
  inAir = 0;
  /** Answered by a person and without an agent. */
  waiting = 0;
  placed = 0;
  connected = 0;
  abandoned = 0;
  private readonly states = new Map<number | string, AgentState>();
  private readonly unanswered = new Set<number | string>();
  private readonly waitingCalls = new Set<number | string>();

  get signedIn(): number {
    return this.ready + this.talking + this.wrappingUp;
  }

  get lines(): number {
    return this.inAir + this.talking;
  }

  observe(event: PacingEvent): void {
    switch (event.type) {
      case 'agent':
        this.count(this.states.get(event.agentId), -1);
        this.states.set(event.agentId, event.state);
        this.count(event.state, 1);
        return;
      case 'placed':
        this.placed++;
        this.unanswered.add(event.callId);
        break;
      case 'answered':
        if (event.by !== 'machine') this.waitingCalls.add(event.callId);
        break;
      case 'connected':
        this.connected++;
        this.unanswered.delete(event.callId);
        this.waitingCalls.delete(event.callId);
        break;
      case 'abandoned':
        this.abandoned++;
        break;
      case 'ended':
        this.unanswered.delete(event.callId);
        this.waitingCalls.delete(event.callId);
        break;
      case 'agent-leaving':
      case 'ringing':
      case 'pickup':
        return;
    }
    this.inAir = this.unanswered.size;
    this.waiting = this.waitingCalls.size;
  }

  /** So many of the calls wanted as lines allow, never negative. */
  room(config: PacingConfig, wanted: number): number {
    return Math.max(0, Math.min(wanted, config.maxLines - this.lines));
  }

  private count(state: AgentState | undefined, step: number): void {
    if (state === 'ready') this.ready += step;
    if (state === 'talking') this.talking += step;
    if (state === 'wrapup') this.wrappingUp += step;
    if (state === 'away') this.away += step;
  }
}

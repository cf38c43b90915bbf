import type { AgentState, Id, PacingEvent } from '../policy.ts';
import { type AgentRow, ageOf, type CallRow, type CallStage, type Fact, longestReady, newCall } from './floor-rows.ts';
import { forgetOldest, Parties } from './parties.ts';
import { SteadyClock } from './steady-clock.ts';

/** Calls and agents beyond these are forgotten, oldest first: an event stream gone wrong must not eat the memory. */
const MOST_CALLS = 50_000;
const MOST_AGENTS = 20_000;

/**
 * Who and what is on the floor right now, kept from events alone.
 * Tolerant: unknown ids, doubled and late events change nothing they should not; calls that never end are forgotten.
 */
export class Floor {
  readonly agents = new Map<Id, AgentRow>();
  readonly calls = new Map<Id, CallRow>();
  readonly clock = new SteadyClock();
  now = 0;
  ready = 0;
  talking = 0;
  wrapup = 0;
  private readonly tell: (fact: Fact) => void;
  /** After so long in a stage the call's end was not told. */
  private readonly stageLifeMs: Record<CallStage, number>;
  private sweptAt = 0;
  private readonly parties: Parties;
  private isToldOfPlacing = false;

  constructor(limits: { ringMs: number; graceMs: number }, tell: (fact: Fact) => void) {
    this.tell = tell;
    // One call for each agent who may be writing it up.
    this.parties = new Parties(MOST_AGENTS, tell);
    // Where nobody tells of ringing and pick-up, the first stage holds them too.
    const { ringMs, graceMs } = limits;
    this.stageLifeMs = {
      setup: ringMs + 60_000,
      ringing: ringMs + 20_000,
      listening: 30_000,
      waiting: graceMs + 5_000,
    };
  }

  get signedIn(): number {
    return this.ready + this.talking + this.wrapup;
  }

  advance(time: number): number {
    this.now = this.clock.read(time);
    if (this.now - this.sweptAt > 10_000) this.sweep();
    return this.now;
  }

  observe(event: PacingEvent): void {
    if (typeof event !== 'object' || event === null) return;
    this.advance(event.time);
    switch (event.type) {
      case 'agent':
        this.agentIs(event.agentId, event.state, event.callId, ageOf(event));
        if (event.state === 'talking' && event.callId !== undefined) this.taken(event.callId);
        return;
      case 'agent-leaving': {
        const agent = this.agents.get(event.agentId);
        if (agent) agent.leaving = true;
        return;
      }
      case 'placed':
        this.isToldOfPlacing = true;
        this.placed(event.callId, event.chance);
        return;
      case 'ringing':
        this.moved(event.callId, 'ringing');
        return;
      case 'pickup':
        this.moved(event.callId, 'listening');
        return;
      case 'answered':
        if (event.by === 'live' || event.by === 'unknown') this.presented(event.callId);
        else this.gone(event.callId);
        return;
      case 'connected':
        this.connected(event.callId, event.agentId);
        return;
      case 'abandoned':
        this.abandoned(event.callId, event.waitedMs);
        return;
      case 'ended':
        this.ended(event);
        return;
      default:
        return;
    }
  }

  private placed(id: Id, chance: number | undefined): void {
    if (this.calls.has(id)) return;
    const call = newCall(this.now, chance);
    this.calls.set(id, call);
    if (this.calls.size > MOST_CALLS) forgetOldest(this.calls);
    this.tell({ fact: 'placed', call });
  }

  /** The call of this id. Where nobody ever tells of placing, it begins with the first that is heard of it. */
  private callOf(id: Id): CallRow | undefined {
    if (!this.isToldOfPlacing) this.placed(id, undefined);
    return this.calls.get(id);
  }

  private moved(id: Id, to: 'ringing' | 'listening'): void {
    const call = this.callOf(id);
    if (!call || call.stage === to || call.stage === 'waiting' || (to === 'ringing' && call.stage !== 'setup')) return;
    this.keepStageLength(call);
    call.stage = to;
    call.since = this.now;
    if (to === 'ringing') this.tell({ fact: 'rings', call });
  }

  private keepStageLength(call: CallRow): void {
    if (call.stage === 'setup') call.setupMs = this.now - call.since;
    else if (call.stage === 'ringing') call.ringMs = this.now - call.since;
  }

  private presented(id: Id): void {
    const call = this.callOf(id);
    if (!call || call.stage === 'waiting') return;
    this.resolve(call, true);
    call.stage = 'waiting';
    call.since = this.now;
  }

  private gone(id: Id): void {
    const call = this.calls.get(id);
    if (!call) return;
    if (call.stage !== 'waiting') this.resolve(call, false);
    this.calls.delete(id);
  }

  private resolve(call: CallRow, presented: boolean): void {
    const reachedBy = call.stage;
    const stageMs = this.now - call.since;
    this.keepStageLength(call);
    this.tell({ fact: 'resolved', call, presented, stageMs, reachedBy });
  }

  private connected(id: Id, agentId: Id): void {
    const isKnown = this.calls.has(id);
    this.taken(id);
    if (isKnown && this.agents.has(agentId)) this.agentIs(agentId, 'talking', id);
  }

  /** An agent talks on this call: it was connected, also where nobody says so. */
  private taken(id: Id): void {
    const call = this.calls.get(id);
    if (!call) return;
    if (call.stage !== 'waiting') this.presented(id);
    this.calls.delete(id);
    this.tell({ fact: 'connected', call, waitedMs: this.now - call.since });
  }

  private abandoned(id: Id, waitedMs: number): void {
    const call = this.calls.get(id);
    if (!call) return;
    if (call.stage !== 'waiting') this.presented(id);
    this.calls.delete(id);
    this.tell({ fact: 'abandoned', call, waitedMs: Number.isFinite(waitedMs) ? waitedMs : this.now - call.since });
  }

  private ended(event: Extract<PacingEvent, { type: 'ended' }>): void {
    const call = this.calls.get(event.callId);
    // A canceled call tells nothing about the person it might have reached.
    if (call && event.reason === 'canceled') this.calls.delete(event.callId);
    else if (call && event.reason === 'abandoned') this.abandoned(event.callId, this.now - call.since);
    else if (call?.stage === 'waiting' && event.reason === 'completed') this.taken(event.callId);
    else if (call) this.gone(event.callId);
    const isNobodys = call !== undefined && event.agentId === undefined;
    const agent = isNobodys ? undefined : this.agentOn(event.callId, event.agentId);
    if (agent) this.agentIs(agent.id, 'wrapup', undefined);
    this.parties.heard(event, call !== undefined);
  }

  /** Who talks on this call: the agent named, or whoever was connected where nobody is named. */
  private agentOn(callId: Id, named: Id | undefined): AgentRow | undefined {
    if (callId === undefined) return undefined;
    const among = named === undefined ? this.agents.values() : [this.agents.get(named)];
    for (const agent of among) if (agent?.state === 'talking' && agent.callId === callId) return agent;
    return undefined;
  }

  /** @param ageMs how long the state has lasted already. */
  private agentIs(id: Id, state: AgentState, callId: Id | undefined, ageMs = 0): void {
    const known = this.agents.get(id);
    const before = known?.state;
    if (state === 'offline') {
      if (known) this.leave(known, undefined);
      this.agents.delete(id);
      return;
    }
    if (state !== 'away' && state !== 'ready' && state !== 'talking' && state !== 'wrapup') return;
    if (known === undefined) {
      if (this.agents.size >= MOST_AGENTS) return;
      this.agents.set(id, { id, state, since: this.now - ageMs, talkMs: 0, leaving: false, callId });
      this.count(state, 1);
      return;
    }
    if (before === state) {
      if (callId !== undefined) known.callId = callId;
      return;
    }
    this.leave(known, state);
    this.count(state, 1);
    known.state = state;
    known.since = this.now;
    known.callId = callId;
    if (state === 'away' || state === 'ready') known.leaving = false;
  }

  /** Closes the agent's present state and tells what was learnt from it. */
  private leave(agent: AgentRow, to: AgentState | undefined): void {
    const spent = this.now - agent.since;
    this.count(agent.state, -1);
    if (agent.state === 'talking') {
      agent.talkMs = spent;
      this.tell({ fact: 'talk-ended', agent, talkMs: spent });
      if (to === 'ready') this.tell({ fact: 'wrapup-ended', agent, wrapMs: 0, talkMs: spent, to: 'ready' });
    } else if (agent.state === 'wrapup') {
      const stays = to === 'ready' || to === 'talking';
      this.tell({ fact: 'wrapup-ended', agent, wrapMs: spent, talkMs: agent.talkMs, to: stays ? 'ready' : 'gone' });
    }
  }

  private count(state: AgentState, by: number): void {
    if (state === 'ready') this.ready += by;
    else if (state === 'talking') this.talking += by;
    else if (state === 'wrapup') this.wrapup += by;
  }

  /** Forgets calls whose end never came, which teaches nothing. One who was presented and not said to be lost found the agent longest at rest. */
  private sweep(): void {
    this.sweptAt = this.now;
    for (const [id, call] of this.calls) {
      if (this.now - call.since <= this.stageLifeMs[call.stage]) continue;
      const agent = call.stage === 'waiting' ? longestReady(this.agents.values(), call.since) : undefined;
      if (agent === undefined) this.calls.delete(id);
      else {
        this.connected(id, agent.id);
        agent.since = call.since;
      }
    }
  }
}

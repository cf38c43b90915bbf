import { AgentPool } from './agent-pool.ts';
import { Random } from './random.ts';
import { type Roster, wrapUpMedian } from './roster.ts';
import type { Scenario } from './scenario.ts';
import { due, type LiveCall, type Stage } from './stage.ts';

/** An agent who finds a machine on the line leaves after about this long. */
export const machineTalkMs = 7_000;

/** The agents' side of a shift: presented calls meet rested agents or wait, talks, wrap-up, breaks, log-ins. */
export class Desk {
  private readonly stage: Stage;
  private readonly scenario: Scenario;
  private readonly roster: Roster;
  private readonly pool: AgentPool;
  private readonly random = new Random(1);
  private readonly seed: number;
  private waiting: number[] = [];
  private waitingHead = 0;

  constructor(stage: Stage, scenario: Scenario, roster: Roster, seed: number) {
    this.stage = stage;
    this.scenario = scenario;
    this.roster = roster;
    this.seed = seed;
    this.pool = new AgentPool(scenario.agents);
  }

  /** An answered call gets the agent with the most rest at once, or waits so long as the rules allow. */
  present(call: LiveCall): void {
    call.presentedAt = this.stage.now;
    const agent = this.pool.takeReady();
    if (agent >= 0) {
      this.connect(call, agent);
      return;
    }
    this.waiting.push(call.id);
    this.stage.after(this.scenario.abandonWithinMs, due.waitOver, call.id);
  }

  waitOver(call: LiveCall): void {
    if (call.agent < 0) this.abandon(call, 'no-agent');
  }

  abandon(call: LiveCall, reason: 'no-agent' | 'caller-hangup'): void {
    const { stage } = this;
    const waitedMs = stage.now - call.presentedAt;
    stage.emit({ type: 'abandoned', time: stage.now, callId: call.id, waitedMs, reason });
    stage.end(call, 'abandoned');
  }

  endTalk(call: LiveCall): void {
    const { stage } = this;
    const { agent, plan } = call;
    stage.calls.delete(call.id);
    const person = plan.fate.kind === 'person' ? plan.fate.person : undefined;
    if (person !== undefined) stage.meter.talked(person.accepts);
    const party = person === undefined ? 'machine' : 'human';
    stage.emit({ type: 'ended', time: stage.now, callId: call.id, reason: 'completed', agentId: agent, party });
    this.pool.wrapUp(agent);
    stage.emit({ type: 'agent', time: stage.now, agentId: agent, state: 'wrapup', callId: call.id });
    stage.after(this.wrapUpMs(call.id, person?.talkMs ?? 0, agent), due.wrapUpOver, agent);
  }

  endWrapUp(agent: number): void {
    const leaving = this.pool.leavingTo(agent);
    if (leaving === 'none') this.makeReady(agent);
    else this.leave(agent, leaving);
  }

  comeBack(agent: number): void {
    if (this.pool.isAway(agent)) this.makeReady(agent);
  }

  followRoster(index: number): void {
    const entry = this.roster.entries[index];
    if (entry === undefined) return;
    if (entry.kind === 'in') {
      if (this.pool.isOffline(entry.agent)) this.makeReady(entry.agent);
      return;
    }
    const to = entry.kind === 'out' ? 'offline' : 'away';
    const next = this.pool.askToLeave(entry.agent, to, entry.breakMs);
    if (next === 'now') this.leave(entry.agent, to);
    if (next === 'later') this.stage.emit({ type: 'agent-leaving', time: this.stage.now, agentId: entry.agent });
  }

  private connect(call: LiveCall, agent: number): void {
    const { stage } = this;
    const { fate } = call.plan;
    call.agent = agent;
    this.pool.talk(agent);
    stage.meter.answered(stage.now - call.pickedUpAt);
    stage.emit({ type: 'connected', time: stage.now, callId: call.id, agentId: agent });
    stage.emit({ type: 'agent', time: stage.now, agentId: agent, state: 'talking', callId: call.id });
    const pace = this.roster.paces[agent]?.talk ?? 1;
    const talkMs = fate.kind === 'person' ? Math.round(fate.person.talkMs * pace) : machineTalkMs;
    stage.after(talkMs, due.talkOver, call.id);
  }

  private wrapUpMs(callId: number, talkMs: number, agent: number): number {
    const { wrapUp } = this.scenario.crew;
    const chance =
      wrapUp.sigma === 0 ? 1 : Math.exp(wrapUp.sigma * this.random.reseed(this.seed, callId, 0x3a9).normal());
    return Math.round(wrapUpMedian(wrapUp, talkMs) * chance * (this.roster.paces[agent]?.wrapUp ?? 1));
  }

  /** A free agent takes the call that waits longest, else joins the end of the rest queue. */
  private makeReady(agent: number): void {
    this.pool.ready(agent);
    this.stage.emit({ type: 'agent', time: this.stage.now, agentId: agent, state: 'ready' });
    const call = this.nextWaiting();
    if (call !== undefined) this.connect(call, this.pool.takeReady());
  }

  private nextWaiting(): LiveCall | undefined {
    while (this.waitingHead < this.waiting.length) {
      const call = this.stage.calls.get(this.waiting[this.waitingHead++] ?? 0);
      if (call !== undefined && call.agent < 0) return call;
    }
    this.waiting.length = 0;
    this.waitingHead = 0;
    return undefined;
  }

  private leave(agent: number, to: 'away' | 'offline'): void {
    const breakMs = this.pool.leave(agent, to);
    this.stage.emit({ type: 'agent', time: this.stage.now, agentId: agent, state: to });
    if (to === 'away') this.stage.after(breakMs, due.backFromBreak, agent);
  }
}

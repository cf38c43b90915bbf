import type { PacingEvent, PacingPolicy } from '../rules/pacing/policy.ts';
import { CallCourse } from './call-course.ts';
import { Desk } from './desk.ts';
import { createMeter, type Measure } from './measure.ts';
import { createPhoneNetwork, type SeededNetwork } from './phone-network.ts';
import { PlacementLimits } from './placement-limits.ts';
import type { PolicySource } from './policy-source.ts';
import { createRoster, type Roster } from './roster.ts';
import { pacingConfig, type Scenario } from './scenario.ts';
import { due, Stage } from './stage.ts';

export type ShiftRun = {
  scenario: Scenario;
  seed: number;
  policy: PolicySource;
  /** Sees every event after the policy has, e.g. to draw or to check. */
  onEvent?: (event: PacingEvent) => void;
  /** Sees every decision after it was bounded. */
  onDecision?: (now: number, asked: number, placed: number, why?: string) => void;
  /** Another network than the scenario's own. */
  network?: SeededNetwork;
};

/**
 * Plays the scenario's days in virtual time against one policy and measures them. The same scenario, seed and policy
 * give the same result. A policy that answers nonsense is held to the limits and the fault is counted.
 */
export function runShift(run: ShiftRun): Measure {
  return new Shift(run).play();
}

/** The scenario's phone network for one seed; each day starts with the scenario's first list. */
export function scenarioNetwork(scenario: Scenario, seed: number, roster: Roster): SeededNetwork {
  const phases = [{ from: 0, model: scenario.network }];
  for (const shift of roster.shifts) {
    if (scenario.changes.length === 0) break;
    let model = scenario.network;
    phases.push({ from: shift.from, model });
    for (const change of scenario.changes) {
      model = { ...model, ...change.network };
      phases.push({ from: shift.from + change.atMinute * 60_000, model });
    }
  }
  return createPhoneNetwork({ seed, phases });
}

class Shift {
  private readonly run: ShiftRun;
  private readonly roster: Roster;
  private readonly network: SeededNetwork;
  private readonly policy: PacingPolicy;
  private readonly limits: PlacementLimits;
  private readonly stage: Stage;
  private readonly desk: Desk;
  private readonly course: CallCourse;
  private nextCall = 1;

  constructor(run: ShiftRun) {
    const { scenario, seed } = run;
    this.run = run;
    this.roster = createRoster(scenario, seed);
    this.network = run.network ?? scenarioNetwork(scenario, seed, this.roster);
    const config = pacingConfig(scenario, seed);
    const policy = run.policy(config, { scenario, roster: this.roster, network: this.network });
    const meter = createMeter(scenario, this.roster);
    this.policy = policy;
    this.limits = new PlacementLimits(config, scenario, this.roster.shifts);
    this.stage = new Stage(meter, (event) => {
      policy.observe(event);
      meter.observe(event);
      run.onEvent?.(event);
    });
    this.desk = new Desk(this.stage, scenario, this.roster, seed);
    this.course = new CallCourse(this.stage, this.desk, scenario.ringTimeoutMs);
  }

  /** Events of one instant together, then one decision; again when the policy wants to wake. Ends when nothing is left. */
  play(): Measure {
    const { stage } = this;
    for (const [i, entry] of this.roster.entries.entries()) stage.heap.push(entry.time, due.roster, i);
    let wakeAt = Number.POSITIVE_INFINITY;
    while (stage.heap.size > 0) {
      stage.now = Math.min(stage.heap.nextTime, wakeAt);
      while (stage.heap.nextTime <= stage.now) {
        stage.heap.pop();
        this.handle(stage.heap.kind, stage.heap.ref);
      }
      wakeAt = this.decide();
    }
    return stage.meter.finish(stage.now, this.limits.faults);
  }

  /** Asks the policy, places what the limits allow, and says when to ask again at the latest. */
  private decide(): number {
    const { now } = this.stage;
    const decision = this.policy.decide(now);
    const place = this.limits.bound(decision.place, now, this.stage.calls.size);
    for (let i = 0; i < place; i++) this.place();
    this.run.onDecision?.(now, decision.place, place, decision.why);
    return this.limits.nextAsk(now, decision.wakeAt);
  }

  private place(): void {
    const { stage } = this;
    const id = this.nextCall++;
    const call = { to: `contact-${id}`, at: stage.now, ringTimeoutMs: this.run.scenario.ringTimeoutMs, attempt: 1 };
    const plan = this.network.plan(call);
    const chance = this.network.chance(call);
    stage.calls.set(id, { id, plan, pickedUpAt: 0, presentedAt: 0, agent: -1 });
    this.limits.placed(stage.now);
    stage.after(plan.setupMs, due.setUp, id);
    const event: PacingEvent = { type: 'placed', time: stage.now, callId: id };
    if (chance !== undefined) event.chance = chance;
    stage.emit(event);
  }

  private handle(kind: number, ref: number): void {
    if (kind === due.roster) this.desk.followRoster(ref);
    else if (kind === due.backFromBreak) this.desk.comeBack(ref);
    else if (kind === due.wrapUpOver) this.desk.endWrapUp(ref);
    else this.handleCall(kind, ref);
  }

  /** A call that is gone leaves timers behind; they mean nothing any more. */
  private handleCall(kind: number, ref: number): void {
    const call = this.stage.calls.get(ref);
    if (call === undefined) return;
    if (kind === due.setUp) this.course.endSetUp(call);
    else if (kind === due.rungOut) this.stage.end(call, 'no-answer');
    else if (kind === due.pickup) this.course.pickUp(call);
    else if (kind === due.verdict) this.course.judge(call);
    else if (kind === due.hangUp) this.course.hangUp(call);
    else if (kind === due.waitOver) this.desk.waitOver(call);
    else if (kind === due.talkOver) this.desk.endTalk(call);
  }
}

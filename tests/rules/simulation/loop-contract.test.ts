import { describe, expect, it } from 'vitest';
import type { PacingEvent } from '../../../dialer/rules/pacing/policy.ts';
import type { PolicySource } from '../../../dialer/simulation/policy-source.ts';
import { day } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';

const scenario = day('half an hour', '', { agents: 6, shiftMinutes: 30, maxLines: 15, maxCallsPerSecond: 3 });

type Step = { kind: 'event'; event: PacingEvent } | { kind: 'decision'; now: number; placed: number };

/** Records what a policy is told and asked; answers as the function says. */
function recorded(answer: (now: number) => { place: number; wakeAt?: number }): Step[] {
  const steps: Step[] = [];
  const policy: PolicySource = () => ({
    observe: (event) => void steps.push({ kind: 'event', event }),
    decide(now) {
      steps.push({ kind: 'decision', now, placed: 0 });
      return answer(now);
    },
  });
  runShift({ scenario, seed: 1, policy });
  return steps;
}

const isPlaced = (step: Step | undefined): boolean => step?.kind === 'event' && step.event.type === 'placed';

describe('the loop', () => {
  const steps = recorded(() => ({ place: 2 }));

  it('tells events in the order of time, whole milliseconds', () => {
    let last = 0;
    for (const step of steps) {
      const time = step.kind === 'event' ? step.event.time : step.now;
      expect(Number.isInteger(time)).toBe(true);
      expect(time).toBeGreaterThanOrEqual(last);
      last = time;
    }
  });

  it('asks once after each batch of events of one instant', () => {
    let batch = Number.NaN;
    let decided = Number.NaN;
    for (const step of steps) {
      if (step.kind === 'decision') {
        expect(step.now).not.toBe(decided);
        if (!Number.isNaN(batch)) expect(step.now).toBe(batch);
        decided = step.now;
        batch = Number.NaN;
      } else if (!isPlaced(step)) {
        // After a decision of this instant nothing but the calls it placed may follow.
        expect(step.event.time).not.toBe(decided);
        batch = step.event.time;
      }
    }
  });

  it('tells placed calls at the instant of the decision', () => {
    let now = 0;
    let placed = 0;
    for (const step of steps) {
      if (step.kind === 'decision') now = step.now;
      if (step.kind !== 'event' || step.event.type !== 'placed') continue;
      expect(step.event.time).toBe(now);
      placed++;
    }
    expect(placed).toBeGreaterThan(50);
  });

  it('asks again at wakeAt, and at the next millisecond when that is past', () => {
    const wishes: number[] = [];
    const asked: number[] = [];
    recorded((now) => {
      asked.push(now);
      const wakeAt = asked.length % 2 === 0 ? now + 1_234.5 : now - 50;
      if (asked.length < 40) wishes.push(asked.length % 2 === 0 ? now + 1_235 : now + 1);
      return asked.length < 40 ? { place: 0, wakeAt } : { place: 0 };
    });
    expect(asked.slice(1, 40)).toEqual(wishes);
  });

  it.each([Number.NaN, -3, 2.7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e9])(
    'holds an answer of %d to the limits',
    (place) => {
      const placedAt: number[] = [];
      const measure = runShift({
        scenario,
        seed: 1,
        policy: () => ({ observe() {}, decide: () => ({ place, wakeAt: Number.NaN }) }),
        onEvent: (event) => event.type === 'placed' && placedAt.push(event.time),
      });
      const isNonsense = !(Number.isInteger(place) && place >= 0);
      expect(measure.faults.nonsense > 0).toBe(isNonsense);
      if (place > 0 && Number.isFinite(place)) expect(measure.placed).toBeGreaterThan(100);
      else expect(measure.placed).toBe(0);
      if (place === 1e9) expect(measure.faults.cutByRate).toBeGreaterThan(0);
    },
  );

  it('places what the call rate held back as soon as it allows', () => {
    const placedAt: number[] = [];
    runShift({
      scenario: { ...scenario, maxLines: 9 },
      seed: 1,
      policy: () => ({ observe() {}, decide: () => ({ place: 9 }) }),
      onEvent: (event) => event.type === 'placed' && placedAt.push(event.time),
    });
    const start = placedAt[0] ?? 0;
    expect(placedAt.slice(0, 9).map((time) => time - start)).toEqual([0, 0, 0, 1000, 1000, 1000, 2000, 2000, 2000]);
  });

  it('stops dialling before the shift ends and when the list is done', () => {
    const last = (more: object): { time: number; placed: number } => {
      let time = 0;
      const measure = runShift({
        scenario: { ...scenario, ...more },
        seed: 1,
        policy: () => ({ observe() {}, decide: () => ({ place: 1 }) }),
        onEvent: (event) => {
          if (event.type === 'placed') time = event.time;
        },
      });
      return { time, placed: measure.placed };
    };
    const start = Date.UTC(2026, 2, 2, 9);
    expect(last({}).time).toBeLessThan(start + 30 * 60_000 - scenario.stopBeforeEndMs);
    expect(last({ contacts: 17 }).placed).toBe(17);
  });

  it('follows calls that never ring and talks of no length to their end', () => {
    const network = { ...scenario.network, talk: { kind: 'fixed', ms: 0 } as const, machine: 0, switchedOff: 0.94 };
    const reasons = new Map<string, number>();
    const rang = new Set<number | string>();
    const measure = runShift({
      scenario: { ...scenario, network },
      seed: 1,
      policy: () => ({ observe() {}, decide: () => ({ place: 1 }) }),
      onEvent(event) {
        if (event.type === 'ringing') rang.add(event.callId);
        if (event.type !== 'ended') return;
        reasons.set(event.reason, (reasons.get(event.reason) ?? 0) + 1);
        if (event.reason === 'failed' && event.party === undefined) expect(rang.has(event.callId)).toBe(false);
      },
    });
    expect(reasons.get('failed') ?? 0).toBeGreaterThan(20);
    expect(reasons.get('completed') ?? 0).toBeGreaterThan(10);
    expect(measure.talkMs).toBe(0);
  });
});

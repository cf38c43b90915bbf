import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentState, PacingEvent } from '../../../dialer/rules/pacing/policy.ts';
import { baselines } from '../../../dialer/simulation/baselines/index.ts';
import type { PolicySource } from '../../../dialer/simulation/policy-source.ts';
import { pacingConfig, type Scenario } from '../../../dialer/simulation/scenario.ts';
import { scenarios } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';

/** Asks for a random number of calls at random times: nothing that a policy does may break the books. */
function erratic(): PolicySource {
  return (config) => {
    let state = config.seed ?? 1;
    const next = (): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state / 2 ** 32;
    };
    return {
      observe() {},
      decide: (now) => ({ place: next() < 0.3 ? Math.floor(next() * 6) : 0, wakeAt: now + 1 + next() * 3000 }),
    };
  };
}

const policies: Record<string, PolicySource> = { ...baselines, erratic: erratic() };
const names = Object.keys(scenarios).filter((name) => name !== 'week');

function shortened(name: string, agents: number): Scenario {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(name);
  const breaks = scenario.crew.breaks.map((pause) => ({
    ...pause,
    atMinute: pause.atMinute % 50,
    minutes: pause.minutes % 15,
  }));
  return { ...scenario, agents, shiftMinutes: 60, crew: { ...scenario.crew, breaks } };
}

const run = fc.record({
  name: fc.constantFrom(...names),
  policy: fc.constantFrom(...Object.keys(policies)),
  agents: fc.integer({ min: 0, max: 12 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

function traced(input: { name: string; policy: string; agents: number; seed: number }) {
  const scenario = shortened(input.name, input.agents);
  const events: PacingEvent[] = [];
  const policy = policies[input.policy];
  if (policy === undefined) throw new Error(input.policy);
  const measure = runShift({ scenario, seed: input.seed, policy, onEvent: (event) => events.push(event) });
  return { scenario, events, measure };
}

describe('nothing is lost and nothing appears', () => {
  it('every call placed ends once, and presented calls are connected or abandoned', () => {
    fc.assert(
      fc.property(run, (input) => {
        const { events, measure, scenario } = traced(input);
        const placed = new Set<number | string>();
        const ended = new Set<number | string>();
        const presented = new Set<number | string>();
        for (const event of events) {
          if (event.type === 'placed') placed.add(event.callId);
          if (event.type === 'answered' && event.by !== 'machine') presented.add(event.callId);
          if (event.type === 'connected') expect(presented.has(event.callId)).toBe(true);
          if (event.type === 'abandoned') expect(event.waitedMs).toBeLessThanOrEqual(scenario.abandonWithinMs);
          if (event.type !== 'ended') continue;
          expect(placed.has(event.callId)).toBe(true);
          expect(ended.has(event.callId)).toBe(false);
          ended.add(event.callId);
        }
        expect(ended.size).toBe(placed.size);
        expect(measure.placed).toBe(placed.size);
        expect(measure.connected + measure.abandoned).toBe(presented.size);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it('agents are in one state at a time and their time adds up', () => {
    fc.assert(
      fc.property(run, (input) => {
        const { events, measure } = traced(input);
        const follows: Record<AgentState, AgentState[]> = {
          offline: ['ready'],
          away: ['ready', 'offline'],
          ready: ['talking', 'away', 'offline'],
          talking: ['wrapup'],
          wrapup: ['ready', 'away', 'offline'],
        };
        const seats = new Map<number | string, { state: AgentState; since: number }>();
        let talk = 0;
        for (const event of events) {
          if (event.type === 'connected') expect(seats.get(event.agentId)?.state).toBe('ready');
          if (event.type !== 'agent') continue;
          const before = seats.get(event.agentId) ?? { state: 'offline', since: 0 };
          expect(follows[before.state]).toContain(event.state);
          if (before.state === 'talking') talk += event.time - before.since;
          seats.set(event.agentId, { state: event.state, since: event.time });
        }
        expect([...seats.values()].every((seat) => seat.state === 'offline')).toBe(true);
        const sum = (series: Float64Array): number => series.reduce((a, b) => a + b, 0);
        expect(measure.talkMs).toBe(talk);
        expect(measure.readyMs).toBeGreaterThanOrEqual(0);
        expect(sum(measure.minutes.talk)).toBeCloseTo(measure.talkMs, 3);
        expect(sum(measure.minutes.wrapUp)).toBeCloseTo(measure.wrapUpMs, 3);
        expect(sum(measure.minutes.signedIn)).toBeCloseTo(measure.signedInMs, 3);
        expect(sum(measure.minutes.presented)).toBe(measure.connected + measure.abandoned);
      }),
      { numRuns: 40, seed: 6 },
    );
  });

  it('lines and calls per second hold at every instant', () => {
    fc.assert(
      fc.property(
        run,
        fc.integer({ min: 0, max: 20 }),
        fc.constantFrom(0, 0.5, 1, 4),
        (input, maxLines, maxCallsPerSecond) => {
          const scenario = { ...shortened(input.name, input.agents), maxLines, maxCallsPerSecond };
          const times: number[] = [];
          let lines = 0;
          let most = 0;
          runShift({
            scenario,
            seed: input.seed,
            policy: erratic(),
            onEvent(event) {
              if (event.type === 'placed') {
                times.push(event.time);
                lines++;
              }
              if (event.type === 'ended') lines--;
              most = Math.max(most, lines);
            },
          });
          const config = pacingConfig(scenario, input.seed);
          expect(most).toBeLessThanOrEqual(config.maxLines);
          const perWindow = Math.max(1, Math.floor(maxCallsPerSecond));
          for (let i = perWindow; i < times.length; i++) {
            const span = (times[i] ?? 0) - (times[i - perWindow] ?? 0);
            expect(span * maxCallsPerSecond).toBeGreaterThanOrEqual(1000 * perWindow);
          }
          if (maxCallsPerSecond === 0 || maxLines === 0) expect(times).toHaveLength(0);
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });
});

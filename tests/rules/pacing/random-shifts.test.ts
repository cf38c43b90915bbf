import { describe, expect, it } from 'vitest';
import { createPolicy, type PacingEvent, type PacingPolicy, policies } from '../../../dialer/rules/pacing/index.ts';
import type { Measure } from '../../../dialer/simulation/measure.ts';
import { Random } from '../../../dialer/simulation/random.ts';
import { randomScenario } from '../../../dialer/simulation/random-scenario.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';

const limits = { agents: { min: 3, max: 12 }, shiftMinutes: { min: 60, max: 80 } };

/** What the guard promises: the cap, its tolerance, and the few calls that a young shift is allowed. */
const promised = (presented: number, cap: number, agents: number): number =>
  1.12 * cap * (presented + 1) + 4 + Math.sqrt(agents) / 2;

describe('days that nobody thought of', () => {
  it.each([3, 11, 25, 31, 48, 57])(
    'random day %i stays under the cap and talks more than one call each does',
    (seed) => {
      const scenario = randomScenario(seed, limits);
      const play = (policy: typeof createPolicy): Measure =>
        runShift({ scenario, seed, policy: (config) => policy(config) });
      const ours = play(createPolicy);
      const oneEach = play(policies.progressive ?? createPolicy);
      expect(ours.faults.nonsense).toBe(0);
      const presented = ours.connected + ours.abandoned;
      expect(ours.abandoned).toBeLessThanOrEqual(promised(presented, scenario.maxAbandonRate, scenario.agents));
      if (scenario.targetUtilization === undefined) expect(ours.talkMs).toBeGreaterThan(0.97 * oneEach.talkMs);
    },
  );

  it('is the same day for the same seed, and another for another', () => {
    expect(randomScenario(5)).toEqual(randomScenario(5));
    expect(randomScenario(6)).not.toEqual({ ...randomScenario(5), name: 'random-6' });
  });
});

/** Other hosts tell the same story in other words: the policy sees each event through one of these. */
const dialects: [string, (event: PacingEvent, random: Random) => PacingEvent[]][] = [
  ['without ringing and pick-up', (event) => (event.type === 'ringing' || event.type === 'pickup' ? [] : [event])],
  [
    'with desks only when ready',
    (event) => (event.type === 'agent' && (event.state === 'talking' || event.state === 'wrapup') ? [] : [event]),
  ],
  ['with desks for connections', (event) => (event.type === 'connected' ? [] : [event])],
  ['everything twice', (event) => [event, event]],
  ['one event in fifty lost', (event, random) => (random.next() < 0.02 ? [] : [event])],
];

describe('told in other words', () => {
  const scenario = {
    ...randomScenario(2, limits),
    agents: 8,
    shiftMinutes: 75,
    maxAbandonRate: 0.03,
  };
  const told = (speak: (event: PacingEvent, random: Random) => PacingEvent[]): Measure =>
    runShift({
      scenario,
      seed: 4,
      policy: (config): PacingPolicy => {
        const policy = createPolicy(config);
        const random = new Random(9);
        return {
          observe: (event) => {
            for (const said of speak(event, random)) policy.observe(said);
          },
          decide: (now) => policy.decide(now),
        };
      },
    });
  const plain = told((event) => [event]);

  it.each(dialects)('%s: about the same talk, under the cap', (_, speak) => {
    const { talkMs, signedInMs, connected, abandoned } = told(speak);
    expect(talkMs / signedInMs).toBeGreaterThan((0.93 * plain.talkMs) / plain.signedInMs);
    expect(abandoned).toBeLessThanOrEqual(promised(connected + abandoned, 0.03, scenario.agents));
  });
});

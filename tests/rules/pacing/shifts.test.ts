import { describe, expect, it } from 'vitest';
import { createPolicy, type PacingDecision, type PacingPolicy, policies } from '../../../dialer/rules/pacing/index.ts';
import { Predictive } from '../../../dialer/rules/pacing/predictive.ts';
import type { Measure } from '../../../dialer/simulation/measure.ts';
import type { Scenario } from '../../../dialer/simulation/scenario.ts';
import { scenarios } from '../../../dialer/simulation/scenarios.ts';
import { runShift } from '../../../dialer/simulation/shift.ts';
import { summarise } from '../../../dialer/simulation/summary.ts';

const scenario = (name: string, more: Partial<Scenario>): Scenario => {
  const found = scenarios[name];
  if (!found) throw new Error(`no scenario ${name}`);
  return { ...found, ...more };
};
const run = (played: Scenario, make: typeof createPolicy, seeds = 2): Measure[] =>
  Array.from({ length: seeds }, (_, i) =>
    runShift({ scenario: played, seed: i + 1, policy: (config) => make(config) }),
  );
const named = (name: string): typeof createPolicy => policies[name] ?? createPolicy;

describe('short shifts', () => {
  it.each([
    { agents: 5, gain: 1.1 },
    { agents: 20, gain: 1.25 },
  ])('with $agents agents talk far more than one call each brings, under the cap', ({ agents, gain }) => {
    const played = scenario('steady', { agents, shiftMinutes: 120 });
    const ours = summarise(run(played, createPolicy));
    const oneEach = summarise(run(played, named('progressive')));
    expect(ours.occupancy ?? 0).toBeGreaterThan(gain * (oneEach.occupancy ?? 1));
    // What the guard promises: the cap and a little, and the few calls that a young shift is allowed.
    expect(ours.abandoned).toBeLessThanOrEqual(1.06 * 0.03 * ours.presented + 2 * (4 + Math.sqrt(agents) / 2));
    expect(oneEach.abandonRate).toBe(0);
  });

  it.each(['new-list', 'half-at-lunch', 'no-detection', 'slow-carrier'])(
    'survive %s under the cap and without an answer that had to be corrected',
    (name) => {
      const measures = run(scenario(name, { agents: 8, shiftMinutes: 210 }), createPolicy, 1);
      const { abandonRate, occupancy } = summarise(measures);
      expect(abandonRate ?? 1).toBeLessThan(0.035);
      expect(occupancy ?? 0).toBeGreaterThan(0.7);
      expect(measures[0]?.faults.nonsense).toBe(0);
    },
  );

  it('stay inside a band that they could exceed, and hardly abandon anybody for it', () => {
    const band = { min: 0.69, max: 0.74 };
    const played = scenario('steady', { agents: 40, shiftMinutes: 120, targetUtilization: band });
    const { utilization, abandonRate, highestHour } = summarise(run(played, createPolicy, 1), band);
    expect(utilization ?? 0).toBeGreaterThan(0.69);
    expect(utilization ?? 1).toBeLessThan(0.74);
    expect(highestHour ?? 1).toBeLessThan(0.745);
    expect(abandonRate ?? 1).toBeLessThan(0.005);
  });

  it('come up to the band from below on a cold start, and are inside it within a quarter of an hour', () => {
    const late = { late: { share: 1, withinMinutes: 3 }, breaks: [], speedSpread: 0 };
    const real = scenario('real-talks', { agents: 20, shiftMinutes: 40, targetUtilization: { min: 0.69, max: 0.74 } });
    const days = run({ ...real, crew: { ...real.crew, ...late } }, createPolicy, 8);
    const level = (from: number, until: number): number => {
      const sum = (series: 'talk' | 'signedIn'): number =>
        days.flatMap(({ minutes }) => [...minutes[series].slice(from, until)]).reduce((a, b) => a + b, 0);
      return sum('talk') / sum('signedIn');
    };
    expect(level(0, 20)).toBeLessThan(0.73);
    expect(level(15, 40)).toBeGreaterThan(0.695);
    expect(level(15, 40)).toBeLessThan(0.735);
  });

  it('without a band are careful on a cold start, and not slow', () => {
    const crew = { breaks: [], speedSpread: 0.1, late: { share: 1, withinMinutes: 3 } };
    const real = scenario('real-talks', { agents: 20, shiftMinutes: 24 });
    const days = run({ ...real, crew: { ...real.crew, ...crew } }, createPolicy, 16);
    const sum = (series: keyof Measure['minutes'], from: number, until: number): number =>
      days.flatMap(({ minutes }) => [...minutes[series].slice(from, until)]).reduce((a, b) => a + b, 0);
    const level = (from: number, until: number): number => sum('talk', from, until) / sum('signedIn', from, until);
    expect(sum('abandoned', 0, 15) / sum('presented', 0, 15)).toBeLessThan(0.035);
    expect(level(10, 15)).toBeGreaterThan(0.97 * level(15, 22));
  });

  it('at one call for each agent rest in turn where even that is too much talk, and the manager is told so', () => {
    const band = { min: 0.69, max: 0.74 };
    const warm = scenario('high-answer', { agents: 12, shiftMinutes: 150 });
    const network = { ...warm.network, talk: { kind: 'lognormal' as const, medianMs: 200_000, sigma: 0.5 } };
    const free = summarise(run({ ...warm, network }, named('progressive'), 2));
    const said = new Map<string, PacingDecision>();
    const listening: typeof createPolicy = (config) => {
      const policy = named('progressive')(config);
      return {
        ...policy,
        decide: (now) => {
          const decision = policy.decide(now);
          const code = decision.reason?.code ?? '';
          if (!said.has(code)) said.set(code, decision);
          return decision;
        },
      };
    };
    const held = summarise(run({ ...warm, network, targetUtilization: band }, listening, 2), band);
    expect(free.utilization ?? 0).toBeGreaterThan(0.76);
    expect(held.utilization ?? 0).toBeGreaterThan(0.7);
    expect(held.utilization ?? 1).toBeLessThan(0.74);
    expect(said.get('band-rest')).toMatchObject({ place: 0, binding: 'band' });
    expect(said.get('band-rest')?.agentsNeeded ?? 0).toBeGreaterThan(12);
  });

  it('use the engine’s own chances: knowing them brings more talk', () => {
    const played = scenario('known-chances', { agents: 6, shiftMinutes: 150 });
    const silent: typeof createPolicy = (config) => {
      const policy = createPolicy(config);
      return {
        ...policy,
        observe: (event) => {
          if (event.type !== 'placed') return policy.observe(event);
          const { chance: _, ...rest } = event;
          return policy.observe(rest);
        },
      };
    };
    const knowing = summarise(run(played, createPolicy, 3));
    const blind = summarise(run(played, silent, 3));
    expect(knowing.utilization ?? 0).toBeGreaterThan(blind.utilization ?? 1);
  });
});

describe('the number of agents named for the band', () => {
  const band = { min: 0.69, max: 0.74 };
  const played = (answer: number, talkSeconds: number, agents: number, shiftMinutes: number): Scenario => {
    const base = scenario('steady', { agents, shiftMinutes, targetUtilization: band });
    const talk = { kind: 'lognormal', medianMs: talkSeconds * 1000, sigma: 0.9 } as const;
    return {
      ...base,
      network: { ...base.network, answer, talk },
      crew: { ...base.crew, breaks: [], speedSpread: 0 },
    };
  };
  const level = (answer: number, talkSeconds: number, agents: number): number =>
    summarise(run(played(answer, talkSeconds, agents, 120), createPolicy)).utilization ?? 0;

  it.each([
    { answer: 0.25, talk: 66, agents: 4 },
    { answer: 0.5, talk: 45, agents: 5 },
  ])(
    'is about what the simulator finds, and is not said before there is evidence: $answer answers, $talk s',
    ({ answer, talk, agents }) => {
      const said: { at: number; needed: number | undefined }[] = [];
      const start = Date.UTC(2026, 2, 2, 9);
      const listening: typeof createPolicy = (config) => {
        const policy = createPolicy(config);
        const decide = (now: number) => {
          const decision = policy.decide(now);
          said.push({ at: now - start, needed: decision.agentsNeeded });
          return decision;
        };
        return { ...policy, decide };
      };
      const minute = 60_000;
      const lastWords = [1, 2, 3, 4, 5, 6].map((seed) => {
        said.length = 0;
        runShift({ scenario: played(answer, talk, agents, 150), seed, policy: listening });
        expect(said.filter(({ at, needed }) => at < 15 * minute && needed !== undefined)).toEqual([]);
        return said.filter(({ at }) => at < 149 * minute).at(-1)?.needed ?? 0;
      });
      // One afternoon of five people says little: the mean of six.
      const needed = lastWords.reduce((sum, agentsNeeded) => sum + agentsNeeded, 0) / lastWords.length;
      expect(level(answer, talk, Math.ceil(1.15 * needed))).toBeGreaterThan(0.69 - 0.005);
      expect(level(answer, talk, Math.floor(0.8 * needed) - 1)).toBeLessThan(0.69);
    },
  );
});

describe('what was learnt', () => {
  const played = scenario('low-answer', { agents: 8, shiftMinutes: 120 });

  it('survives a change of pacer as plain JSON: the heir knows the list from its first call', () => {
    let last: PacingPolicy | undefined;
    runShift({ scenario: played, seed: 1, policy: (config) => (last = createPolicy(config)) });
    const stored: unknown = JSON.parse(JSON.stringify(last?.snapshot?.()));
    const first = (snapshot?: unknown): number => {
      const policy = createPolicy({
        maxAbandonRate: 0.03,
        abandonWithinMs: 2000,
        maxLines: 200,
        maxCallsPerSecond: 100,
        ringTimeoutMs: 25_000,
      });
      if (snapshot !== undefined) policy.restore?.(snapshot);
      for (let agent = 0; agent < 8; agent++)
        policy.observe({ type: 'agent', time: 0, agentId: agent, state: 'ready' });
      return policy.decide(0).place;
    };
    // Few answer on this list: who knows that dares more calls for eight ready agents than who must be careful.
    expect(first(stored)).toBeGreaterThan(2 * first());
  });

  it('is whole and stands still, handed over as it is, as a copy, or as JSON', () => {
    let last: PacingPolicy | undefined;
    const short = scenario('steady', { agents: 3, shiftMinutes: 20 });
    runShift({ scenario: short, seed: 1, policy: (config) => (last = createPolicy(config)) });
    const memory: unknown = last?.snapshot?.();
    const plain: unknown = JSON.parse(JSON.stringify(memory));
    expect(structuredClone(memory)).toEqual(plain);
    last?.observe({ type: 'agent', time: 1e9, agentId: 'new', state: 'ready' });
    last?.observe({ type: 'placed', time: 1e9, callId: 'new' });
    last?.observe({ type: 'answered', time: 1e9 + 9_000, callId: 'new', by: 'live' });
    last?.observe({ type: 'connected', time: 1e9 + 9_000, callId: 'new', agentId: 'new' });
    expect(memory).toEqual(plain);
  });

  it('foretells: of the calls with a risk of 1 to 5 %, not a very different share finds nobody', () => {
    let policy: Predictive | undefined;
    const steady = scenario('steady', { agents: 16, shiftMinutes: 150 });
    runShift({ scenario: steady, seed: 3, policy: (config) => (policy = new Predictive(config)) });
    const rows = policy?.calibration().filter(({ upTo }) => upTo > 0.01 && upTo <= 0.05) ?? [];
    const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((all, row) => all + pick(row), 0);
    expect(sum((row) => row.calls)).toBeGreaterThan(200);
    const ratio = sum((row) => row.foundNobody) / sum((row) => row.foretold);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2);
  });
});

it('says why in one sentence, with figures that a page can translate', () => {
  const seen = new Set<string>();
  const sentences: string[] = [];
  // Above twelve agents not every decision looks anew; it has its reason all the same.
  const played = scenario('few-lines', { agents: 13, maxLines: 16, shiftMinutes: 20 });
  runShift({
    scenario: played,
    seed: 1,
    policy: (config) => {
      const policy = createPolicy(config);
      return {
        ...policy,
        decide: (now) => {
          const decision = policy.decide(now);
          if (decision.reason) seen.add(decision.reason.code);
          sentences.push(decision.why ?? '');
          return decision;
        },
      };
    },
  });
  expect([...seen]).toEqual(expect.arrayContaining(['placing', 'waiting', 'lines-full']));
  for (const sentence of new Set(sentences)) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
});

it('does not fill all lines into a list that has stopped answering: it may come back', () => {
  const policy = createPolicy({
    maxAbandonRate: 0.03,
    abandonWithinMs: 2000,
    maxLines: 200,
    maxCallsPerSecond: 20,
    ringTimeoutMs: 25_000,
  });
  for (let agentId = 0; agentId < 10; agentId++) policy.observe({ type: 'agent', time: 0, agentId, state: 'ready' });
  const underWay: { callId: number; until: number }[] = [];
  let placed = 0;
  for (let time = 0; time < 40 * 60_000; time += 1000) {
    for (let first = underWay[0]; first && first.until <= time; first = underWay[0]) {
      underWay.shift();
      policy.observe({ type: 'ended', time, callId: first.callId, reason: 'no-answer' });
    }
    for (let { place } = policy.decide(time); place > 0; place--) {
      policy.observe({ type: 'placed', time, callId: ++placed });
      policy.observe({ type: 'ringing', time, callId: placed });
      underWay.push({ callId: placed, until: time + 25_000 });
    }
  }
  expect(underWay.length).toBeGreaterThan(10);
  expect(underWay.length).toBeLessThan(100);
});

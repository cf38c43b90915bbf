import { baselines } from '../../dialer/simulation/baselines/index.ts';
import { type AtCap, atCap, trial } from '../../dialer/simulation/frontier.ts';
import { oracle } from '../../dialer/simulation/oracle/oracle.ts';
import { simulated } from '../../dialer/simulation/policies.ts';
import type { PolicySource } from '../../dialer/simulation/policy-source.ts';
import type { Scenario } from '../../dialer/simulation/scenario.ts';
import { scenarios } from '../../dialer/simulation/scenarios.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Scale } from './pacing.ts';

export const percent = (x: number | null | undefined, digits = 1): string =>
  x === null || x === undefined ? '–' : (100 * x).toFixed(digits);

export function policyNamed(name: string): PolicySource {
  const source = simulated[name];
  if (source === undefined) throw new Error(`no policy ${name}`);
  return source;
}

export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}

/** Small teams are noisy: they are simulated longer. */
export function seedsFor(agents: number, scale: Scale): number {
  const full = agents <= 5 ? 5 : agents <= 10 ? 3 : agents <= 20 ? 2 : 1;
  return Math.max(1, Math.round(full * scale.seeds));
}

/**
 * The best of the three adaptive rules at an abandon rate of at most the cap (a tenth above is let pass). Where none
 * comes so low, the one nearest to the cap, marked.
 */
function bestVicidial(scenario: Scenario, seeds: number): { name: string; occupancy: number } {
  const points = ['hard', 'average', 'tapered'].map((rule) => ({
    rule,
    ...atCap(scenario, baseline(`vicidial-${rule}`), seeds),
  }));
  const under = points.filter((point) => point.abandonRate <= 1.1 * scenario.maxAbandonRate);
  if (under.length > 0) {
    const best = under.reduce((a, b) => (b.occupancy > a.occupancy ? b : a));
    return { name: best.rule, occupancy: best.occupancy };
  }
  const nearest = points.reduce((a, b) => (b.abandonRate < a.abandonRate ? b : a));
  return { name: `${nearest.rule} (at ${percent(nearest.abandonRate)} %)`, occupancy: nearest.occupancy };
}

function baseline(name: string): PolicySource {
  const source = baselines[name];
  if (source === undefined) throw new Error(`no baseline ${name}`);
  return source;
}

/** The share of the oracle's occupancy that is asked for on a steady list. */
function wantedShare(agents: number): number {
  return agents <= 3 ? 0.95 : agents <= 10 ? 0.97 : 0.99;
}

function wantedMultiple(agents: number): number | undefined {
  if (agents < 5) return undefined;
  return agents < 10 ? 1.1 : agents < 20 ? 1.2 : 1.3;
}

const head = [
  '',
  'agents',
  'oracle',
  'policy',
  'share',
  'wanted',
  'best VICIdial-like',
  'multiple',
  'wanted',
  'abandoned as run',
  'oracle',
  'worst hour',
  'converges',
];

function row(
  label: string,
  scenario: Scenario,
  policy: PolicySource,
  scale: Scale,
  wanted: number,
  multiple?: number,
): string[] {
  const seeds = seedsFor(scenario.agents, scale);
  const best: AtCap = atCap(scenario, oracle, seeds);
  const own: AtCap = atCap(scenario, policy, seeds);
  const rival = bestVicidial(scenario, seeds);
  return [
    label,
    String(scenario.agents),
    `${percent(best.occupancy)}${best.isAtCap ? '' : '*'}`,
    `${percent(own.occupancy)}${own.isAtCap ? '' : '*'}`,
    (own.occupancy / best.occupancy).toFixed(3),
    wanted.toFixed(2),
    `${percent(rival.occupancy)} ${rival.name}`,
    rival.occupancy === 0 ? '–' : (own.occupancy / rival.occupancy).toFixed(2),
    multiple?.toFixed(2) ?? '',
    percent(own.asRun.abandonRate, 2),
    percent(best.asRun.abandonRate, 2),
    percent(own.asRun.worstHour),
    own.asRun.convergeMinutes === null ? '–' : `${own.asRun.convergeMinutes} min`,
  ];
}

const note = '* never came up to the cap, or never down to it: its nearest point is shown';

export function steadyTable(name: string, scale: Scale): void {
  console.log(`## Steady list: occupancy at 3 % abandoned, ${name} against the oracle\n`);
  const rows = [3, 5, 10, 20, 50, 100, 300]
    .filter((agents) => agents <= scale.mostAgents)
    .map((agents) =>
      row(
        'steady',
        { ...scenarioNamed('steady'), agents },
        policyNamed(name),
        scale,
        wantedShare(agents),
        wantedMultiple(agents),
      ),
    );
  console.log(`${textTable(head, rows)}\n${note}\n`);
  console.log('Baselines as they run (occupancy / abandoned, %):\n');
  const sizes = [5, 20, 100].filter((agents) => agents <= scale.mostAgents);
  // With the adaptive rule's own drop wait. It flatters: by the 2 s rule some of those connected were abandoned.
  const fiveSeconds = ['vicidial-hard', 'vicidial-average'].map((title): [string, PolicySource, Partial<Scenario>] => [
    `${title}, 5 s wait`,
    baseline(title),
    { abandonWithinMs: 5_000 },
  ]);
  const asTheyAre = Object.entries(baselines).map(([title, source]): [string, PolicySource, Partial<Scenario>] => [
    title,
    source,
    {},
  ]);
  const lines = [...asTheyAre, ...fiveSeconds].map(([title, source, more]) => [
    title,
    ...sizes.map((agents) => {
      const s = trial({ ...scenarioNamed('steady'), agents, ...more }, source, seedsFor(agents, scale));
      return `${percent(s.occupancy)} / ${percent(s.abandonRate, 2)}`;
    }),
  ]);
  console.log(`${textTable(['baseline', ...sizes.map((n) => `${n} agents`)], lines)}\n`);
}

/** Scenarios whose list, network and crew stay as they are; the others are shocks and limits. */
const steadyKinds = [
  'low-answer',
  'high-answer',
  'real-talks',
  'short-talks',
  'long-talks',
  'no-detection',
  'poor-detection',
  'impatient',
  'uneven-agents',
  'known-chances',
  'wrong-chances',
  'fast-pickup',
];
const shockKinds = [
  'hours',
  'new-list',
  'list-runs-dry',
  'talks-grow',
  'half-at-lunch',
  'late-crew',
  'few-lines',
  'slow-carrier',
];

export function scenarioTable(name: string, scale: Scale): void {
  console.log(`## Lists and crews of every kind: ${name} against the oracle, occupancy at 3 % abandoned\n`);
  const rows = steadyKinds.map((kind) =>
    row(
      kind,
      scenarioNamed(kind),
      policyNamed(name),
      scale,
      wantedShare(scenarioNamed(kind).agents),
      wantedMultiple(20),
    ),
  );
  console.log(`${textTable(head, rows)}\n${note}\n`);
}

export function shockTable(name: string, scale: Scale): void {
  console.log(`## Shocks and limits: wanted share 0.93, abandoned ≤ 3.2 % as run, no hour above 6 % from 50 agents\n`);
  const rows = shockKinds.flatMap((kind) => {
    const scenario = scenarioNamed(kind);
    const isLimit = scenario.maxLines !== undefined || scenario.maxCallsPerSecond !== undefined;
    const sizes = isLimit || scale.mostAgents < 50 ? [scenario.agents] : [scenario.agents, 50];
    return sizes.map((agents) => row(kind, { ...scenario, agents }, policyNamed(name), scale, 0.93));
  });
  console.log(`${textTable(head, rows)}\n${note}\n`);
}

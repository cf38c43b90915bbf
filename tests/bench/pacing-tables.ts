import type { Scenario } from '../../dialer/simulation/scenario.ts';
import { scenarios } from '../../dialer/simulation/scenarios.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Part, Scale } from './pacing.ts';
import type { Pool } from './pacing-pool.ts';

export const percent = (x: number | null | undefined, digits = 1): string =>
  x === null || x === undefined ? '–' : (100 * x).toFixed(digits);

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
async function bestVicidial(
  pool: Pool,
  scenario: Scenario,
  seeds: number,
): Promise<{ name: string; occupancy: number }> {
  const points = await Promise.all(
    ['hard', 'average', 'tapered'].map(async (rule) => ({
      rule,
      ...(await pool.atCap({ scenario, policy: `vicidial-${rule}`, seeds })),
    })),
  );
  const under = points.filter((point) => point.abandonRate <= 1.1 * scenario.maxAbandonRate);
  if (under.length > 0) {
    const best = under.reduce((a, b) => (b.occupancy > a.occupancy ? b : a));
    return { name: best.rule, occupancy: best.occupancy };
  }
  const nearest = points.reduce((a, b) => (b.abandonRate < a.abandonRate ? b : a));
  return { name: `${nearest.rule} (at ${percent(nearest.abandonRate)} %)`, occupancy: nearest.occupancy };
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
];

type RowSpec = { label: string; scenario: Scenario; wanted: number; multiple?: number | undefined };

async function row(pool: Pool, policy: string, scale: Scale, spec: RowSpec): Promise<string[]> {
  const { label, scenario, wanted, multiple } = spec;
  const seeds = seedsFor(scenario.agents, scale);
  const [best, own, rival] = await Promise.all([
    pool.atCap({ scenario, policy: 'oracle', seeds }),
    pool.atCap({ scenario, policy, seeds }),
    bestVicidial(pool, scenario, seeds),
  ]);
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
  ];
}

const note = '* never came up to the cap, or never down to it: its nearest point is shown';

async function table(pool: Pool, policy: string, scale: Scale, title: string, specs: RowSpec[]): Promise<void> {
  console.log(`## ${title}\n`);
  const rows = await Promise.all(specs.map((spec) => row(pool, policy, scale, spec)));
  console.log(`${textTable(head, rows)}\n${note}\n`);
}

export const steadyTable: Part = async (policy, scale, pool) => {
  const specs = [3, 5, 10, 20, 50, 100, 300, 1000]
    .filter((agents) => agents <= scale.mostAgents)
    .map((agents) => ({
      label: 'steady',
      // Three hundred agents have in three hours what a hundred have in nine, a thousand in one.
      scenario: {
        ...scenarioNamed('steady'),
        agents,
        ...(agents > 100 ? { shiftMinutes: agents > 300 ? 60 : 180 } : {}),
      },
      wanted: wantedShare(agents),
      multiple: wantedMultiple(agents),
    }));
  await table(pool, policy, scale, `Steady list: occupancy at 3 % abandoned, ${policy} against the oracle`, specs);
};

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
  'rings-change',
  'half-at-lunch',
  'late-crew',
  'few-lines',
  'slow-carrier',
];

export const scenarioTable: Part = async (policy, scale, pool) => {
  const specs = steadyKinds.map((kind) => ({
    label: kind,
    scenario: { ...scenarioNamed(kind), shiftMinutes: 300 },
    wanted: wantedShare(scenarioNamed(kind).agents),
  }));
  await table(
    pool,
    policy,
    scale,
    `Lists and crews of every kind, five hours: ${policy} against the oracle, occupancy at 3 % abandoned`,
    specs,
  );
};

export const shockTable: Part = async (policy, scale, pool) => {
  const specs = shockKinds.flatMap((kind) => {
    // Time enough for every change and for what comes after it.
    const scenario = { ...scenarioNamed(kind), shiftMinutes: 360 };
    const isLimit = scenario.maxLines !== undefined || scenario.maxCallsPerSecond !== undefined;
    const sizes = isLimit || scale.mostAgents < 50 ? [scenario.agents] : [scenario.agents, 50];
    return sizes.map((agents) => ({ label: kind, scenario: { ...scenario, agents }, wanted: 0.93 }));
  });
  await table(
    pool,
    policy,
    scale,
    'Shocks and limits, six hours: wanted share 0.93, abandoned ≤ 3.2 % as run, no hour above 6 % from 50 agents',
    specs,
  );
};

import { baselines } from '../../dialer/simulation/baselines/index.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Part } from './pacing.ts';
import { percent, scenarioNamed, seedsFor } from './pacing-tables.ts';

const kinds = [
  'steady',
  'low-answer',
  'high-answer',
  'real-talks',
  'short-talks',
  'long-talks',
  'no-detection',
  'poor-detection',
  'impatient',
  'uneven-agents',
  'hours',
  'new-list',
  'list-runs-dry',
  'talks-grow',
  'half-at-lunch',
  'late-crew',
];
/** Long enough for every change of the scenarios above and for what comes after it. */
const shiftMinutes = 300;

/** Everything side by side as it runs under its own rule: who holds the cap, and what it costs them. */
export const baselineTable: Part = async (policy, scale, pool) => {
  const names = [...Object.keys(baselines), policy, 'oracle'];
  const cell = async (name: string, kind: string, agents: number, seeds: number, more = {}): Promise<string> => {
    const scenario = { ...scenarioNamed(kind), agents, shiftMinutes, ...more };
    const { occupancy, abandonRate } = await pool.trial({ scenario, policy: name, seeds });
    return `${percent(occupancy)} / ${percent(abandonRate)}`;
  };
  const table = async (title: string, head: string[], rows: Promise<string[]>[]): Promise<void> =>
    console.log(`${title}\n\n${textTable(head, await Promise.all(rows))}\n`);

  await table(
    '## As they run, 20 agents, five hours: occupancy / abandoned, %',
    ['', ...names],
    kinds.map(async (kind) => [kind, ...(await Promise.all(names.map((name) => cell(name, kind, 20, 1))))]),
  );
  // With the adaptive rule's own drop wait. It flatters: by the 2 s rule some of those connected were abandoned.
  const patient = ['vicidial-hard', 'vicidial-average', 'vicidial-tapered'];
  const sizes = [5, 20, 100].filter((agents) => agents <= scale.mostAgents);
  const line = (title: string, name: string, more = {}) =>
    Promise.all(sizes.map((agents) => cell(name, 'steady', agents, seedsFor(agents, scale), more))).then((cells) => [
      title,
      ...cells,
    ]);
  await table(
    'Steady list by size of the team, and the adaptive rules with their own wait of 5 s:',
    ['', ...sizes.map((agents) => `${agents} agents`)],
    [
      ...names.map((name) => line(name, name)),
      ...patient.map((name) => line(`${name}, 5 s wait`, name, { abandonWithinMs: 5_000 })),
    ],
  );
};

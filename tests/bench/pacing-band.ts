import { abandonRateAt, trial } from '../../dialer/simulation/frontier.ts';
import { oracle } from '../../dialer/simulation/oracle/oracle.ts';
import type { Scenario } from '../../dialer/simulation/scenario.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Scale } from './pacing.ts';
import { percent, policyNamed, scenarioNamed, seedsFor } from './pacing-tables.ts';

const cases: [string, number][] = [
  ['steady', 10],
  ['steady', 20],
  ['steady', 50],
  ['steady', 100],
  ['high-answer', 20],
  ['high-answer', 50],
  ['hours', 50],
  ['new-list', 50],
  ['half-at-lunch', 50],
  ['no-detection', 50],
];

/** Band 69–74 %: where the team's talk utilization was, and what it cost against the oracle at the same utilization. */
export function bandTable(name: string, scale: Scale): void {
  console.log(
    `## Band 69–74 %: ${name} against the oracle (half-hours inside, highest hour ≤ 74.5, abandoned ≤ 1.3 ×)\n`,
  );
  const rows: string[][] = [];
  for (const [kind, agents] of cases) {
    if (agents > scale.mostAgents) continue;
    const scenario: Scenario = { ...scenarioNamed(kind), agents, targetUtilization: { min: 0.69, max: 0.74 } };
    const seeds = seedsFor(agents, scale);
    const own = trial(scenario, policyNamed(name), seeds);
    const best = trial(scenario, oracle, seeds);
    const same = abandonRateAt(scenario, oracle, seeds, own.utilization ?? 0);
    rows.push([
      kind,
      String(agents),
      percent(own.utilization),
      percent(best.utilization),
      percent(own.inBand, 0),
      percent(best.inBand, 0),
      percent(own.highestHour),
      percent(best.highestHour),
      percent(own.abandonRate, 2),
      percent(same, 2),
      same > 2e-5 ? ((own.abandonRate ?? 0) / same).toFixed(2) : '–',
    ]);
  }
  const head = [
    '',
    'agents',
    'utilization',
    'oracle',
    'in band',
    'oracle',
    'top hour',
    'oracle',
    'abandoned',
    'oracle there',
    'ratio',
  ];
  console.log(`${textTable(head, rows)}\n`);
}

import type { Scenario } from '../../dialer/simulation/scenario.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Part, Scale } from './pacing.ts';
import { percent, scenarioNamed } from './pacing-tables.ts';

/** Kind of day, agents, and minutes where six hours of so many would take too long. */
const cases: [string, number, number?][] = [
  ['steady', 10],
  ['steady', 20],
  ['steady', 50],
  ['steady', 100],
  ['steady', 300],
  ['steady', 1000, 120],
  ['long-talks', 300],
  ['high-answer', 20],
  ['high-answer', 50],
  ['hours', 50],
  ['new-list', 50],
  ['list-runs-dry', 50],
  ['half-at-lunch', 50],
  ['no-detection', 50],
];

/** Few calls are abandoned in a band: two shifts of 20 agents, forty calls lost, compare luck with luck. */
function seedsFor(agents: number, scale: Scale): number {
  return Math.max(1, Math.round((agents <= 20 ? 8 : agents <= 50 ? 3 : 1) * scale.seeds));
}

/** Band 69–74 %: where the team's talk utilization was, and what it cost against the oracle at the same utilization. */
export const bandTable: Part = async (policy, scale, pool) => {
  console.log(
    `## Band 69–74 %, six hours (1,000 agents two): ${policy} against the oracle (half-hours inside, highest hour ≤ 74.5, abandoned ≤ 1.3 ×)\n`,
  );
  const rows = cases
    .filter(([, agents]) => agents <= scale.mostAgents)
    .map(async ([kind, agents, shiftMinutes = 360]) => {
      const band = { min: 0.69, max: 0.74 };
      const scenario: Scenario = { ...scenarioNamed(kind), agents, shiftMinutes, targetUtilization: band };
      const seeds = seedsFor(agents, scale);
      const [own, best] = await Promise.all([
        pool.trial({ scenario, policy, seeds }),
        pool.trial({ scenario, policy: 'oracle', seeds }),
      ]);
      const utilization = own.utilization ?? 0;
      const same = await pool.abandonRateAt({ scenario, policy: 'oracle', seeds, utilization });
      return [
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
      ];
    });
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
  console.log(`${textTable(head, await Promise.all(rows))}\n`);
};

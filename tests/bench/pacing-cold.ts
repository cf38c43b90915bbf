import type { Scenario } from '../../dialer/simulation/scenario.ts';
import type { Summary } from '../../dialer/simulation/summary.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Part } from './pacing.ts';
import { percent, scenarioNamed } from './pacing-tables.ts';

/** Scenario, agents and starts: a quarter of an hour of three agents is some eighty talks, so it takes hundreds of starts to see 3 %. */
const cases: [string, number, number][] = [
  ['steady', 3, 200],
  ['steady', 5, 100],
  ['steady', 10, 40],
  ['steady', 20, 20],
  ['low-answer', 20, 20],
  ['real-talks', 20, 20],
  ['long-talks', 20, 30],
];

/** The first minutes of many shifts: how soon a policy that knows nothing yet is within 3 % of what it has later, and the oracle beside it. */
export const coldTable: Part = async (policy, scale, pool) => {
  console.log(`## Cold start, two and a half hours: ${policy} and the oracle in the same shifts\n`);
  const rows = cases.map(async ([kind, agents, starts]) => {
    const scenario: Scenario = { ...scenarioNamed(kind), agents, shiftMinutes: 150 };
    const seeds = Math.max(2, Math.round(starts * scale.seeds));
    const [own, best] = await Promise.all([
      pool.trial({ scenario, policy, seeds }),
      pool.trial({ scenario, policy: 'oracle', seeds }),
    ]);
    const minutes = ({ convergeMinutes }: Summary): string =>
      convergeMinutes === null ? '–' : `${convergeMinutes} min`;
    const quarters = [percent(own.secondQuarter), percent(best.secondQuarter)];
    return [kind, String(agents), String(seeds), minutes(own), minutes(best), ...quarters];
  });
  const head = ['', 'agents', 'starts', 'within 3 % after', 'oracle', 'minutes 15–30 ÷ later', 'oracle'];
  console.log(`${textTable(head, await Promise.all(rows))}\n`);
};

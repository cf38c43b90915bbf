import { parseArgs } from 'node:util';
import { bandTable } from './pacing-band.ts';
import { costTable, weekTable } from './pacing-cost.ts';
import { randomTable } from './pacing-random.ts';
import { scenarioTable, shockTable, steadyTable } from './pacing-tables.ts';

const parts: Record<string, (policy: string, scale: Scale) => void> = {
  steady: steadyTable,
  scenarios: scenarioTable,
  shocks: shockTable,
  random: randomTable,
  band: bandTable,
  cost: costTable,
  week: weekTable,
};

/** How much is simulated: a factor on seeds, and a limit on team size. */
export type Scale = { seeds: number; mostAgents: number };

/**
 * Prints the pacing tables. Arguments: names of parts (default all), `--policy name` (default predictive), `--quick` for
 * one seed and teams up to 50.
 */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      policy: { type: 'string', default: 'predictive' },
      quick: { type: 'boolean', default: false },
      most: { type: 'string', default: '300' },
    },
  });
  const scale: Scale = values.quick ? { seeds: 0.4, mostAgents: 50 } : { seeds: 1, mostAgents: Number(values.most) };
  const chosen = positionals.length === 0 ? Object.keys(parts) : positionals;
  for (const name of chosen) {
    const part = parts[name];
    if (part === undefined) throw new Error(`no part ${name}; there are ${Object.keys(parts).join(', ')}`);
    const started = performance.now();
    part(values.policy, scale);
    console.log(`(${((performance.now() - started) / 1000).toFixed(0)} s)\n`);
  }
}

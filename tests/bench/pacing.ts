import { parseArgs } from 'node:util';
import { baselineTable } from './pacing-baselines.ts';
import { bandTable } from './pacing-band.ts';
import { costTable, weekTable } from './pacing-cost.ts';
import { openPool, type Pool } from './pacing-pool.ts';
import { randomTable } from './pacing-random.ts';
import { scenarioTable, shockTable, steadyTable } from './pacing-tables.ts';

/** How much is simulated: a factor on seeds, and a limit on team size. */
export type Scale = { seeds: number; mostAgents: number };

/** Prints one table, for the policy of that name. */
export type Part = (policy: string, scale: Scale, pool: Pool) => Promise<void>;

const parts: Record<string, Part> = {
  steady: steadyTable,
  scenarios: scenarioTable,
  shocks: shockTable,
  baselines: baselineTable,
  random: randomTable,
  band: bandTable,
  cost: costTable,
  week: weekTable,
};

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
  const pool = openPool();
  try {
    for (const name of chosen) {
      const part = parts[name];
      if (part === undefined) throw new Error(`no part ${name}; there are ${Object.keys(parts).join(', ')}`);
      const spent = spentBy(pool);
      await part(values.policy, scale, pool);
      console.log(`(${spent()})\n`);
    }
  } finally {
    pool.close();
  }
}

function spentBy(pool: Pool): () => string {
  const started = performance.now();
  const own = process.cpuUsage();
  const before = pool.cpuMs();
  return () => {
    const { user, system } = process.cpuUsage(own);
    const cpu = (pool.cpuMs() - before + (user + system) / 1000) / 1000;
    return `${((performance.now() - started) / 1000).toFixed(0)} s, ${cpu.toFixed(0)} s of processor time`;
  };
}

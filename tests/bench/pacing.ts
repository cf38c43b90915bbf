import { parseArgs } from 'node:util';
import { baselineTable } from './pacing-baselines.ts';
import { bandTable } from './pacing-band.ts';
import { coldTable } from './pacing-cold.ts';
import { costTable, weekTable } from './pacing-cost.ts';
import { openPool, type Pool } from './pacing-pool.ts';
import { randomTable } from './pacing-random.ts';
import { scenarioTable, shockTable, steadyTable } from './pacing-tables.ts';

/** How much is simulated: a factor on seeds, and a limit on team size. */
export type Scale = { seeds: number; mostAgents: number };

/** Prints one table, for the policy of that name. */
export type Part = (policy: string, scale: Scale, pool: Pool) => Promise<void>;

const parts: Record<string, { about: string; print: Part }> = {
  steady: {
    about: 'the ordinary list, teams of 3 to 1,000, against oracle and VICIdial-like rules',
    print: steadyTable,
  },
  scenarios: { about: 'lists and crews of every kind', print: scenarioTable },
  shocks: { about: 'shocks and limits', print: shockTable },
  baselines: { about: 'every baseline side by side', print: baselineTable },
  random: { about: 'days drawn at random', print: randomTable },
  band: { about: 'a utilization band, against the oracle', print: bandTable },
  cold: { about: 'how soon a cold start is as good as later', print: coldTable },
  cost: { about: 'what a decision costs', print: costTable },
  week: { about: 'memory over a week', print: weekTable },
};

const usage = `npm run bench -- pacing [--only part,…] [--policy name] [--quick] [--most agents]
  --only     these parts, in this order (default: all); the names may also stand alone, as in \`pacing band cost\`
  --policy   whose tables (default: predictive)
  --quick    two fifths of the seeds, teams up to 50: a first look
  --most     no team above so many agents (default: 1000)
parts:
${Object.entries(parts)
  .map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`)
  .join('\n')}`;

/** Prints the pacing tables; `--help` says which there are. */
export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      only: { type: 'string', default: '' },
      policy: { type: 'string', default: 'predictive' },
      quick: { type: 'boolean', default: false },
      most: { type: 'string', default: '1000' },
      help: { type: 'boolean', default: false },
    },
  });
  const named = [...values.only.split(','), ...positionals].map((name) => name.trim()).filter((name) => name !== '');
  const unknown = named.filter((name) => parts[name] === undefined);
  const most = Number(values.most);
  if (values.help || unknown.length > 0 || !(most >= 3)) {
    // Before anything is simulated: the tables take minutes.
    if (unknown.length > 0) console.error(`no such part: ${unknown.join(', ')}`);
    if (!(most >= 3)) console.error('--most wants a number of agents, at least 3');
    console.log(usage);
    if (!values.help) process.exitCode = 1;
    return;
  }
  const scale: Scale = values.quick ? { seeds: 0.4, mostAgents: 50 } : { seeds: 1, mostAgents: most };
  const chosen = Object.entries(parts)
    .filter(([name]) => named.length === 0 || named.includes(name))
    .sort(([a], [b]) => named.indexOf(a) - named.indexOf(b));
  const pool = openPool();
  try {
    for (const [, { print: part }] of chosen) {
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

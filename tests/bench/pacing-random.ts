import { randomScenario } from '../../dialer/simulation/random-scenario.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Part } from './pacing.ts';
import { percent } from './pacing-tables.ts';

const days = 10;
const limits = { agents: { min: 3, max: 60 }, shiftMinutes: { min: 240, max: 480 } };

/** Days drawn at random: the policy and the oracle as they run, abandonment as a share of each day's own cap. */
export const randomTable: Part = async (policy, scale, pool) => {
  console.log(`## Days drawn at random: ${policy} against the oracle, as they run\n`);
  const rows = Array.from({ length: Math.max(4, Math.round(days * scale.seeds)) }, async (_, i) => {
    const { targetUtilization: _band, ...scenario } = randomScenario(1_000 + i, limits);
    const seeds = scenario.agents <= 5 ? 4 : scenario.agents <= 12 ? 2 : 1;
    const [own, best] = await Promise.all([
      pool.trial({ scenario, policy, seeds }),
      pool.trial({ scenario, policy: 'oracle', seeds }),
    ]);
    const ofCap = (rate: number | null): string => ((rate ?? 0) / scenario.maxAbandonRate).toFixed(2);
    return [
      scenario.name,
      String(scenario.agents),
      percent(best.occupancy),
      percent(own.occupancy),
      ((own.occupancy ?? 0) / (best.occupancy ?? 1)).toFixed(3),
      ofCap(own.abandonRate),
      ofCap(best.abandonRate),
      ofCap(own.worstHour),
      scenario.about,
    ];
  });
  const head = ['', 'agents', 'oracle', 'policy', 'share', 'abandoned ÷ cap', 'oracle', 'worst hour ÷ cap', 'day'];
  console.log(`${textTable(head, await Promise.all(rows))}\n`);
};

import { trial } from '../../dialer/simulation/frontier.ts';
import { oracle } from '../../dialer/simulation/oracle/oracle.ts';
import { randomScenario } from '../../dialer/simulation/random-scenario.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Scale } from './pacing.ts';
import { percent, policyNamed } from './pacing-tables.ts';

const days = 14;
const limits = { agents: { min: 3, max: 60 }, shiftMinutes: { min: 240, max: 480 } };

/** Days drawn at random: the policy and the oracle as they run, abandonment as a share of each day's own cap. */
export function randomTable(name: string, scale: Scale): void {
  console.log(`## Days drawn at random: ${name} against the oracle, as they run\n`);
  const rows = Array.from({ length: Math.max(4, Math.round(days * scale.seeds)) }, (_, i) => {
    const { targetUtilization: _band, ...scenario } = randomScenario(1_000 + i, limits);
    const seeds = scenario.agents <= 5 ? 4 : scenario.agents <= 12 ? 2 : 1;
    const own = trial(scenario, policyNamed(name), seeds);
    const best = trial(scenario, oracle, seeds);
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
  console.log(`${textTable(head, rows)}\n`);
}

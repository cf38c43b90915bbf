import type { PacingPolicy } from '../../dialer/rules/pacing/policy.ts';
import type { PolicySource } from '../../dialer/simulation/policy-source.ts';
import type { Scenario } from '../../dialer/simulation/scenario.ts';
import { runShift } from '../../dialer/simulation/shift.ts';
import { textTable } from '../../dialer/simulation/table.ts';
import type { Part } from './pacing.ts';
import { policyNamed } from './pacing-pool.ts';
import { scenarioNamed } from './pacing-tables.ts';

/** Mean and worst time of a decision and of an observed event, and of whole shifts. Here and not in the pool: nothing runs beside it. */
export const costTable: Part = async (name, scale) => {
  console.log(`## Cost of ${name}: mean decision ≤ 1 ms at 300 agents, ≤ 5 ms at 1,000; 8 hours of 100 agents ≤ 5 s\n`);
  const rows: string[][] = [];
  const sizes: [number, number][] = [
    [20, 480],
    [100, 480],
    [300, 60],
    [1_000, 30],
  ];
  for (const [agents, minutes] of sizes) {
    if (agents > Math.max(100, scale.mostAgents * 4)) continue;
    const scenario: Scenario = { ...scenarioNamed('steady'), agents, shiftMinutes: minutes };
    const started = performance.now();
    const plain = runShift({ scenario, seed: 1, policy: policyNamed(name) });
    const seconds = (performance.now() - started) / 1000;
    const clock = { decide: 0, decisions: 0, worst: 0, observe: 0, events: 0 };
    runShift({ scenario, seed: 1, policy: timed(policyNamed(name), clock) });
    rows.push([
      String(agents),
      `${(minutes / 60).toFixed(1)} h`,
      seconds.toFixed(2),
      String(plain.placed),
      String(clock.decisions),
      (clock.decide / clock.decisions).toFixed(4),
      clock.worst.toFixed(1),
      ((1000 * clock.observe) / clock.events).toFixed(1),
    ]);
  }
  console.log(
    `${textTable(['agents', 'shift', 'seconds', 'calls', 'decisions', 'ms/decision', 'worst ms', 'µs/event'], rows)}\n`,
  );
};

type Clock = { decide: number; decisions: number; worst: number; observe: number; events: number };

function timed(source: PolicySource, clock: Clock): PolicySource {
  return (config, truth): PacingPolicy => {
    const policy = source(config, truth);
    return {
      observe(event) {
        const started = performance.now();
        policy.observe(event);
        clock.observe += performance.now() - started;
        clock.events++;
      },
      decide(now) {
        const started = performance.now();
        const decision = policy.decide(now);
        const spent = performance.now() - started;
        clock.decide += spent;
        clock.decisions++;
        clock.worst = Math.max(clock.worst, spent);
        return decision;
      },
    };
  };
}

/** Memory at each day's end over a virtual week; bounded memory stays level. */
export const weekTable: Part = async (name) => {
  console.log(`## A virtual week of 50 agents under ${name}: heap in use at the end of each day\n`);
  const scenario: Scenario = { ...scenarioNamed('week'), agents: 50 };
  const days: string[] = [];
  const snapshots: string[] = [];
  let policy: PacingPolicy | undefined;
  let nextDay = Number.NaN;
  const started = performance.now();
  runShift({
    scenario,
    seed: 1,
    policy: (config, truth) => {
      policy = policyNamed(name)(config, truth);
      return policy;
    },
    onDecision(now) {
      if (Number.isNaN(nextDay)) nextDay = Math.floor(now / 86_400_000) + 1;
      if (now < nextDay * 86_400_000) return;
      nextDay++;
      globalThis.gc?.();
      days.push((process.memoryUsage().heapUsed / 2 ** 20).toFixed(1));
      snapshots.push(((JSON.stringify(policy?.snapshot?.()) ?? '').length / 1024).toFixed(0));
    },
  });
  const rows = days.map((mb, i) => [String(i + 1), mb, snapshots[i] ?? '']);
  console.log(textTable(['day', 'MB', 'snapshot KB'], rows));
  const how =
    globalThis.gc === undefined
      ? 'garbage not collected first; run node with --expose-gc for exact figures'
      : 'after collection';
  console.log(`${how}; ${((performance.now() - started) / 1000).toFixed(1)} s for the week\n`);
};

/** Simulations in as many processes as there are processors: two shifts side by side take the time of one. */
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type AtCap, abandonRateAt, atCap, trial } from '../../dialer/simulation/frontier.ts';
import { simulated } from '../../dialer/simulation/policies.ts';
import type { PolicySource } from '../../dialer/simulation/policy-source.ts';
import type { Scenario } from '../../dialer/simulation/scenario.ts';
import type { Summary } from '../../dialer/simulation/summary.ts';

/** What is simulated: a policy by its name, on a scenario, for the seeds 1 … `seeds`. */
export type Trial = { scenario: Scenario; policy: string; seeds: number };
type Task = Trial & { kind: 'trial' | 'at-cap' | 'abandon-rate-at'; utilization?: number };
type Reply = { result: unknown; cpuMs: number };
type Pending = { task: Task; resolve: (result: unknown) => void; reject: (error: Error) => void };

export type Pool = {
  trial(of: Trial): Promise<Summary>;
  atCap(of: Trial): Promise<AtCap>;
  abandonRateAt(of: Trial & { utilization: number }): Promise<number>;
  /** Processor time that the simulations took, ms. */
  cpuMs(): number;
  close(): void;
};

export function policyNamed(name: string): PolicySource {
  const source = simulated[name];
  if (source === undefined) throw new Error(`no policy ${name}`);
  return source;
}

function simulate({ kind, scenario, policy, seeds, utilization }: Task): unknown {
  const source = policyNamed(policy);
  switch (kind) {
    case 'trial':
      return trial(scenario, source, seeds);
    case 'at-cap':
      return atCap(scenario, source, seeds);
    case 'abandon-rate-at':
      return abandonRateAt(scenario, source, seeds, utilization ?? 0);
  }
}

/** Large teams and long days take longest; they are begun first, so that both processes end together. */
const cost = ({ scenario, seeds }: Task): number => scenario.agents * scenario.shiftMinutes * seeds;

const progressEveryMs = 15_000;

export function openPool(size = availableParallelism()): Pool {
  const workers = Array.from({ length: size }, () =>
    fork(fileURLToPath(import.meta.url), { serialization: 'advanced' }),
  );
  const idle = [...workers];
  const pending: Pending[] = [];
  const started = performance.now();
  let cpuMs = 0;
  let asked = 0;
  let done = 0;
  let saidAt = started;

  function say(): void {
    if (performance.now() - saidAt < progressEveryMs) return;
    saidAt = performance.now();
    console.error(`  … ${done} of ${asked} simulations, ${((saidAt - started) / 1000).toFixed(0)} s`);
  }

  function next(): void {
    const worker = idle.pop();
    if (worker === undefined) return;
    pending.sort((a, b) => cost(a.task) - cost(b.task));
    const job = pending.pop();
    if (job === undefined) idle.push(worker);
    else work(worker, job);
  }

  function work(worker: ChildProcess, { task, resolve, reject }: Pending): void {
    const died = (code: number | null): void => reject(new Error(`a simulation ended with ${code}: ${task.policy}`));
    worker.once('exit', died);
    worker.once('message', ({ result, cpuMs: spent }: Reply) => {
      worker.off('exit', died);
      cpuMs += spent;
      done += 1;
      idle.push(worker);
      say();
      resolve(result);
      next();
    });
    worker.send(task);
  }

  /** The caller names what comes back: the other side is this file. */
  const ask = <Result>(task: Task): Promise<Result> =>
    new Promise((resolve, reject) => {
      asked += 1;
      pending.push({ task, resolve: (result) => resolve(result as Result), reject });
      // Whatever is asked in the same turn is there before the first is begun.
      setImmediate(next);
    });

  return {
    trial: (of) => ask({ ...of, kind: 'trial' }),
    atCap: (of) => ask({ ...of, kind: 'at-cap' }),
    abandonRateAt: (of) => ask({ ...of, kind: 'abandon-rate-at' }),
    cpuMs: () => cpuMs,
    close() {
      for (const worker of workers) worker.disconnect();
    },
  };
}

/** The worker's side: this file by itself. */
if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.on('message', (task: Task) => {
    const before = process.cpuUsage();
    const result = simulate(task);
    const { user, system } = process.cpuUsage(before);
    process.send?.({ result, cpuMs: (user + system) / 1000 } satisfies Reply);
  });
}

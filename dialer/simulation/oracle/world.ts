import { everAnswers, type NetworkModel } from '../network-model.ts';
import type { Truth } from '../policy-source.ts';
import { type CallTables, callTables } from './call-tables.ts';
import { at, cumulate, stepMs } from './grid.ts';
import { type Service, serviceCdf, TalkTable, WrapUpTable } from './service.ts';

/** All that the oracle looks up under one model and hour. */
export type World = {
  calls: CallTables;
  /** Steps from now; a call placed now is presented around each of them with the same probability. */
  horizons: number[];
  /** Chance that a call placed now holds an agent at each horizon. */
  newCall: Float64Array;
  talk(agent: number): TalkTable;
  wrapUp(agent: number): WrapUpTable;
};

/** How many instants of a new call's answer the forecast looks at, all equally likely. */
export const horizonCount = 16;
const serviceSteps = 120;
const machineTalkMs = 7_000;

export function trueTables(truth: Truth, model: NetworkModel, answer: number): World {
  const { scenario, roster } = truth;
  const base: Service = {
    talk: model.talk,
    wrapUp: scenario.crew.wrapUp,
    machineShare: 0,
    machineTalkMs,
    talkPace: 1,
    wrapUpPace: 1,
  };
  const tables = (horizons: number[], machineShare: number): CallTables =>
    callTables(
      model,
      answer,
      scenario.ringTimeoutMs,
      scenario.abandonWithinMs,
      horizons,
      serviceCdf({ ...base, machineShare }, serviceSteps, stepMs),
    );
  const p = everAnswers(model, answer);
  const first = tables([], 0);
  const presentation = first.person.presented.map(
    (mass, i) => p * mass + (1 - p) * model.machine * (first.machine.presented[i] ?? 0),
  );
  const horizons = midpoints(presentation);
  const calls = tables(horizons, first.presentedMachines);
  const person = calls.person.setUp.taken[0];
  const machine = calls.machine.setUp.taken[0];
  const talkTables = new Map<string, TalkTable>();
  const wrapUpTables = new Map<string, WrapUpTable>();
  const service = (agent: number): Service => ({
    ...base,
    machineShare: first.presentedMachines,
    talkPace: coarse(roster.paces[agent]?.talk ?? 1, 0.08),
    wrapUpPace: coarse(roster.paces[agent]?.wrapUp ?? 1, 0.12),
  });
  return {
    calls,
    horizons,
    newCall: Float64Array.from(
      horizons,
      (_, k) => p * (person?.[k] ?? 0) + (1 - p) * model.machine * (machine?.[k] ?? 0),
    ),
    talk: perAgent(talkTables, service, (s) => new TalkTable(s)),
    wrapUp: perAgent(wrapUpTables, service, (s) => new WrapUpTable(s)),
  };
}

/** One table for all agents of about the same pace. */
function perAgent<T>(cache: Map<string, T>, service: (agent: number) => Service, make: (service: Service) => T) {
  const byAgent: T[] = [];
  return (agent: number): T => {
    const known = byAgent[agent];
    if (known !== undefined) return known;
    const own = service(agent);
    const key = `${own.talkPace} ${own.wrapUpPace}`;
    const table = cache.get(key) ?? make(own);
    cache.set(key, table);
    byAgent[agent] = table;
    return table;
  };
}

/** A factor rounded to a geometric grid. */
function coarse(factor: number, width: number): number {
  return Math.exp(Math.round(Math.log(factor) / width) * width);
}

/** The middles of equally likely slices of the presentation times. */
function midpoints(presentation: Float64Array): number[] {
  const sums = cumulate(presentation);
  const total = at(sums, sums.length - 1);
  const points: number[] = [];
  let i = 0;
  for (let k = 0; k < horizonCount; k++) {
    while (i < sums.length - 1 && at(sums, i) < (total * (k + 0.5)) / horizonCount) i++;
    points.push(i);
  }
  return points;
}

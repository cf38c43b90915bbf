import { cdf, type Distribution, normalCdf } from '../distribution.ts';
import { wrapUpMedian } from '../roster.ts';
import type { WrapUp } from '../scenario.ts';

/** How long an agent is taken by one presented call, as the scenario has it. */
export type Service = {
  talk: Distribution;
  wrapUp: WrapUp;
  /** Share of presented calls that are machines, and how long those take an agent. */
  machineShare: number;
  machineTalkMs: number;
  /** Factors of this agent. */
  talkPace: number;
  wrapUpPace: number;
};

const talkStep = 1_000;

/** P(wrap-up ≤ `ms`) after a talk of `talkMs` (before the agent's pace). */
export function wrapUpCdf(service: Service, talkMs: number, ms: number): number {
  const median = wrapUpMedian(service.wrapUp, talkMs) * service.wrapUpPace;
  if (ms <= 0) return 0;
  if (service.wrapUp.sigma === 0) return ms >= median ? 1 : 0;
  return normalCdf(Math.log(ms / median) / service.wrapUp.sigma);
}

/** P(talk > `ms`), the agent's pace included. */
function talkSurvival(service: Service, ms: number): number {
  const machine = ms < service.machineTalkMs ? service.machineShare : 0;
  return machine + (1 - service.machineShare) * (1 - cdf(service.talk, ms / service.talkPace));
}

/** P(talk lasts longer than `age` and the agent is ready again by `age + ahead`), the talk cut into steps of a second. */
function readyWithin(service: Service, age: number, ahead: number): number {
  let sum = 0;
  for (let from = age; from < age + ahead; from += talkStep) {
    const to = Math.min(from + talkStep, age + ahead);
    const middle = (from + to) / 2;
    const ends = cdf(service.talk, to / service.talkPace) - cdf(service.talk, from / service.talkPace);
    if (ends > 0)
      sum += (1 - service.machineShare) * ends * wrapUpCdf(service, middle / service.talkPace, age + ahead - middle);
  }
  if (age < service.machineTalkMs) {
    sum += service.machineShare * wrapUpCdf(service, 0, age + ahead - service.machineTalkMs);
  }
  return sum;
}

/** Ages of talks at which the table has rows, in seconds: every one, after a minute ever wider. */
const ages: number[] = [];
for (let a = 0; a < 60; a++) ages.push(a);
for (let a = 60; a < 3_600; a *= 1.06) ages.push(Math.round(a));

function ageRow(ms: number): number {
  if (ms < 60_000) return Math.max(0, Math.floor(ms / 1_000));
  return Math.min(ages.length - 1, 60 + Math.floor(Math.log(ms / 60_000) / Math.log(1.06)));
}

const aheadSteps = 56;

/** P(ready again within 0, 1, 2 … seconds | still talking at an age), one row per age, filled when first asked for. */
export class TalkTable {
  private readonly rows: (Float64Array | undefined)[] = new Array(ages.length);
  private readonly service: Service;
  private readonly wrapUp: WrapUpTable;
  /** Share of people's talks that end in each second. */
  private readonly ends: Float64Array;

  constructor(service: Service) {
    this.service = service;
    this.wrapUp = new WrapUpTable(service);
    const reached = (second: number): number => cdf(service.talk, (second * talkStep) / service.talkPace);
    let before = reached(0);
    this.ends = Float64Array.from({ length: 3_600 + aheadSteps }, (_, second) => {
      const now = reached(second + 1);
      const share = now - before;
      before = now;
      return share + (second === 0 ? reached(0) : 0);
    });
  }

  /** The entry of a row for so many milliseconds ahead; nobody is ready in the past. */
  static entry(aheadMs: number): number {
    return aheadMs <= 0 ? 0 : Math.min(aheadSteps - 1, Math.round(aheadMs / talkStep));
  }

  row(ageMs: number): Float64Array {
    const i = ageRow(ageMs);
    let row = this.rows[i];
    if (row === undefined) {
      row = this.fill(ages[i] ?? 0);
      this.rows[i] = row;
    }
    return row;
  }

  private fill(age: number): Float64Array {
    const { service, wrapUp, ends } = this;
    const left = talkSurvival(service, age * talkStep);
    return Float64Array.from({ length: aheadSteps }, (_, ahead) => {
      // Beyond the longest length known every talk is about to end.
      if (left < 1e-9) return ahead === 0 ? 0 : 0.5;
      let sum = 0;
      for (let second = age; second < age + ahead; second++) {
        const middle = (second + 0.5) * talkStep;
        const over = wrapUp.over(wrapUp.median(middle), 0, (age + ahead) * talkStep - middle);
        sum += (1 - service.machineShare) * (ends[second] ?? 0) * over;
      }
      const machineLeft = (age + ahead) * talkStep - service.machineTalkMs;
      if (age * talkStep < service.machineTalkMs)
        sum += service.machineShare * wrapUp.over(wrapUp.median(0), 0, machineLeft);
      return Math.min(1, sum / left);
    });
  }
}

const ratioStep = 0.02;
const ratioSteps = 400;

/** P(wrap-up over within so long | not over at an age), from one table over the ratio to the median. */
export class WrapUpTable {
  private readonly reached: Float64Array;
  private readonly service: Service;

  constructor(service: Service) {
    this.service = service;
    const { sigma } = service.wrapUp;
    this.reached = Float64Array.from({ length: ratioSteps }, (_, i) =>
      sigma === 0 ? Number(i * ratioStep >= 1) : i === 0 ? 0 : normalCdf(Math.log(i * ratioStep) / sigma),
    );
  }

  median(talkMs: number): number {
    const { wrapUp, talkPace, wrapUpPace } = this.service;
    return Math.max(1, wrapUpMedian(wrapUp, talkMs / talkPace) * wrapUpPace);
  }

  over(medianMs: number, ageMs: number, aheadMs: number): number {
    if (aheadMs <= 0) return 0;
    const before = this.at(ageMs / medianMs);
    if (before > 1 - 1e-6) return 0.7;
    return (this.at((ageMs + aheadMs) / medianMs) - before) / (1 - before);
  }

  private at(ratio: number): number {
    return this.reached[Math.min(ratioSteps - 1, Math.round(ratio / ratioStep))] ?? 1;
  }
}

/** P(agent is free again within each step after a new presentation), for calls not yet answered. */
export function serviceCdf(service: Service, steps: number, stepMs: number): Float64Array {
  return Float64Array.from({ length: steps }, (_, i) => readyWithin(service, 0, (i + 0.5) * stepMs));
}

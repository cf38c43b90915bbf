import { delayStepMs, type Measure, type MinuteSeries } from './measure.ts';

/** The figures of one policy over several seeds; shares 0–1, null where nothing was there to measure. */
export type Summary = {
  occupancy: number | null;
  utilization: number | null;
  /** Least and greatest talk utilization of one agent (of those signed in for at least an hour). */
  agentMin: number | null;
  agentMax: number | null;
  abandonRate: number | null;
  /** Worst abandon rate of any rolling hour of any seed with at least 30 presented calls. */
  worstHour: number | null;
  /** Share of rolling half-hours with talk utilization inside the band; null without a band. */
  inBand: number | null;
  /** Highest talk utilization over any rolling full hour. */
  highestHour: number | null;
  idleShare: number | null;
  /** Mean ready time before each connected call, seconds. */
  idleSecondsPerCall: number | null;
  delayMeanMs: number | null;
  delayP95Ms: number | null;
  callsPerTalkHour: number | null;
  /**
   * Minutes of the first shift until the talk utilization of the next quarter of an hour is within 3 % of its level after the first hour.
   * A quarter of an hour of few seeds is mostly luck: three agents need two hundred (`bench -- pacing cold`).
   */
  convergeMinutes: number | null;
  /** Talk utilization of the second quarter of an hour of the first shift ÷ its level after the first hour. */
  secondQuarter: number | null;
  placed: number;
  presented: number;
  abandoned: number;
  acceptedPerAgentHour: number | null;
};

type Band = { min: number; max: number };

/** Pools runs of one policy on one scenario. Rates are of the sums, not means of rates. */
export function summarise(measures: Measure[], band?: Band): Summary {
  const total = (pick: (m: Measure) => number): number => measures.reduce((sum, m) => sum + pick(m), 0);
  const signedIn = total((m) => m.signedInMs);
  const talk = total((m) => m.talkMs);
  const connected = total((m) => m.connected);
  const abandoned = total((m) => m.abandoned);
  const placed = total((m) => m.placed);
  const perAgent = measures
    .flatMap((m) => m.byAgent)
    .filter((a) => a.signedInMs >= 3_600_000)
    .map((a) => a.talkMs / a.signedInMs);
  const halfHours = band === undefined ? [] : measures.flatMap((m) => rollingUtilization(m.minutes, 30));
  const delays = pooledDelays(measures);
  return {
    occupancy: ratio(talk + total((m) => m.wrapUpMs), signedIn),
    utilization: ratio(talk, signedIn),
    agentMin: extreme(perAgent, Math.min),
    agentMax: extreme(perAgent, Math.max),
    abandonRate: ratio(abandoned, abandoned + connected),
    worstHour: extreme(
      measures.flatMap((m) => rollingAbandonRate(m.minutes, 60, 30)),
      Math.max,
    ),
    inBand:
      band === undefined
        ? null
        : ratio(halfHours.filter((u) => u >= band.min && u <= band.max).length, halfHours.length),
    highestHour: extreme(
      measures.flatMap((m) => rollingUtilization(m.minutes, 60)),
      Math.max,
    ),
    idleShare: ratio(
      total((m) => m.readyMs),
      signedIn,
    ),
    idleSecondsPerCall: ratio(total((m) => m.readyMs) / 1000, connected),
    delayMeanMs: delays.mean,
    delayP95Ms: delays.p95,
    callsPerTalkHour: ratio(placed, talk / 3_600_000),
    ...coldStart(measures.map((m) => m.minutes)),
    placed,
    presented: abandoned + connected,
    abandoned,
    acceptedPerAgentHour: ratio(
      total((m) => m.accepted),
      signedIn / 3_600_000,
    ),
  };
}

/**
 * Shares of what fell inside the shifts, as a ledger that is read at their end has it: the last talks, which run on while nobody is idle
 * any more, are left out. With talks of minutes and a shift of an hour they are more than a point.
 */
export function duringShifts(
  measures: readonly Pick<Measure, 'minutes'>[],
): Pick<Summary, 'utilization' | 'occupancy' | 'abandonRate'> {
  const total = (series: Exclude<keyof MinuteSeries, 'onShift'>): number =>
    measures.reduce(
      (sum, { minutes }) => minutes[series].reduce((all, value, i) => all + value * (minutes.onShift[i] ?? 0), sum),
      0,
    );
  const signedIn = total('signedIn');
  const talk = total('talk');
  return {
    utilization: ratio(talk, signedIn),
    occupancy: ratio(talk + total('wrapUp'), signedIn),
    abandonRate: ratio(total('abandoned'), total('presented')),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function extreme(values: number[], pick: (a: number, b: number) => number): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => pick(a, b));
}

/** Talk utilization of every window of so many minutes inside a shift in which somebody was signed in throughout. */
export function rollingUtilization({ talk, signedIn, onShift }: MinuteSeries, span: number): number[] {
  const rates: number[] = [];
  let talkSum = 0;
  let signedSum = 0;
  let streak = 0;
  for (let i = 0; i < signedIn.length; i++) {
    const present = signedIn[i] ?? 0;
    streak = present > 0 && onShift[i] === 1 ? streak + 1 : 0;
    talkSum += talk[i] ?? 0;
    signedSum += present;
    if (i >= span) {
      talkSum -= talk[i - span] ?? 0;
      signedSum -= signedIn[i - span] ?? 0;
    }
    if (streak >= span) rates.push(talkSum / signedSum);
  }
  return rates;
}

/** Abandon rate of every window of so many minutes inside a shift with at least `least` presented calls. */
export function rollingAbandonRate(
  { presented, abandoned, onShift }: MinuteSeries,
  span: number,
  least: number,
): number[] {
  const rates: number[] = [];
  let lost = 0;
  let all = 0;
  let streak = 0;
  for (let i = 0; i < presented.length; i++) {
    streak = onShift[i] === 1 ? streak + 1 : 0;
    lost += abandoned[i] ?? 0;
    all += presented[i] ?? 0;
    if (i >= span) {
      lost -= abandoned[i - span] ?? 0;
      all -= presented[i - span] ?? 0;
    }
    if (streak >= span && all >= least) rates.push(lost / all);
  }
  return rates;
}

function pooledDelays(measures: Measure[]): { mean: number | null; p95: number | null } {
  let count = 0;
  let sum = 0;
  const length = measures[0]?.delays.length ?? 0;
  const pooled = new Float64Array(length);
  for (const m of measures) {
    for (let i = 0; i < length; i++) {
      const n = m.delays[i] ?? 0;
      pooled[i] = (pooled[i] ?? 0) + n;
      count += n;
      sum += n * (i + 0.5) * delayStepMs;
    }
  }
  if (count === 0) return { mean: null, p95: null };
  let seen = 0;
  let i = 0;
  while (i < length && seen < 0.95 * count) seen += pooled[i++] ?? 0;
  return { mean: sum / count, p95: i * delayStepMs };
}

/** Of the first shift: how it begins against how it goes later on. What comes after a shift's end belongs to neither. */
function coldStart(runs: MinuteSeries[]): Pick<Summary, 'convergeMinutes' | 'secondQuarter'> {
  const hour = 60;
  const quarter = 15;
  const unknown = { convergeMinutes: null, secondQuarter: null };
  const [first] = runs;
  if (first === undefined) return unknown;
  const length = first.onShift.length;
  const between = (from: number, until: number): number | null => {
    let talk = 0;
    let signedIn = 0;
    for (const run of runs) {
      for (let i = from; i < until; i++) {
        if (run.onShift[i] !== 1) continue;
        talk += run.talk[i] ?? 0;
        signedIn += run.signedIn[i] ?? 0;
      }
    }
    return ratio(talk, signedIn);
  };
  const later = between(hour, length);
  if (later === null || later === 0) return unknown;
  const secondQuarter = (between(quarter, 2 * quarter) ?? 0) / later;
  const night = first.onShift.indexOf(0);
  for (let minute = 0; minute + quarter <= (night === -1 ? length : night); minute++) {
    const level = between(minute, minute + quarter);
    if (level !== null && level >= 0.97 * later) return { convergeMinutes: minute, secondQuarter };
  }
  return { convergeMinutes: null, secondQuarter };
}

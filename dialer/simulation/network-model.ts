import { cdf, type Distribution } from './distribution.ts';

/** Parameters of how people and machines answer. Shares are 0–1. */
export type NetworkModel = {
  /** Share of dialled calls that a person answers within `referenceRingMs`, before the hour's factor. */
  answer: number;
  /** Shares of the calls that no person answers; what is left rings unanswered. */
  machine: number;
  busy: number;
  invalid: number;
  switchedOff: number;
  failed: number;
  setup: Distribution;
  personRing: Distribution;
  machineRing: Distribution;
  greeting: Distribution;
  detection: DetectionModel;
  patience: Distribution;
  talk: Distribution;
  /** Share of talks that end in acceptance, for given talk distributions; the real calls bring their own. */
  accept: number;
  /** Factors on `answer` by local hour 0–23; shorter lists repeat 1. */
  hours: number[];
  /** Standard deviation of the contacts' own log-odds to answer; 0: all alike. */
  contactSpread: number;
  /** What the engine knows of a contact's own chance: nothing, the chance itself, or the chance with error in log-odds. */
  chance: { known: boolean; errorSd: number; bias: number };
};

/** Answering-machine detection and its errors. */
export type DetectionModel = {
  on: boolean;
  personAsMachine: number;
  machineAsPerson: number;
  unknown: number;
  personAfter: Distribution;
  machineAfter: Distribution;
};

/** Answer shares are stated for calls that may ring this long; shorter time-outs lose the late answerers. */
export const referenceRingMs = 25_000;

/** The ordinary list: 25 % live answers, a third of the rest machines, talks of 22, 110 and 330 s median. */
export const ordinaryNetwork: NetworkModel = {
  answer: 0.25,
  machine: 0.33,
  busy: 0.06,
  invalid: 0.03,
  switchedOff: 0.03,
  failed: 0.01,
  setup: { kind: 'lognormal', medianMs: 2_500, sigma: 0.4 },
  personRing: { kind: 'lognormal', medianMs: 9_000, sigma: 0.55 },
  machineRing: { kind: 'lognormal', medianMs: 17_000, sigma: 0.25 },
  greeting: { kind: 'lognormal', medianMs: 9_000, sigma: 0.5 },
  detection: {
    on: true,
    personAsMachine: 0.02,
    machineAsPerson: 0.03,
    unknown: 0.01,
    personAfter: { kind: 'lognormal', medianMs: 2_000, sigma: 0.3 },
    machineAfter: { kind: 'lognormal', medianMs: 3_500, sigma: 0.3 },
  },
  patience: { kind: 'lognormal', medianMs: 7_000, sigma: 0.5 },
  talk: {
    kind: 'mixture',
    parts: [
      { share: 0.5, medianMs: 22_000, sigma: 0.5 },
      { share: 0.35, medianMs: 110_000, sigma: 0.5 },
      { share: 0.15, medianMs: 330_000, sigma: 0.5 },
    ],
  },
  accept: 0.1,
  hours: [],
  contactSpread: 0,
  chance: { known: false, errorSd: 0, bias: 0 },
};

/** Share of contacts for whom a person would pick up if the phone rang for ever. */
export function everAnswers(model: NetworkModel, answer: number): number {
  return Math.min(0.999, answer / Math.max(0.01, cdf(model.personRing, referenceRingMs)));
}

/** The answer share at a local hour 0–23. */
export function answerAt(model: NetworkModel, hour: number): number {
  return Math.min(0.98, Math.max(0, model.answer * (model.hours[hour] ?? 1)));
}

/** Shift of log-odds so that contacts with spread `sd` answer with mean `p` (bisection over a 41-point normal grid). */
export function centredLogit(p: number, sd: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (sd === 0) return logit(p);
  let low = -20;
  let high = 20;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (meanSigmoid(middle, sd) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export function meanSigmoid(centre: number, sd: number): number {
  let sum = 0;
  let weights = 0;
  for (let i = -20; i <= 20; i++) {
    const z = i / 5;
    const weight = Math.exp((-z * z) / 2);
    sum += weight * sigmoid(centre + sd * z);
    weights += weight;
  }
  return sum / weights;
}

export function logit(p: number): number {
  return Math.log(p / (1 - p));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

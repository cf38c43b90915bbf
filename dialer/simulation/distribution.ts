import type { Random } from './random.ts';
import { realCalls } from './real-calls.ts';

/** How a duration is distributed; all lengths in milliseconds. `sigma` is the standard deviation of the logarithm. */
export type Distribution =
  | { kind: 'fixed'; ms: number }
  | { kind: 'exponential'; meanMs: number }
  | { kind: 'lognormal'; medianMs: number; sigma: number }
  | { kind: 'mixture'; parts: { share: number; medianMs: number; sigma: number }[] }
  /** Durations of the 20,594 real telemarketing calls, jointly with acceptance. */
  | { kind: 'real-calls' };

/** Draws one length, rounded to whole milliseconds. */
export function sample(d: Distribution, random: Random): number {
  return Math.round(draw(d, random));
}

function draw(d: Distribution, random: Random): number {
  switch (d.kind) {
    case 'fixed':
      return d.ms;
    case 'exponential':
      return -d.meanMs * Math.log(1 - random.next());
    case 'lognormal':
      return d.medianMs * Math.exp(d.sigma * random.normal());
    case 'mixture': {
      let u = random.next() * totalShare(d.parts);
      for (const part of d.parts) {
        u -= part.share;
        if (u < 0) return part.medianMs * Math.exp(part.sigma * random.normal());
      }
      return d.parts[0]?.medianMs ?? 0;
    }
    case 'real-calls': {
      const calls = realCalls();
      return (calls.seconds[random.below(calls.seconds.length)] ?? 0) * 1000;
    }
  }
}

/** Probability of a length ≤ `ms`. */
export function cdf(d: Distribution, ms: number): number {
  if (ms < 0) return 0;
  switch (d.kind) {
    case 'fixed':
      return ms >= d.ms ? 1 : 0;
    case 'exponential':
      return 1 - Math.exp(-ms / d.meanMs);
    case 'lognormal':
      return lognormalCdf(d.medianMs, d.sigma, ms);
    case 'mixture': {
      let sum = 0;
      for (const part of d.parts) sum += part.share * lognormalCdf(part.medianMs, part.sigma, ms);
      return sum / totalShare(d.parts);
    }
    case 'real-calls': {
      const { sorted } = realCalls();
      return countAtMost(sorted, ms / 1000) / sorted.length;
    }
  }
}

/** Mean length in milliseconds. */
export function mean(d: Distribution): number {
  switch (d.kind) {
    case 'fixed':
      return d.ms;
    case 'exponential':
      return d.meanMs;
    case 'lognormal':
      return d.medianMs * Math.exp((d.sigma * d.sigma) / 2);
    case 'mixture': {
      let sum = 0;
      for (const part of d.parts) sum += part.share * part.medianMs * Math.exp((part.sigma * part.sigma) / 2);
      return sum / totalShare(d.parts);
    }
    case 'real-calls':
      return realCalls().meanSeconds * 1000;
  }
}

function totalShare(parts: { share: number }[]): number {
  let sum = 0;
  for (const part of parts) sum += part.share;
  return sum;
}

function lognormalCdf(medianMs: number, sigma: number, ms: number): number {
  if (ms <= 0) return 0;
  if (sigma === 0) return ms >= medianMs ? 1 : 0;
  return normalCdf(Math.log(ms / medianMs) / sigma);
}

function countAtMost(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Φ(z), error below 7.5e-8 (Abramowitz & Stegun 26.2.17). */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  const t = 1 / (1 + 0.2316419 * x);
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = 0.3989422804014327 * Math.exp((-x * x) / 2) * poly;
  return z > 0 ? 1 - tail : tail;
}

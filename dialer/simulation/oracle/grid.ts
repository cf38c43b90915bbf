import { cdf, type Distribution } from '../distribution.ts';

/** Step of the oracle's time grid, milliseconds. */
export const stepMs = 500;

/** Probability that a length falls into each step of the grid; what lies beyond the last step is left out. */
export function masses(d: Distribution, steps: number): Float64Array {
  const mass = new Float64Array(steps);
  let before = 0;
  for (let i = 0; i < steps; i++) {
    const at = cdf(d, (i + 0.5) * stepMs);
    mass[i] = at - before;
    before = at;
  }
  return mass;
}

/** Distribution of the sum of two independent lengths, cut off at the longer grid. */
export function convolve(a: Float64Array, b: Float64Array, steps: number): Float64Array {
  const sum = new Float64Array(steps);
  for (let i = 0; i < a.length && i < steps; i++) {
    const x = a[i] ?? 0;
    if (x === 0) continue;
    for (let j = 0; j < b.length && i + j < steps; j++) sum[i + j] = (sum[i + j] ?? 0) + x * (b[j] ?? 0);
  }
  return sum;
}

/** Running sums. */
export function cumulate(mass: Float64Array): Float64Array {
  const sums = new Float64Array(mass.length);
  let sum = 0;
  for (let i = 0; i < mass.length; i++) {
    sum += mass[i] ?? 0;
    sums[i] = sum;
  }
  return sums;
}

/** Entry of a running sum at step `i`, 0 before and the total after the grid. */
export function at(sums: Float64Array, i: number): number {
  if (i < 0) return 0;
  return sums[Math.min(i, sums.length - 1)] ?? 0;
}

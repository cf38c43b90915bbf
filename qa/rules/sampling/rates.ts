const PARTS = 1_000_000;

/**
 * `rate × size`, rounded up, exact for rates given to a millionth: 7 % of 100 is 7, where floating point would make it
 * 7.000000000000001 and so 8.
 */
export function roundUp(rate: number, size: number): number {
  return Math.ceil((Math.round(rate * PARTS) * size) / PARTS);
}

/** A share from 0 to 1, both included. */
export function isRate(value: number): boolean {
  return value >= 0 && value <= 1;
}

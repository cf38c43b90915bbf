/** What a day and a time of day on the wall mean as a moment, also in the nights in which the clocks are changed. */
export type LocalMoment = {
  at: number;
  /**
   * missing: the clocks jump over this time; `at` is as long after the jump as it was meant to be (02:30 becomes 03:30).
   * twice: the clocks go back over it; `at` is the first of the two, `second` the other.
   */
  comes: 'once' | 'missing' | 'twice';
  second: number | null;
};

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Minutes that the wall's clock is ahead of UTC, as this computer has it. */
const ownOffset = (at: number): number => -new Date(at).getTimezoneOffset();

/** `written`: 2026-03-29T02:30. Null where it is no time. `offsetAt`: another place's clock. */
export function localMoment(written: string, offsetAt: (at: number) => number = ownOffset): LocalMoment | null {
  const wall = Date.parse(`${written}Z`);
  if (Number.isNaN(wall)) return null;
  // Clocks are changed at most once in two days, so a time can only be one of the day before or of the day after.
  const before = offsetAt(wall - dayMs);
  const fits = [...new Set([before, offsetAt(wall + dayMs)])]
    .map((offset) => ({ at: wall - offset * minuteMs, offset }))
    .filter(({ at, offset }) => offsetAt(at) === offset)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const [first, second = null] = fits;
  if (first === undefined) return { at: wall - before * minuteMs, comes: 'missing', second: null };
  return { at: first, comes: second === null ? 'once' : 'twice', second };
}

/** Which of the campaign's numbers the customer sees: the one of the contact's region, under its daily cap. */

export type CallerId = { number: string; region: string; dailyCap: number | null; usedToday: number };

/**
 * The caller ID with the longest region prefix that fits the number and has calls left today; among equals the one
 * used least. Null when every fitting one has reached its cap.
 */
export function chooseCallerId(pool: readonly CallerId[], number: string): CallerId | null {
  const fitting = pool.filter(
    (candidate) =>
      number.startsWith(candidate.region) && (candidate.dailyCap === null || candidate.usedToday < candidate.dailyCap),
  );
  return fitting.reduce<CallerId | null>((best, candidate) => {
    if (best === null || candidate.region.length > best.region.length) return candidate;
    if (candidate.region.length < best.region.length) return best;
    return candidate.usedToday < best.usedToday ? candidate : best;
  }, null);
}

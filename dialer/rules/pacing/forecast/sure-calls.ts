/** The list may answer so many times better than it ever did lately. */
const BETTER = 1.3;
const MOST_RATE = 0.95;
/** Calls under way for each ready agent are never more than this. */
const MOST_EACH = 20;
/** Deviations of luck that are allowed for. */
const LUCK = 1.5;

/**
 * How many calls may be under way so that nearly surely as many agents are ready as people answer, whatever the forecast
 * says: n with n·q + 1.5·√(n·q·(1 − q)) ≤ ready (a binomial count's mean and deviations), q somewhat above the best rate that the
 * list had in the past hours. At least one for each ready agent, of whom none can be lost.
 * @param rate the best share of calls presented that the list had lately
 */
export function sureCalls(ready: number, rate: number): number {
  const q = Math.min(MOST_RATE, BETTER * rate);
  const fits = (calls: number): boolean => calls * q + LUCK * Math.sqrt(calls * q * (1 - q)) <= ready;
  let calls = ready;
  while (calls < MOST_EACH * ready && fits(calls + 1)) calls++;
  return calls;
}

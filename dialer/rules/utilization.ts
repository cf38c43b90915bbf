/** Time of one agent or a team in each activity, ms. Time away or offline is not signed in and is left out. */
export type ActivityTime = { readyMs: number; talkMs: number; wrapupMs: number };

export const noTime: ActivityTime = { readyMs: 0, talkMs: 0, wrapupMs: 0 };

export const signedInMs = (time: ActivityTime): number => time.readyMs + time.talkMs + time.wrapupMs;

/** Talk ÷ signed-in time, 0 to 1; undefined when nobody was signed in. */
export function talkUtilization(time: ActivityTime): number | undefined {
  const all = signedInMs(time);
  return all > 0 ? time.talkMs / all : undefined;
}

/** (Talk + wrap-up) ÷ signed-in time, 0 to 1; undefined when nobody was signed in. */
export function occupancy(time: ActivityTime): number | undefined {
  const all = signedInMs(time);
  return all > 0 ? (time.talkMs + time.wrapupMs) / all : undefined;
}

export function addTime(sum: ActivityTime, time: ActivityTime): void {
  sum.readyMs += time.readyMs;
  sum.talkMs += time.talkMs;
  sum.wrapupMs += time.wrapupMs;
}

export function sumOfTimes(times: Iterable<ActivityTime>): ActivityTime {
  const sum = { ...noTime };
  for (const time of times) addTime(sum, time);
  return sum;
}

export type Spread = { lowest: number; highest: number; mean: number; deviation: number; agents: number };

/**
 * How evenly talk utilization is spread over agents: extremes, mean and standard deviation over those who were signed
 * in at all; undefined when nobody was.
 */
export function utilizationSpread(times: Iterable<ActivityTime>): Spread | undefined {
  const shares: number[] = [];
  for (const time of times) {
    const share = talkUtilization(time);
    if (share !== undefined) shares.push(share);
  }
  if (shares.length === 0) return undefined;
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const square = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
  return {
    lowest: Math.min(...shares),
    highest: Math.max(...shares),
    mean,
    deviation: Math.sqrt(square),
    agents: shares.length,
  };
}

/** Where a utilization stands against the band. */
export function bandPosition(utilization: number, band: { min: number; max: number }): 'below' | 'inside' | 'above' {
  if (utilization < band.min) return 'below';
  return utilization > band.max ? 'above' : 'inside';
}

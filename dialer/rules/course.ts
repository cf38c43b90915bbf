/** The course of a campaign's last half hour or more, computed from the ledger: what a wallboard shows that was opened just now. */

/** A stretch of one agent's time; `to` null: it still lasts. Times in ms. */
export type Stretch = { signedIn: boolean; doing: 'talking' | 'ready' | 'other'; from: number; to: number | null };

/** One attempt; `end` null: still up. `result` counts once the call was answered by a person. */
export type CallSpan = {
  placedAt: number | null;
  endedAt: number | null;
  answeredAt: number | null;
  result: 'connected' | 'abandoned' | null;
};

export type CoursePoint = {
  at: number;
  /** Talk ÷ signed-in time of the half hour before; null: nobody was signed in. */
  utilization: number | null;
  /** Abandoned ÷ (abandoned + connected) of the hour before; null: nothing was counted. */
  abandon: number | null;
  inUse: number;
  talking: number;
  ready: number;
};

export const UTILIZATION_WINDOW_MS = 30 * 60_000;
export const ABANDON_WINDOW_MS = 60 * 60_000;

/** Every full `stepMs` of the last `spanMs`, oldest first, all before `now`. */
export function courseTimes(now: number, spanMs: number, stepMs: number): number[] {
  const last = Math.ceil(now / stepMs) * stepMs - stepMs;
  const count = Math.max(0, Math.floor(spanMs / stepMs));
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * stepMs);
}

/** One point for each time. Stretches and calls must reach back a window before the first; order does not matter. */
export function courseOf(stretches: readonly Stretch[], calls: readonly CallSpan[], times: number[]): CoursePoint[] {
  return times.map((at) => {
    let [signedIn, talk, talking, ready] = [0, 0, 0, 0];
    for (const { signedIn: counts, doing, from, to } of stretches) {
      if (!counts || from > at) continue;
      const lasted = Math.min(to ?? at, at) - Math.max(from, at - UTILIZATION_WINDOW_MS);
      if (lasted > 0) {
        signedIn += lasted;
        if (doing === 'talking') talk += lasted;
      }
      if (to === null || to > at) {
        if (doing === 'talking') talking += 1;
        if (doing === 'ready') ready += 1;
      }
    }
    let [inUse, connected, abandoned] = [0, 0, 0];
    for (const { placedAt, endedAt, answeredAt, result } of calls) {
      if (placedAt !== null && placedAt <= at && (endedAt === null || endedAt > at)) inUse += 1;
      if (answeredAt === null || answeredAt > at || answeredAt < at - ABANDON_WINDOW_MS) continue;
      if (result === 'connected') connected += 1;
      if (result === 'abandoned') abandoned += 1;
    }
    const judged = connected + abandoned;
    return {
      at,
      utilization: signedIn > 0 ? talk / signedIn : null,
      abandon: judged > 0 ? abandoned / judged : null,
      inUse,
      talking,
      ready,
    };
  });
}

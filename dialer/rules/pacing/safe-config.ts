import type { PacingConfig } from './policy.ts';

/** A config in which every number is finite, in range and usable; nonsense becomes the careful value. */
export type SafeConfig = {
  cap: number;
  graceMs: number;
  band: { min: number; max: number } | undefined;
  maxLines: number;
  callsPerSecond: number;
  ringMs: number;
  history: { answered: number; abandoned: number } | undefined;
};

const within = (value: unknown, low: number, high: number, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : otherwise;

/** No campaign dials more lines at once than this, whatever its config says: the answer of `decide` stays bounded. */
const MOST_LINES = 100_000;

const count = (value: unknown): number =>
  value === Number.POSITIVE_INFINITY ? MOST_LINES : Math.floor(within(value, 0, MOST_LINES, 0));

/**
 * Reads a config so that no field can make a policy throw or run away.
 * An unreadable cap is 0 (no risk), unreadable lines are 0 (no calls), a band upside down is turned round, and a band
 * with an unreadable edge is left out. A grace above 30 s and rings outside 5 to 120 s are cut to that.
 */
export function safeConfig(config: PacingConfig): SafeConfig {
  const cap = within(config.maxAbandonRate, 0, 1, 0);
  const ends = [config.targetUtilization?.min, config.targetUtilization?.max].filter(
    (end): end is number => typeof end === 'number' && Number.isFinite(end),
  );
  const [a, b] = ends;
  const band =
    a === undefined || b === undefined
      ? undefined
      : { min: within(Math.min(a, b), 0, 1, 0), max: within(Math.max(a, b), 0, 1, 0) };
  const answered = within(config.history?.answered, 0, 1e12, 0);
  return {
    cap,
    graceMs: within(config.abandonWithinMs, 0, 30_000, 0),
    band,
    maxLines: count(config.maxLines),
    callsPerSecond:
      config.maxCallsPerSecond === Number.POSITIVE_INFINITY
        ? MOST_LINES
        : within(config.maxCallsPerSecond, 0, MOST_LINES, 0),
    ringMs: within(config.ringTimeoutMs, 5_000, 120_000, 30_000),
    history:
      config.history === undefined
        ? undefined
        : { answered, abandoned: within(config.history.abandoned, 0, answered, 0) },
  };
}

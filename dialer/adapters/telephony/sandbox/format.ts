const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);

/** RFC 2822 in UTC with a numeric zone and a padded day, e.g. `Fri, 18 Oct 2019 17:00:00 +0000`. */
export function rfc2822(epochMs: number): string {
  const d = new Date(epochMs);
  const time = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
  return `${DAYS[d.getUTCDay()]}, ${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ${time} +0000`;
}

/** As `rfc2822`, or null where there is no moment yet. */
export function rfc2822OrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : rfc2822(epochMs);
}

/** `YYYY-MM-DD` in UTC. */
export function isoDay(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

/** Whole seconds of a span, rounded to the nearest, as call and recording durations are given. */
export function wholeSeconds(ms: number): number {
  return Math.max(0, Math.round(ms / 1000));
}

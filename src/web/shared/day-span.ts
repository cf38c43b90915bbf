const dayMs = 86_400_000;
const midnight = (day: string) => Date.parse(`${day}T00:00`);

/** The reader's own days, YYYY-MM-DD, as a span of time, the last one included; an empty end is not asked about. */
export function daySpan(from = '', to = ''): { from?: number; to?: number } {
  return {
    ...(from === '' ? {} : { from: midnight(from) }),
    ...(to === '' ? {} : { to: midnight(to) + dayMs }),
  };
}

const dayMs = 86_400_000;

/** Whether a list of others speaks of a day that lies further back than its limit (B2). Times are epoch ms. */
export function isStale({ asOf, staleDays }: { asOf: number; staleDays: number }, now: number): boolean {
  return now - asOf > staleDays * dayMs;
}

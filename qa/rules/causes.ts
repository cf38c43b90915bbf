/** Occurrences of causes, counted by period: what a study meeting looks at. */
import type { EpochMs } from './working-days.ts';

export interface CauseOf {
  readonly source: 'complaint' | 'inspection';
  readonly cause: string;
  readonly reason: string;
}
type Seen = CauseOf & { readonly at: EpochMs; readonly part: string | null };
/** [start, end). */
type Span = { readonly start: EpochMs; readonly end: EpochMs };

const EXAMPLES = 5;

/** One row a cause (and part), the most frequent first, with the newest few as examples. `occurrences`: newest first. */
export function countCauses<T extends Seen>(occurrences: readonly T[], periods: readonly Span[]) {
  const rows = new Map<string, CauseOf & { part: string | null; counts: number[]; total: number; examples: T[] }>();
  for (const seen of occurrences) {
    const { source, cause, reason, part, at } = seen;
    const period = periods.findIndex(({ start, end }) => at >= start && at < end);
    if (period === -1) continue;
    const key = JSON.stringify([source, cause, reason, part]);
    const row = rows.get(key) ?? { source, cause, reason, part, counts: periods.map(() => 0), total: 0, examples: [] };
    rows.set(key, row);
    row.counts[period] = (row.counts[period] ?? 0) + 1;
    row.total += 1;
    if (row.examples.length < EXAMPLES) row.examples.push(seen);
  }
  return [...rows].sort(([a, x], [b, y]) => y.total - x.total || (a < b ? -1 : 1)).map(([, row]) => row);
}

/** How often a cause occurred in a span. */
export function occurred(
  occurrences: readonly Seen[],
  { source, cause, reason }: CauseOf,
  { start, end }: Span,
): number {
  return occurrences.filter(
    (seen) =>
      seen.source === source && seen.cause === cause && seen.reason === reason && seen.at >= start && seen.at < end,
  ).length;
}

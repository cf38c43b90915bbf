/** Occurrences of causes, counted by period: what a study meeting looks at. */
export interface CauseOf {
  readonly source: 'complaint' | 'inspection';
  readonly cause: string;
  readonly reason: string;
}
/** How often a cause (of a part) occurred in one period, with the newest few of its occurrences in that period. */
export interface CountedCause<T extends { readonly at: number }> extends CauseOf {
  readonly part: string | null;
  readonly period: number;
  readonly count: number;
  readonly examples: readonly T[];
}

export const EXAMPLES = 5;

/** One row a cause (and part), the most frequent first, with the newest few as examples. */
export function causeRows<T extends { readonly at: number }>(counted: readonly CountedCause<T>[], periods: number) {
  const rows = new Map<string, CauseOf & { part: string | null; counts: number[]; total: number; examples: T[] }>();
  for (const { source, cause, reason, part, period, count, examples } of counted) {
    if (period < 0 || period >= periods) continue;
    const key = JSON.stringify([source, cause, reason, part]);
    const row = rows.get(key) ?? {
      ...{ source, cause, reason, part, total: 0, examples: [] },
      counts: Array.from({ length: periods }, () => 0),
    };
    rows.set(key, row);
    row.counts[period] = (row.counts[period] ?? 0) + count;
    row.total += count;
    row.examples = [...row.examples, ...examples].sort((a, b) => b.at - a.at).slice(0, EXAMPLES);
  }
  return [...rows].sort(([a, x], [b, y]) => y.total - x.total || (a < b ? -1 : 1)).map(([, row]) => row);
}

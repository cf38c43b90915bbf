/** Calls that found nobody, by what was foretold of them: the sum of the foretold chances is the mean. */
export type Foretold = { calls: number; foretold: number; foundNobody: number };

/** Fewer expected than this say nothing about calibration. */
const enough = 5;

/**
 * Between which numbers 95 of 100 such rows lie if the chances are right: the variance of a count of independent yes-or-no
 * events is at most its mean (1 − mean ÷ calls), and the count is taken as normal with a half for its steps.
 */
export function usualRange({ calls, foretold }: Foretold): { low: number; high: number } {
  const mean = Math.min(calls, Math.max(0, foretold));
  const spread = 1.96 * Math.sqrt(mean * (1 - (calls > 0 ? mean / calls : 0))) + 0.5;
  return { low: Math.max(0, Math.ceil(mean - spread)), high: Math.min(calls, Math.floor(mean + spread)) };
}

export function verdictOf(row: Foretold): 'few' | 'fits' | 'more' | 'fewer' {
  if (row.foretold < enough) return 'few';
  const { low, high } = usualRange(row);
  if (row.foundNobody > high) return 'more';
  return row.foundNobody < low ? 'fewer' : 'fits';
}

export function sumOfRows(rows: readonly Foretold[]): Foretold {
  return rows.reduce<Foretold>(
    (sum, row) => ({
      calls: sum.calls + row.calls,
      foretold: sum.foretold + row.foretold,
      foundNobody: sum.foundNobody + row.foundNobody,
    }),
    { calls: 0, foretold: 0, foundNobody: 0 },
  );
}

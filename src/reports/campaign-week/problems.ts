/** What a reader should look at first. Codes are translated by the page; values are its figures. */
import type { WeekFigures } from '../../contract/summaries.ts';

export type Problem = {
  code: string;
  severity: 'info' | 'warning' | 'serious';
  values: Record<string, string | number>;
  caseIds: string[];
};

export type Targets = { band: { min: number; max: number } | null; cap: number };

/** A rate counts as fallen when it lost this share of itself. */
const fallen = 0.1;
const percent = (value: number) => Math.round(value * 1000) / 10;

export function problemsOf(week: WeekFigures, before: WeekFigures | null, { band, cap }: Targets): Problem[] {
  const found: Problem[] = [];
  const add = (code: string, severity: Problem['severity'], values: Problem['values']) =>
    found.push({ code, severity, values, caseIds: [] });

  const abandon = week.abandonRate.value;
  if (abandon !== null && abandon > cap)
    add('abandon-over-cap', 'serious', { rate: percent(abandon), cap: percent(cap) });
  if (week.recordings.missing > 0)
    add('recordings-missing', 'serious', { missing: week.recordings.missing, expected: week.recordings.expected });

  const used = week.talkUtilization;
  if (band !== null && used !== null && (used < band.min || used > band.max)) {
    const code = used < band.min ? 'utilization-below-band' : 'utilization-above-band';
    add(code, 'warning', { utilization: percent(used), min: percent(band.min), max: percent(band.max) });
  }
  const rates = [
    ['effective-rate-fell', week.effectiveRate.value, before?.effectiveRate.value],
    ['connect-rate-fell', week.connectRate.value, before?.connectRate.value],
  ] as const;
  for (const [code, now, then] of rates) {
    if (now !== null && then != null && now < then * (1 - fallen))
      add(code, 'warning', { now: percent(now), before: percent(then) });
  }
  if (week.inspected === 0 && week.sales > 0) add('nothing-inspected', 'serious', { sales: week.sales });
  const open = week.correctiveCalls.asked - week.correctiveCalls.done;
  if (open > 0) add('corrective-calls-open', 'warning', { open });
  return found;
}

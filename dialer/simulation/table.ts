import type { Summary } from './summary.ts';

type Column = { title: string; cell: (s: Summary) => string };

const percent = (x: number | null, digits = 1): string => (x === null ? '–' : `${(100 * x).toFixed(digits)} %`);
const number = (x: number | null, digits = 0): string => (x === null ? '–' : x.toFixed(digits));
const seconds = (ms: number | null, digits: number): string => (ms === null ? '–' : `${number(ms / 1000, digits)} s`);

const columns: Column[] = [
  { title: 'occupancy', cell: (s) => percent(s.occupancy) },
  { title: 'talk util.', cell: (s) => percent(s.utilization) },
  {
    title: 'agents',
    cell: (s) => (s.agentMin === null ? '–' : `${number(100 * s.agentMin)}–${percent(s.agentMax, 0)}`),
  },
  { title: 'abandoned', cell: (s) => percent(s.abandonRate, 2) },
  { title: 'worst hour', cell: (s) => percent(s.worstHour) },
  { title: 'in band', cell: (s) => percent(s.inBand, 0) },
  { title: 'top hour', cell: (s) => percent(s.highestHour) },
  { title: 'idle', cell: (s) => percent(s.idleShare) },
  { title: 'idle/call', cell: (s) => seconds(s.idleSecondsPerCall === null ? null : 1000 * s.idleSecondsPerCall, 0) },
  { title: 'to agent', cell: (s) => seconds(s.delayMeanMs, 2) },
  { title: 'p95', cell: (s) => seconds(s.delayP95Ms, 1) },
  { title: 'calls/talk h', cell: (s) => number(s.callsPerTalkHour) },
  { title: 'converges', cell: (s) => (s.convergeMinutes === null ? '–' : `${s.convergeMinutes} min`) },
];

/** Policies side by side, one line each. */
export function summaryTable(rows: [string, Summary][]): string {
  return textTable(
    ['policy', ...columns.map((c) => c.title)],
    rows.map(([name, s]) => [name, ...columns.map((c) => c.cell(s))]),
  );
}

/** A plain table: first column to the left, the others to the right. */
export function textTable(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return [line(head), widths.map((w) => '-'.repeat(w)).join('  '), ...rows.map(line)].join('\n');
}

/** Rows of compared calling hours, each beside the first hours with the same number of agents. */
import type { WhatIfResult } from '../../../contract/what-if.ts';

type Row = WhatIfResult['rows'][number];
export type WindowRow = Row & { window: { from: string; to: string } };
export type Compared = { row: WindowRow; first: WindowRow | null };

const isWindow = (row: Row): row is WindowRow => row.window !== null;
export const hoursOf = ({ window }: WindowRow): string => `${window.from}–${window.to}`;

/** `first`: what a row is to be compared with; null for those of the first hours themselves. */
export function compareWindows(rows: readonly Row[]): Compared[] {
  const windows = rows.filter(isWindow);
  return windows.map((row) => {
    const first = windows.find(({ agents }) => agents === row.agents);
    return { row, first: first === undefined || first === row ? null : first };
  });
}

/** Of the hours with one number of agents those that bring most talks to an agent's hour; null where all are alike. */
export function bestWindow(rows: readonly WindowRow[]): WindowRow | null {
  const talks = ({ conversationsPerAgentHour }: WindowRow): number => conversationsPerAgentHour ?? 0;
  const [best, next] = [...rows].sort((a, b) => talks(b) - talks(a));
  return best === undefined || next === undefined || talks(best) === talks(next) ? null : best;
}

/** Whole hours in the rows' windows of which the campaign's past days say nothing. */
export function unknownHours(rows: readonly WindowRow[], known: readonly (number | null)[]): number[] {
  if (known.length === 0) return [];
  const hours = rows.flatMap(({ window }) => {
    const [from = 0, until = 0] = [window.from, window.to].map((clock) => Number(clock.slice(0, 2)));
    const last = window.to.endsWith(':00') ? until : until + 1;
    return Array.from({ length: last - from }, (_, i) => from + i);
  });
  return [...new Set(hours)].filter((hour) => known[hour] === null).sort((a, b) => a - b);
}

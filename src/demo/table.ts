/** The figures of a run for people. */
import { compare, verdict } from './comparison.ts';
import type { DemoFigures, ShiftFigures } from './figures.ts';
import type { DemoOptions } from './options.ts';

type Row = [name: string, value: string];

const percent = (value: number | null): string => (value === null ? '–' : `${(100 * value).toFixed(1)} %`);
const ms = (value: number | null, speed: number): string =>
  value === null
    ? '–'
    : `${Math.round(value)} ms of the product’s clock (${(value / speed).toFixed(1)} ms on this machine)`;

/** Half the time in which an agent must be there: a machine that needs more for half the answers measures itself, not the pacing. */
const slowAnswerMs = 1_000;

/** What the pacing made of the shift: all of it that `--shift-only` shows. */
export function shiftRows(figures: ShiftFigures, options: DemoOptions): Row[] {
  const { agents, minutes, speed, seed, band, maxAbandonRate } = options;
  const { talkUtilization: talk } = figures;
  return [
    ['Shift', `${agents} agents, ${minutes} minutes, speed ${speed}, seed ${seed}`],
    [
      'Band and cap',
      `${band === null ? 'no band' : `${percent(band.min)} to ${percent(band.max)}`}, at most ${percent(maxAbandonRate)} abandoned`,
    ],
    ['Attempts', String(figures.attempts)],
    ['Answered by a person', String(figures.answered)],
    ['Connected', String(figures.connected)],
    ['Abandoned', `${figures.abandoned} (${percent(figures.abandonRate)})`],
    ['Talk utilization', `${percent(talk.team)} (agents ${percent(talk.min)} to ${percent(talk.max)})`],
    ['Occupancy', percent(figures.occupancy)],
    ['On the way to a call', percent(figures.reserved)],
    ...foretold(figures),
    ['Answer to agent, p50', ms(figures.answerToAgentMs.p50, speed)],
    ['Answer to agent, p99', ms(figures.answerToAgentMs.p99, speed)],
    ['Decision lag, p50', ms(figures.decisionLagMs.p50, speed)],
    ['Decision lag, p99', `${ms(figures.decisionLagMs.p99, speed)}, ${figures.decisionLagMs.decisions} decisions`],
  ];
}

export function table(figures: DemoFigures, options: DemoOptions): string {
  const { effectiveRate: rate, recordings, drawn } = figures;
  const rows: Row[] = [
    ...shiftRows(figures, options),
    ['Recordings', `${recordings.stored} of ${recordings.expected} stored, ${recordings.damaged} damaged`],
    ['Sales', `${figures.sales}, valid ${figures.validSales}`],
    [
      'Effective rate',
      `${percent(rate.value)} (95 %: ${percent(rate.low)} to ${percent(rate.high)}, ${rate.n} inspected)`,
    ],
    ['Drawn daily', `${drawn.daily.size} of ${drawn.daily.frame}`],
    ['Drawn weekly', `${drawn.weekly.size} of ${drawn.weekly.frame}`],
    ['Inspected', String(figures.inspected)],
    ['Unqualified', list(figures.unqualifiedByCriterion)],
    [
      'Corrective calls',
      `${figures.correctiveCalls.asked} asked, ${figures.correctiveCalls.done} done, ${figures.correctiveCalls.confirmed} confirmed`,
    ],
    ['Blacklisted dialled', String(figures.blacklistedAttempted)],
    ['Dialled twice at once', String(figures.doubleDialled)],
    ['Not dialled, by reason', list(figures.undialledByReason)],
    ['Weekly summary', figures.weeklySummaryId ?? '–'],
  ];
  return layOut(rows, figures, options);
}

export function layOut(rows: readonly Row[], figures: ShiftFigures, { speed }: DemoOptions): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  const { p50 } = figures.answerToAgentMs;
  const warning =
    p50 !== null && p50 > slowAnswerMs
      ? `\nThis machine is too busy or too slow for speed ${speed}: half the answered customers waited more than ${(p50 / 1000).toFixed(1)} s of the product’s clock.\nUtilization and abandoned calls suffer from that; a smaller --speed shows the pacing itself.\n`
      : '';
  return `\n${rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')}\n${warning}`;
}

/** The same shift in the simulator: the mean of several, between what single ones lie by chance, and how far this one is from it. */
function foretold(figures: ShiftFigures): Row[] {
  const { foretold: shift } = figures;
  if (shift === null) return [];
  return compare(figures, shift).map((row) => [
    `  simulator: ${row.name}`,
    `${percent(row.simulator)} (${shift.shifts} shifts: ${percent(row.low)} to ${percent(row.high)}); ${verdict(row)}`,
  ]);
}

const list = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ') || 'none';

/** What came of comparing calling hours: each beside the first, with the difference. */
import type { ReactNode } from 'react';
import type { WhatIfResult } from '../../../contract/what-if.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { whatIf } from '../../i18n/what-if/index.ts';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Badge } from '../../shared/page.tsx';
import { bestWindow, type Compared, compareWindows, hoursOf, unknownHours, type WindowRow } from './compare-windows.ts';

type Figure = 'talkUtilization' | 'occupancy' | 'abandonRate' | 'answeredRate' | 'conversationsPerAgentHour';

export function WindowsResult({ result }: { result: WhatIfResult }) {
  const { windows: t, columns } = useTexts(whatIf);
  const { figures: w } = useTexts(words);
  const format = useFormat();
  const rows = compareWindows(result.rows);
  const unknown = unknownHours(
    rows.map(({ row }) => row),
    result.assumed.hours,
  );
  const cell =
    (figure: Figure, show: (value: number | null) => string, points: (value: number) => string) =>
    ({ row, first }: Compared): ReactNode => {
      const [now, before] = [row[figure], first?.[figure] ?? null];
      if (now === null || before === null) return show(now);
      const gone = now - before;
      return (
        <>
          {show(now)} <span className="muted small">({`${gone < 0 ? '−' : '+'}${points(Math.abs(gone))}`})</span>
        </>
      );
    };
  const share = (figure: Figure, digits = 1) =>
    cell(
      figure,
      (value) => format.percent(value, digits),
      (points) => format.percent(points, digits).replace(/\s?%/, ''),
    );
  const count = (figure: Figure) => cell(figure, format.number, format.number);
  return (
    <>
      <Best rows={rows.map(({ row }) => row)} />
      <p className="muted small">
        {result.assumed.hours.length === 0 ? t.notByHour : t.byHour}
        {unknown.length === 0 ? '' : ` ${t.unknown(unknown.map((hour) => `${hour}:00`).join(', '))}`}
      </p>
      <DataTable
        rows={rows}
        rowKey={({ row }) => `${hoursOf(row)} ${row.agents}`}
        columns={[
          { title: t.hours, head: true, nowrap: true, cell: ({ row }) => hoursOf(row) },
          { title: columns.agents, num: true, cell: ({ row }) => format.number(row.agents) },
          { title: t.assumed, num: true, cell: ({ row }) => format.percent(row.assumedAnswerRate) },
          { title: t.reached, num: true, cell: share('answeredRate') },
          { title: w.talkUtilization, num: true, cell: share('talkUtilization') },
          { title: w.occupancy, num: true, cell: share('occupancy') },
          { title: columns.abandon, num: true, cell: share('abandonRate', 2) },
          { title: columns.perAgent, num: true, cell: count('conversationsPerAgentHour') },
          { title: columns.attempts, num: true, cell: ({ row }) => format.number(Math.round(row.attemptsPerHour)) },
          {
            title: columns.inside,
            cell: ({ row }) =>
              row.insideBand ? <Badge tone="ok">{w.inBand}</Badge> : <span className="muted">{columns.outside}</span>,
          },
        ]}
      />
    </>
  );
}

/** One sentence for each number of agents. */
function Best({ rows }: { rows: WindowRow[] }) {
  const t = useTexts(whatIf).windows;
  const format = useFormat();
  const teams = [...new Set(rows.map(({ agents }) => agents))];
  return (
    <div className="note tone-info" role="status">
      {teams.map((agents) => {
        const best = bestWindow(rows.filter((row) => row.agents === agents));
        return (
          <p key={agents}>
            {best === null
              ? t.alike(format.number(agents))
              : t.best(format.number(agents), hoursOf(best), format.number(best.conversationsPerAgentHour))}
          </p>
        );
      })}
    </div>
  );
}

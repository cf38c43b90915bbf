import type { ReactNode } from 'react';
import type { FigureName } from '../../../contract/calls-behind.ts';
import type { WeekFigures } from '../../../contract/summaries.ts';
import type { Format } from '../../i18n/format.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { Opens } from '../../shared/behind/opens.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Icon } from '../../shared/icons.tsx';

type Row = {
  label: string;
  note?: ReactNode;
  now: number | null;
  before: number | null;
  share: boolean;
  range?: string;
  figure?: FigureName;
};

function changeText({ now, before, share }: Row, format: Format, points: (value: string) => string): string {
  if (now === null || before === null) return '';
  const sign = now > before ? '+' : now < before ? '−' : '±';
  if (share) return `${sign}${points((Math.abs(now - before) * 100).toFixed(1))}`;
  if (before === 0) return '';
  return `${sign}${format.percent(Math.abs(now - before) / before)}`;
}

/** The week beside the week before. Rates show their terms and, where they are estimates, their interval. */
export function WeekTable({ figures, before }: { figures: WeekFigures; before: WeekFigures | null }) {
  const t = useTexts(results).summaries;
  const w = useTexts(words).figures;
  const format = useFormat();
  const count = (label: string, figure: FigureName, of: (week: WeekFigures) => number): Row => ({
    label,
    figure,
    now: of(figures),
    before: before ? of(before) : null,
    share: false,
  });
  /** The terms of a rate that are a figure of their own open; the sum of two has none. */
  const rate = (
    label: string,
    [above, below]: readonly [FigureName, FigureName | null],
    of: (week: WeekFigures) => WeekFigures['connectRate'],
    estimate = false,
  ): Row => {
    const { value, numerator, denominator, low, high } = of(figures);
    const term = (figure: FigureName | null, terms: number) =>
      figure === null ? (
        format.number(terms)
      ) : (
        <Opens figure={figure} count={terms}>
          {format.number(terms)}
        </Opens>
      );
    return {
      label,
      note: (
        <>
          {term(above, numerator)} ÷ {term(below, denominator)}
        </>
      ),
      now: value,
      before: before ? of(before).value : null,
      share: true,
      ...(estimate && low !== null && high !== null
        ? { range: `${format.percent(low)} – ${format.percent(high)}` }
        : {}),
    };
  };
  const rows: Row[] = [
    count(w.attempts, 'attempts', (week) => week.attempts),
    count(w.answered, 'answered', (week) => week.answered),
    count(w.conversations, 'conversations', (week) => week.conversations),
    rate(w.connectRate, ['conversations', 'attempts'], (week) => week.connectRate),
    rate(w.abandonRate, ['abandoned', null], (week) => week.abandonRate),
    {
      label: w.talkUtilization,
      note: w.talkTerms,
      now: figures.talkUtilization,
      before: before?.talkUtilization ?? null,
      share: true,
    },
    count(w.sales, 'sales', (week) => week.sales),
    count(w.inspected, 'inspected-sales', (week) => week.inspected),
    count(w.validSales, 'valid-sales', (week) => week.validSales),
    rate(w.effectiveRate, ['qualified-sales', 'inspected-sales'], (week) => week.effectiveRate, true),
    count(w.optOuts, 'opt-outs', (week) => week.optOuts),
    count(w.complaints, 'complaints', (week) => week.complaints.opened),
  ];
  const show = ({ share }: Row, value: number | null) => (share ? format.percent(value) : format.number(value));
  return (
    <DataTable
      rows={rows}
      rowKey={(row) => row.label}
      columns={[
        {
          title: t.figure,
          head: true,
          cell: (row) => (
            <>
              {row.label} {row.note ? <span className="muted small regular">{row.note}</span> : null}
            </>
          ),
        },
        {
          title: t.thisWeek,
          num: true,
          cell: (row) => (
            <>
              <span className="strong">
                {row.figure ? (
                  <Opens figure={row.figure} count={row.now}>
                    {show(row, row.now)}
                  </Opens>
                ) : (
                  show(row, row.now)
                )}
              </span>
              {row.range ? <div className="muted small">{row.range}</div> : null}
            </>
          ),
        },
        { title: t.weekBefore, num: true, cell: (row) => (before ? show(row, row.before) : t.firstWeek) },
        {
          title: t.change,
          num: true,
          cell: (row) =>
            row.now === null || row.before === null || row.now === row.before ? (
              ''
            ) : (
              <span className="nowrap">
                <Icon name={row.now > row.before ? 'up' : 'down'} size={14} /> {changeText(row, format, t.points)}
              </span>
            ),
        },
      ]}
    />
  );
}

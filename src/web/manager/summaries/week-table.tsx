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
  /** The terms of a rate; they open. */
  note?: ReactNode;
  noteBefore?: ReactNode;
  now: number | null;
  before: number | null;
  share: boolean;
  range?: string;
  figure?: FigureName;
};

/** Which way it went, as far as can be seen: rates that read alike are alike. */
function directionOf({ now, before, share }: Row): number {
  if (now === null || before === null) return 0;
  return share ? Math.sign(Number(((now - before) * 100).toFixed(1))) : Math.sign(now - before);
}

function changeText({ now, before, share }: Row, format: Format, points: (value: string) => string): string {
  if (now === null || before === null) return '';
  const sign = now > before ? '+' : '−';
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
  const open = (figure: FigureName, value: number, text: string, week: 'this' | 'before' = 'this') => (
    <Opens figure={figure} count={value} week={week}>
      {text}
    </Opens>
  );
  const terms = (
    [above, below]: readonly [FigureName, FigureName],
    of: (week: WeekFigures) => readonly [number, number],
    text: (value: number) => string,
  ): Pick<Row, 'note' | 'noteBefore'> => {
    const both = (week: WeekFigures, which: 'this' | 'before') => {
      const [numerator, denominator] = of(week);
      return (
        <span className="week-terms">
          {open(above, numerator, text(numerator), which)} ÷ {open(below, denominator, text(denominator), which)}
        </span>
      );
    };
    return { note: both(figures, 'this'), ...(before ? { noteBefore: both(before, 'before') } : {}) };
  };
  const rate = (
    label: string,
    figuresOf: readonly [FigureName, FigureName],
    of: (week: WeekFigures) => WeekFigures['connectRate'],
    estimate = false,
  ): Row => {
    const { value, low, high } = of(figures);
    return {
      label,
      ...terms(figuresOf, (week) => [of(week).numerator, of(week).denominator], format.number),
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
    rate(w.abandonRate, ['abandoned', 'connected-or-abandoned'], (week) => week.abandonRate),
    {
      label: w.talkUtilization,
      ...terms(['talk-time', 'signed-in-time'], (week) => [week.talkMs, week.signedInMs], format.hours),
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
      beside={3}
      rows={rows}
      // By its place: the label changes with the language, and what is open in a row stays open.
      rowKey={(row) => String(rows.indexOf(row))}
      columns={[
        {
          title: t.figure,
          head: true,
          cell: (row) => row.label,
        },
        {
          title: t.thisWeek,
          num: true,
          cell: (row) => (
            <>
              <span className="strong">
                {row.figure ? open(row.figure, row.now ?? 0, show(row, row.now)) : show(row, row.now)}
              </span>
              {row.range ? <div className="muted small">{row.range}</div> : null}
              {row.note ? <div className="muted small">{row.note}</div> : null}
            </>
          ),
        },
        {
          title: t.weekBefore,
          num: true,
          cell: (row) =>
            before === null ? (
              t.firstWeek
            ) : row.figure ? (
              open(row.figure, row.before ?? 0, show(row, row.before), 'before')
            ) : (
              <>
                {show(row, row.before)}
                {row.noteBefore ? <div className="muted small">{row.noteBefore}</div> : null}
              </>
            ),
        },
        {
          title: t.change,
          num: true,
          cell: (row) =>
            row.now === null || row.before === null ? (
              ''
            ) : directionOf(row) === 0 ? (
              <span className="muted">{t.noChange}</span>
            ) : (
              <span className="nowrap">
                <Icon name={directionOf(row) > 0 ? 'up' : 'down'} size={14} /> {changeText(row, format, t.points)}
              </span>
            ),
        },
      ]}
    />
  );
}

/** What a plan lays out today and on the next days, and whom not and why. */
import type { PlanPreview } from '../../../contract/plans.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { plans } from '../../i18n/plans/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Figure } from '../../shared/page.tsx';

/** Reasons with their counts, the most frequent first. */
export function LeftOut({ counts }: { counts: Record<string, number> }) {
  const t = useTexts(plans);
  const format = useFormat();
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return <p className="muted">{t.preview.nobodyLeft}</p>;
  return (
    <DataTable
      caption={t.preview.leftOut}
      rows={rows}
      rowKey={([reason]) => reason}
      columns={[
        { title: t.preview.reason, head: true, cell: ([reason]) => word(t.reasons, reason) },
        { title: t.preview.people, num: true, cell: ([, count]) => format.number(count) },
      ]}
    />
  );
}

export function PreviewOf({ preview }: { preview: PlanPreview }) {
  const t = useTexts(plans).preview;
  const format = useFormat();
  const { laidToday, days } = preview;
  const [today] = days;
  if (today === undefined) return null;
  return (
    <div className="column" data-testid="plan-preview">
      <div className="figures small-figures">
        <Figure
          label={t.today}
          value={t.calls(format.number(laidToday + today.due))}
          {...(laidToday > 0 ? { note: t.laidToday(format.number(laidToday)) } : {})}
        />
        <Figure label={today.period === null ? t.quotaEvents : t.quota} value={format.number(today.quota)} />
        <Figure label={t.people} value={format.number(today.population)} />
      </div>
      {today.population === 0 ? <p className="note tone-warn">{t.nobody}</p> : null}
      <DataTable
        caption={t.nextDays}
        rows={days}
        rowKey={({ day }) => day}
        columns={[
          { title: t.day, head: true, cell: ({ day }) => format.day(day) },
          {
            title: t.number,
            num: true,
            cell: ({ day, open, due }) => {
              const calls = day === today.day ? laidToday + due : due;
              return open || calls > 0 ? format.number(calls) : <span className="muted">{t.closed}</span>;
            },
          },
        ]}
      />
      <LeftOut counts={today.leftOut} />
    </div>
  );
}

import type { Agreement } from '../../../contract/inspection-levels.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { IntervalBar } from '../../shared/interval-bar.tsx';
import { Figure, Panel } from '../../shared/page.tsx';

type BandName = 'poor' | 'fair' | 'moderate' | 'good' | 'excellent';

/** Altman's words for kappa (Practical Statistics for Medical Research, 1991). */
function kappaBand(kappa: number): BandName {
  if (kappa <= 0.2) return 'poor';
  if (kappa <= 0.4) return 'fair';
  if (kappa <= 0.6) return 'moderate';
  return kappa <= 0.8 ? 'good' : 'excellent';
}

const two = (value: number | null) => (value === null ? '–' : value.toFixed(2));

/** How far judges agree: in the result, and criterion by criterion. */
export function AgreementFigures({ data, title, note }: { data: Agreement; title: string; note?: string }) {
  const t = useTexts(inspector).agreement;
  const w = useTexts(words);
  const format = useFormat();
  return (
    <Panel title={title}>
      {note === undefined ? null : <p className="muted">{note}</p>}
      <div className="figures">
        <Figure label={t.pairs} value={format.number(data.pairs)} />
        <Figure label={t.percent} value={format.percent(data.percent)} />
        <Figure
          label={t.kappa}
          value={two(data.kappa)}
          {...(data.kappa === null ? {} : { note: t.bands[kappaBand(data.kappa)] })}
        />
        <Figure label={t.ac1} value={two(data.ac1)} />
        <IntervalBar rate={data.onFailures} label={t.onFailures} />
      </div>
      <p className="figure-note">{t.hint}</p>
      <DataTable
        rows={data.byCriterion}
        rowKey={({ criterion }) => criterion}
        columns={[
          { title: t.criterion, head: true, cell: (row) => word(w.criteria, row.criterion) },
          { title: t.pairs, num: true, cell: (row) => format.number(row.pairs) },
          { title: t.percent, num: true, cell: (row) => format.percent(row.percent) },
          { title: t.kappa, num: true, cell: (row) => two(row.kappa) },
          { title: t.ac1, num: true, cell: (row) => two(row.ac1) },
          {
            title: t.onFailures,
            num: true,
            cell: (row) => `${format.percent(row.onFailures, 0)} · n\u00a0=\u00a0${format.number(row.failures)}`,
          },
        ]}
      />
    </Panel>
  );
}

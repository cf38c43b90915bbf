import { Drawer } from 'antd';
import { useState } from 'react';
import type { Scorecard } from '../../../contract/scorecards.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { DataTable } from '../../shared/data-table.tsx';

/** The composite score, opened down to the measures it is the weighted mean of, and to what the rank goes by. */
export function Composite({ card }: { card: Scorecard }) {
  const t = useTexts(results).cards;
  const format = useFormat();
  const [open, setOpen] = useState(false);
  if (card.composite === null) return <>{format.number(null)}</>;
  const whole = card.compositeParts.reduce((sum, { weight }) => sum + weight, 0);
  const measured = ({ measure, value }: Scorecard['compositeParts'][number]) =>
    measure === 'validSales' || measure === 'conduct' ? format.number(value) : format.percent(value);
  return (
    <>
      <button type="button" className="link-button" title={t.scoreParts} onClick={() => setOpen(true)}>
        {format.number(card.composite)}
      </button>
      <Drawer
        title={`${card.subject.name} · ${t.scoreParts}`}
        size={Math.min(560, window.innerWidth)}
        open={open}
        onClose={() => setOpen(false)}
        destroyOnHidden
        rootClassName="no-print"
      >
        <DataTable
          rows={card.compositeParts}
          rowKey={({ measure }) => measure}
          columns={[
            { title: t.measure, head: true, cell: ({ measure }) => t.measures[measure] },
            { title: t.measured, num: true, cell: measured },
            { title: t.points, num: true, cell: ({ points }) => format.number(points) },
            { title: t.weight, num: true, cell: ({ weight }) => format.percent(weight / whole, 0) },
          ]}
        />
        {card.shrunken ? (
          <p className="figure-note">
            {t.rankedBy(
              format.percent(card.shrunken.rate),
              `${format.percent(card.shrunken.low)} – ${format.percent(card.shrunken.high)}`,
            )}
          </p>
        ) : null}
      </Drawer>
    </>
  );
}

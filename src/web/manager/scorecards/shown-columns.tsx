import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { readLocal, writeLocal } from '../../shared/local.ts';

/** A card has more figures than a screen of 1280 pixels has room for: what decides first, then the work and its quality in full. */
export const columnViews = ['main', 'work', 'quality', 'all'] as const;
export type ColumnView = (typeof columnViews)[number];

const keptAs = 'card-columns';

/** Which of the columns are shown, and the choice of them; the last choice stays. */
export function useShownColumns(): { view: ColumnView; choice: ReactNode } {
  const t = useTexts(results).cards;
  const [view, setView] = useState<ColumnView>(() => columnViews.find((one) => one === readLocal(keptAs)) ?? 'main');
  const choose = (chosen: ColumnView) => {
    writeLocal(keptAs, chosen);
    setView(chosen);
  };
  return {
    view,
    choice: (
      <Segmented
        aria-label={t.columnViews}
        data-testid="card-columns"
        value={view}
        options={columnViews.map((value) => ({ value, label: t.columnView[value] }))}
        onChange={choose}
      />
    ),
  };
}

import type { Scorecard } from '../../../contract/scorecards.ts';
import { Link } from '../../app/router.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { bandState } from '../../shared/band-meter.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { IntervalBar } from '../../shared/interval-bar.tsx';
import { Badge } from '../../shared/page.tsx';

function Utilization({ card }: { card: Scorecard }) {
  const w = useTexts(words).figures;
  const format = useFormat();
  const state = bandState(card.talkUtilization, card.band);
  return (
    <>
      {format.percent(card.talkUtilization)} {state ? <Badge tone={state.tone}>{w[state.word]}</Badge> : null}
    </>
  );
}

export function CardTable({ cards, linked }: { cards: Scorecard[]; linked: boolean }) {
  const t = useTexts(results).cards;
  const w = useTexts(words).figures;
  const format = useFormat();
  return (
    <DataTable
      rows={cards}
      rowKey={(card) => `${card.subject.id} ${card.from}`}
      columns={[
        { title: t.rank, num: true, cell: (card) => format.number(card.rank) },
        {
          title: t.subject,
          head: true,
          cell: (card) =>
            linked ? <Link to={`/scorecards/${card.subject.id}`}>{card.subject.name}</Link> : card.subject.name,
        },
        { title: t.composite, num: true, cell: (card) => format.number(card.composite) },
        { title: w.effectiveRate, cell: (card) => <IntervalBar rate={card.effectiveRate} compact /> },
        { title: w.talkUtilization, cell: (card) => <Utilization card={card} /> },
        { title: w.conversations, num: true, cell: (card) => format.number(card.conversations) },
        {
          title: t.validOfSales,
          num: true,
          cell: (card) => `${format.number(card.validSales)} / ${format.number(card.sales)}`,
        },
        {
          title: t.unqualified,
          num: true,
          cell: (card) =>
            format.number(Object.values(card.unqualifiedByCriterion).reduce((sum, count) => sum + count, 0)),
        },
        { title: t.selfCheck, num: true, cell: (card) => format.percent(card.selfCheckAccuracy.value, 0) },
        { title: w.complaints, num: true, cell: (card) => format.number(card.complaints) },
      ]}
    />
  );
}

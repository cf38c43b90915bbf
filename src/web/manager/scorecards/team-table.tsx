import type { Scorecard } from '../../../contract/scorecards.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { CardFigure, type CardSubject } from './card-table.tsx';

/** What a team, or a manager for the whole centre, answers for: workload, invalid sales, complaints and the client. Rates show their terms. */
export function TeamTable({ cards, subject }: { cards: Scorecard[]; subject: CardSubject }) {
  const t = useTexts(results).cards;
  const w = useTexts(words).figures;
  const format = useFormat();
  const terms = (rate: Scorecard['effectiveRate'] | undefined) =>
    rate === undefined ? (
      ''
    ) : (
      <>
        {format.percent(rate.value)}{' '}
        <span className="muted small nowrap">
          {format.number(rate.numerator)} ÷ {format.number(rate.denominator)}
        </span>
      </>
    );
  const hours = (value: number | null | undefined) => (value == null ? '–' : t.hours(format.number(value)));
  return (
    <DataTable
      rows={cards}
      rowKey={(card) => card.subject.id}
      columns={[
        { title: t.subject, head: true, cell: (card) => card.subject.name },
        {
          title: w.attempts,
          num: true,
          cell: (card) => <CardFigure {...{ card, subject }} figure="attempts" count={card.attempts} />,
        },
        {
          title: w.conversations,
          num: true,
          cell: (card) => <CardFigure {...{ card, subject }} figure="conversations" count={card.conversations} />,
        },
        { title: w.talkTime, num: true, cell: (card) => hours(card.talkMs / 3_600_000) },
        { title: t.invalidRate, num: true, cell: (card) => terms(card.team?.invalidRate) },
        {
          title: t.perThousand,
          num: true,
          cell: (card) => format.number(card.team?.complaintsPerThousandConversations ?? null),
        },
        {
          title: t.handling,
          num: true,
          cell: (card) => `${hours(card.team?.handlingHours.median)} / ${hours(card.team?.handlingHours.longest)}`,
        },
        { title: t.clientAnswered, num: true, cell: (card) => terms(card.team?.clientAnsweredInTime) },
        { title: t.completion, num: true, cell: (card) => terms(card.team?.completion) },
        { title: t.satisfaction, num: true, cell: (card) => terms(card.team?.satisfaction) },
        { title: t.resolution, num: true, cell: (card) => terms(card.team?.resolution) },
        { title: t.attendance, num: true, cell: (card) => terms(card.attendance) },
      ]}
    />
  );
}

import type { FigureName } from '../../../contract/calls-behind.ts';
import type { Scorecard } from '../../../contract/scorecards.ts';
import { Link } from '../../app/router.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { bandState } from '../../shared/band-meter.tsx';
import { Opens } from '../../shared/behind/opens.tsx';
import { BehindSource, cardSource } from '../../shared/behind/source.ts';
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

export type CardSubject = 'agent' | 'team' | 'centre';

/** A figure of one card that opens down to its calls. */
export function CardFigure(props: {
  card: Scorecard;
  subject: CardSubject;
  figure: FigureName;
  detail?: string;
  count: number;
  text?: string;
}) {
  const format = useFormat();
  const { card, subject, figure, detail, count } = props;
  return (
    <BehindSource value={cardSource(card, subject)}>
      <Opens figure={figure} {...(detail === undefined ? {} : { detail })} count={count}>
        {props.text ?? format.number(count)}
      </Opens>
    </BehindSource>
  );
}

export function CardTable({
  cards,
  linked,
  subject = 'agent',
}: {
  cards: Scorecard[];
  linked: boolean;
  subject?: CardSubject;
}) {
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
        {
          title: w.conversations,
          num: true,
          cell: (card) => <CardFigure {...{ card, subject }} figure="conversations" count={card.conversations} />,
        },
        {
          title: t.validOfSales,
          num: true,
          cell: (card) => (
            <>
              <CardFigure {...{ card, subject }} figure="valid-sales" count={card.validSales} /> /{' '}
              <CardFigure {...{ card, subject }} figure="sales" count={card.sales} />
            </>
          ),
        },
        {
          title: t.unqualified,
          num: true,
          cell: (card) => (
            <>
              <CardFigure {...{ card, subject }} figure="unqualified" count={card.unqualified} /> /{' '}
              <CardFigure {...{ card, subject }} figure="inspected" count={card.inspected} />
            </>
          ),
        },
        {
          title: t.selfCheck,
          num: true,
          cell: (card) => (
            <CardFigure
              {...{ card, subject }}
              figure="self-checked"
              count={card.selfCheckAccuracy.denominator}
              text={format.percent(card.selfCheckAccuracy.value, 0)}
            />
          ),
        },
        {
          title: w.complaints,
          num: true,
          cell: (card) => <CardFigure {...{ card, subject }} figure="complaints" count={card.complaints} />,
        },
      ]}
    />
  );
}

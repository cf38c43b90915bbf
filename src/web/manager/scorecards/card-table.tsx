import type { FigureName } from '../../../contract/calls-behind.ts';
import type { Scorecard } from '../../../contract/scorecards.ts';
import { Link } from '../../app/router.tsx';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { bandState } from '../../shared/band-meter.tsx';
import { type DataColumn, DataTable } from '../../shared/data-table.tsx';
import { IntervalBar } from '../../shared/interval-bar.tsx';
import { Badge } from '../../shared/page.tsx';
import { CardFigure, CardShare, type CardSubject, type Terms } from './card-figure.tsx';
import { Composite } from './composite.tsx';
import { type ColumnView, useShownColumns } from './shown-columns.tsx';
import { useTeamColumns } from './team-columns.tsx';

/** `of`: the choices of columns that it is among; without, it is in all of them. Teams and centres are sheets of everything. */
type Column = DataColumn<Scorecard> & { of?: readonly ColumnView[] };

/** Every field of a card, for each subject a row, or a sheet where it is no person. Rates show their terms, and what is estimated its interval. */
export function CardTable({
  cards,
  linked,
  byPeriod = false,
  subject = 'agent',
}: {
  cards: Scorecard[];
  linked: boolean;
  /** Of one person over time: the rows are named by their periods. */
  byPeriod?: boolean;
  subject?: CardSubject;
}) {
  const t = useTexts(results).cards;
  const { figures: w, criteria } = useTexts(words);
  const format = useFormat();
  const share = (
    card: Scorecard,
    of: Terms,
    rate: { value: number | null; numerator: number; denominator: number },
  ) => <CardShare {...{ card, subject, of }} value={rate.value} terms={[rate.numerator, rate.denominator]} />;
  const opens = (title: string, figure: FigureName, of: (card: Scorecard) => number) => ({
    title,
    num: true,
    cell: (card: Scorecard) => <CardFigure {...{ card, subject, figure }} count={of(card)} />,
  });
  const ofTeams = useTeamColumns(subject);
  const ofPeople = subject === 'agent';
  const { view, choice } = useShownColumns();
  const columns: Column[] = [
    ...(ofPeople && !byPeriod
      ? [{ title: t.rank, num: true, cell: (card: Scorecard) => format.number(card.rank) }]
      : []),
    {
      title: byPeriod ? t.period : t.subject,
      head: true,
      cell: (card) =>
        linked ? (
          <Link to={`/scorecards/${card.subject.id}`}>{card.subject.name}</Link>
        ) : (
          <span className="nowrap">{card.subject.name}</span>
        ),
    },
    { title: t.composite, num: true, cell: (card) => <Composite card={card} /> },
    {
      title: w.effectiveRate,
      of: ['main', 'quality'],
      cell: (card) => (
        <>
          <IntervalBar rate={card.effectiveRate} compact />
          <div className="muted small nowrap">
            <CardFigure {...{ card, subject }} figure="qualified-sales" count={card.effectiveRate.numerator} /> ÷{' '}
            <CardFigure {...{ card, subject }} figure="inspected-sales" count={card.effectiveRate.denominator} />
          </div>
        </>
      ),
    },
    {
      title: w.talkUtilization,
      of: ['main', 'work'],
      cell: (card) => {
        const state = bandState(card.talkUtilization, card.band);
        const times: Terms = ['talk-time', 'signed-in-time'];
        return (
          <>
            <CardShare
              {...{ card, subject }}
              value={card.talkUtilization}
              of={times}
              terms={[card.talkMs, card.signedInMs]}
              text={format.hours}
            />
            {state ? <Badge tone={state.tone}>{w[state.word]}</Badge> : null}
          </>
        );
      },
    },
    { ...opens(w.attempts, 'attempts', ({ attempts }) => attempts), of: ['work'] },
    { ...opens(w.conversations, 'conversations', ({ conversations }) => conversations), of: ['work'] },
    {
      title: t.validOfSales,
      of: ['main', 'work'],
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
      of: ['main', 'quality'],
      num: true,
      cell: (card) => (
        <>
          <CardFigure {...{ card, subject }} figure="unqualified" count={card.unqualified} /> /{' '}
          <CardFigure {...{ card, subject }} figure="inspected" count={card.inspected} />
          {Object.entries(card.unqualifiedByCriterion)
            .filter(([, failed]) => failed > 0)
            .map(([detail, failed]) => (
              <div key={detail} className="muted small">
                {format.named(word(criteria, detail), '')}
                <CardFigure {...{ card, subject, detail }} figure="unqualified" count={failed} />
              </div>
            ))}
        </>
      ),
    },
    {
      title: t.complaintRate,
      of: ['main', 'quality'],
      num: true,
      cell: (card) => share(card, ['complaints', 'conversations'], card.complaintRate),
    },
    {
      title: t.selfCheck,
      of: ['quality'],
      num: true,
      cell: (card) => share(card, ['self-check-agreed', 'self-checked'], card.selfCheckAccuracy),
    },
    {
      title: t.questions,
      of: ['work'],
      num: true,
      cell: (card) => (
        <>
          {share(card, ['questions-in-time', 'questions-answered'], card.questionsInTime)}
          <div className="muted small nowrap">
            <CardFigure {...{ card, subject }} figure="questions-handed-over" count={card.questionsHandedOver} />{' '}
            {t.handedOver}
          </div>
        </>
      ),
    },
    {
      title: t.attendance,
      of: ['work'],
      num: true,
      cell: (card) => share(card, ['days-attended', 'working-days'], card.attendance),
    },
    {
      title: t.conduct,
      of: ['quality'],
      num: true,
      cell: (card) => (
        <CardFigure
          {...{ card, subject }}
          figure="patrols"
          count={card.conductMarks === null ? 0 : 1}
          text={format.number(card.conductMarks)}
        />
      ),
    },
    ...(ofPeople ? [] : ofTeams),
  ];
  return (
    <>
      {ofPeople ? choice : null}
      <DataTable
        beside={2}
        first={4}
        sheets={!ofPeople}
        rows={cards}
        rowKey={(card) => `${card.subject.id} ${card.from}`}
        columns={
          ofPeople && view !== 'all' ? columns.filter(({ of }) => of === undefined || of.includes(view)) : columns
        }
      />
    </>
  );
}

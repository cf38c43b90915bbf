import type { FigureName } from '../../../contract/calls-behind.ts';
import type { Scorecard } from '../../../contract/scorecards.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import type { DataColumn } from '../../shared/data-table.tsx';
import { CardFigure, CardShare, type CardSubject } from './card-figure.tsx';

/** What a team, or a manager for the whole centre, answers for besides its people: invalid sales, complaints and the client. Rates show their terms. */
export function useTeamColumns(subject: CardSubject): DataColumn<Scorecard>[] {
  const t = useTexts(results).cards;
  const format = useFormat();
  const terms = (
    card: Scorecard,
    of: readonly [FigureName, FigureName],
    rate: Scorecard['effectiveRate'] | undefined,
  ) =>
    rate === undefined ? (
      ''
    ) : (
      <CardShare {...{ card, subject, of }} value={rate.value} terms={[rate.numerator, rate.denominator]} />
    );
  const hours = (value: number | null | undefined) => (value == null ? '–' : t.hours(format.number(value)));
  return [
    {
      title: t.invalidRate,
      num: true,
      cell: (card) => terms(card, ['void-sales', 'sales'], card.team?.invalidRate),
    },
    {
      title: t.perThousand,
      num: true,
      cell: (card) => (
        <CardFigure
          {...{ card, subject }}
          figure="complaints"
          count={card.complaints}
          text={format.number(card.team?.complaintsPerThousandConversations ?? null)}
        />
      ),
    },
    {
      title: t.handling,
      num: true,
      cell: (card) => (
        <CardFigure
          {...{ card, subject }}
          figure="complaints-handled"
          count={card.team?.handlingHours.count ?? 0}
          text={`${hours(card.team?.handlingHours.median)} / ${hours(card.team?.handlingHours.longest)}`}
        />
      ),
    },
    {
      title: t.clientAnswered,
      num: true,
      cell: (card) => terms(card, ['client-remarks-in-time', 'client-remarks'], card.team?.clientAnsweredInTime),
    },
    {
      title: t.completion,
      num: true,
      cell: (card) => terms(card, ['return-calls-done', 'return-calls'], card.team?.completion),
    },
    {
      title: t.satisfaction,
      num: true,
      cell: (card) => (
        <>
          {terms(card, ['return-calls-content', 'return-calls-done'], card.team?.satisfaction)}
          <div className="muted small nowrap">
            <CardFigure {...{ card, subject }} figure="return-calls-satisfied" count={card.team?.satisfied ?? 0} />{' '}
            {t.satisfied} +{' '}
            <CardFigure
              {...{ card, subject }}
              figure="return-calls-fairly-satisfied"
              count={card.team?.fairlySatisfied ?? 0}
            />{' '}
            {t.fairlySatisfied}
          </div>
        </>
      ),
    },
    {
      title: t.resolution,
      num: true,
      cell: (card) => terms(card, ['cases-solved', 'cases-reported'], card.team?.resolution),
    },
    {
      title: t.recordAccuracy,
      num: true,
      cell: (card) => terms(card, ['records-accurate', 'records-checked'], card.team?.recordAccuracy),
    },
  ];
}

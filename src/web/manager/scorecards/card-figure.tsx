import type { FigureName } from '../../../contract/calls-behind.ts';
import type { Scorecard } from '../../../contract/scorecards.ts';
import { useFormat } from '../../i18n/locale.tsx';
import { Opens } from '../../shared/behind/opens.tsx';
import { BehindSource, cardSource } from '../../shared/behind/source.ts';

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

export type Terms = readonly [FigureName, FigureName];

/** A share with its terms under it, each of which opens. */
export function CardShare(props: {
  card: Scorecard;
  subject: CardSubject;
  value: number | null;
  of: Terms;
  terms: readonly [number, number];
  text?: (value: number) => string;
}) {
  const format = useFormat();
  const { card, subject, value, of, terms, text = format.number } = props;
  return (
    <>
      {format.percent(value)}
      <div className="muted small nowrap">
        <CardFigure {...{ card, subject }} figure={of[0]} count={terms[0]} text={text(terms[0])} /> ÷{' '}
        <CardFigure {...{ card, subject }} figure={of[1]} count={terms[1]} text={text(terms[1])} />
      </div>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { offers } from '../i18n/offers/index.ts';
import { exceptionsQuery } from '../manager/exceptions/queries.ts';
import { Badge } from '../shared/page.tsx';

/** The reminder on every page of whoever decides: how many requests for offers wait for them. */
export function ExceptionsMark() {
  const t = useTexts(offers).exceptions;
  const format = useFormat();
  const { data } = useQuery(exceptionsQuery);
  const waiting = (data?.items ?? []).filter(({ state, mine }) => state === 'asked' && mine);
  if (waiting.length === 0) return null;
  return (
    <span data-testid="exceptions-mark">
      <Badge tone={waiting.some(({ overdue, escalated }) => overdue || escalated) ? 'bad' : 'warn'}>
        {t.waiting(format.number(waiting.length))}
      </Badge>
    </span>
  );
}

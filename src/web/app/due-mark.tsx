import { useQuery } from '@tanstack/react-query';
import { queueQuery } from '../inspector/judge/inspection-queries.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { shell } from '../i18n/shell/index.ts';
import { Badge } from '../shared/page.tsx';

/** The reminder that reaches a judge on whatever page they are: how many of their own inspections are nearly or already late. */
export function DueMark() {
  const t = useTexts(shell);
  const format = useFormat();
  const own = useQuery(queueQuery('deadline', true));
  const due = (own.data?.items ?? []).filter(({ reminded, state }) => reminded || state === 'expired').length;
  return due === 0 ? null : (
    <span data-testid="due-mark">
      <Badge tone="warn">{t.due(format.number(due))}</Badge>
    </span>
  );
}

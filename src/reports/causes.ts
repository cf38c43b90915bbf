/** The table of causes as a sheet. Causes, criteria and reasons stand by their codes: what reads such files counts by them. */
import type { CauseTable } from '../contract/causes.ts';
import type { Locale } from '../contract/common.ts';
import { wordsOf } from './campaign-week/words.ts';
import type { Cell, Sheet } from './report.ts';

export function causesSheet({ periods, rows }: CauseTable, locale: Locale): Sheet {
  const t = wordsOf(locale);
  const ids = (of: (string | null)[]): string => of.filter((id) => id !== null).join(' ');
  return {
    title: t('causes'),
    rows: [
      [
        ...[t('source'), t('cause'), t('reason'), t('part')],
        ...periods.map(({ from, to }) => `${from} – ${to}`),
        ...[t('total'), t('cases'), t('inspections')],
      ],
      ...rows.map(({ source, cause, reason, part, counts, total, examples }): Cell[] => [
        ...[source, cause, reason, part ?? ''],
        ...[...counts, total],
        ids(examples.map(({ caseId }) => caseId)),
        ids(examples.map(({ inspectionId }) => inspectionId)),
      ]),
    ],
  };
}

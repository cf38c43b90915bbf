import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { QueryView } from '../../shared/states.tsx';

/** What an unqualified result rests on: the failed criteria, why, and where it is heard. Whoever answers to it must know. */
export function WhatWasFound({ inspectionId }: { inspectionId: string }) {
  const w = useTexts(words).criteria;
  const { locale } = useLocale();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['own-inspections', inspectionId],
    queryFn: ({ signal }) => api('GET /api/inspections/:id', { params: { id: inspectionId }, signal }),
  });
  return (
    <QueryView query={query}>
      {({ register, formContent }) => {
        // The last judgement counts: a correction is an entry of its own.
        const judged = register.findLast(({ answers }) => answers.length > 0);
        const failed = (judged?.answers ?? []).filter(({ verdict }) => verdict === 'fail');
        return (
          <div className="small">
            {failed.map(({ criterion, reason, atSecond, note }) => {
              const asked = formContent.criteria.find(({ code }) => code === criterion);
              const why = asked?.reasons.find(({ code }) => code === reason)?.text[locale] ?? '';
              const second = atSecond === null ? '' : format.clock(atSecond * 1000);
              return (
                <div key={criterion}>
                  {[asked?.title[locale] ?? word(w, criterion), why, second, note]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </div>
              );
            })}
          </div>
        );
      }}
    </QueryView>
  );
}

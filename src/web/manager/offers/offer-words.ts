/** An offer's rules in a few words, and where it stands today. */
import type { OfferTerms } from '../../../contract/offers.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { offers } from '../../i18n/offers/index.ts';

export type Standing = 'coming' | 'offered' | 'over' | 'withdrawn';

export function standingOf(
  offer: { state: string; terms: Pick<OfferTerms, 'from' | 'until'> },
  today: string,
): Standing {
  const { state, terms } = offer;
  if (state === 'withdrawn') return 'withdrawn';
  if (today < terms.from) return 'coming';
  return terms.until !== null && today > terms.until ? 'over' : 'offered';
}

export function useOfferWords(teams: readonly { id: string; name: string }[]) {
  const t = useTexts(offers);
  const w = t.inWords;
  const format = useFormat();
  return {
    holds: ({ from, until }: Pick<OfferTerms, 'from' | 'until'>) =>
      until === null ? t.from(format.days(from, from)) : format.days(from, until),
    who({ mayUse, customers }: OfferTerms): string[] {
      const named = teams.filter(({ id }) => mayUse.teamIds.includes(id)).map(({ name }) => name);
      const level = mayUse.levels.length === 2 ? [] : [mayUse.levels[0] === 'normal' ? w.normalOnly : w.tightenedOnly];
      return [
        mayUse.agents ? w.agents : w.request,
        ...(mayUse.agents && named.length > 0 ? [w.teams(format.list(named))] : []),
        ...(mayUse.agents ? level : []),
        ...(customers === null ? [] : [w.customers(customers.column, format.list(customers.values))]),
      ];
    },
    limit: ({ limit }: OfferTerms) =>
      limit === null ? w.noLimit : w.limit[limit.of][limit.per](format.number(limit.count)),
    exceptions: ({ exceptions }: OfferTerms) =>
      exceptions === null
        ? w.noExceptions
        : w.exceptions(
            exceptions.approvers.map((who) => t.approvers[who]).join(w.next),
            format.number(exceptions.withinHours),
          ),
  };
}

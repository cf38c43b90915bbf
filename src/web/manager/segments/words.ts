/** Rules and types in words. */
import type { SegmentCondition, SegmentType } from '../../../contract/segments.ts';
import { useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';

/** Hundredths as an amount. */
export const amountOf = (hundredths: number): number => hundredths / 100;

/** A type's name in the reader's language, else in the one there is. */
export function useTypeName(): (type: Pick<SegmentType, 'name'> | undefined, otherwise: string) => string {
  const { locale } = useLocale();
  const other = locale === 'en' ? 'zh' : 'en';
  return (type, otherwise) => type?.name[locale] || type?.name[other] || otherwise;
}

export function useRuleWords(): (type: SegmentType) => string {
  const t = useTexts(segments);
  const format = useFormat();
  const { said } = t;
  const amount = (hundredths: number) => format.exact(amountOf(hundredths));
  const one = (condition: SegmentCondition): string => {
    switch (condition.kind) {
      case 'bill': {
        const what = said.compared(t.comparisons[condition.is], amount(condition.amount));
        return said.bill[condition.of](format.number(condition.months), what);
      }
      case 'bill-between': {
        const what = said.between(amount(condition.from), amount(condition.to));
        return said.bill[condition.of](format.number(condition.months), what);
      }
      case 'bill-change':
        return said[condition.is](format.number(condition.factor), format.number(condition.months));
      case 'status':
        return said[condition.is](format.list(condition.states.map((state) => word(t.states, state))));
      case 'tenure':
      case 'services':
        return said[condition.kind](said.compared(t.comparisons[condition.is], format.number(condition.count)));
      case 'important-change':
        return said['important-change'](format.number(condition.months));
      case 'contract-end':
        return said['contract-end'](format.number(condition.days));
      case 'complaint-open':
        return said['complaint-open'];
    }
  };
  return ({ match, groups }) => {
    const parts = groups.map((group) => group.conditions.map(one).join(said[group.match]));
    return parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => `(${part})`).join(said[match]);
  };
}

/** Codes of a week in the words that its page has for them. */
import type { Locale } from '../../contract/common.ts';
import type { SummaryContent } from '../../contract/summaries.ts';
import { en as enResults } from '../../web/i18n/results/en.ts';
import { zh as zhResults } from '../../web/i18n/results/zh.ts';
import { en as enWords } from '../../web/i18n/words/en.ts';
import { zh as zhWords } from '../../web/i18n/words/zh.ts';

const results = { en: enResults, zh: zhResults } satisfies Record<Locale, unknown>;
const codes = { en: enWords, zh: zhWords } satisfies Record<Locale, unknown>;

type Problem = SummaryContent['problems'][number];
const of = (group: Record<string, string>, code: string): string => group[code] ?? code;

export function saidIn(locale: Locale) {
  const t = results[locale].summaries;
  const w = codes[locale];
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const problems: Record<string, (values: Record<string, string>) => string> = t.codes;
  return {
    outcome: (code: string) => of({ ...w.dispositions, ...w.outcomes }, code),
    severity: (code: Problem['severity']) => t.severity[code],
    /** Refusals carry their reason after a colon; a reason of the centre's own keeps its code. */
    topic(topic: string): string {
      const [head = '', reason] = topic.split(':');
      if (reason === undefined) return of({ ...w.dispositions, ...t.refusals, ...t.topics }, head);
      return `${of(t.topics, head)}${locale === 'zh' ? '：' : ': '}${of(t.refusals, reason)}`;
    },
    problem({ code, values }: Problem): string {
      const text = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'number' ? numbers.format(value) : name === 'criterion' ? of(w.criteria, value) : value,
        ]),
      );
      return problems[code]?.(text) ?? [code, ...Object.values(text)].join(' ');
    },
  };
}

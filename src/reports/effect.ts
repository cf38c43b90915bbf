/** The monthly summary of a campaign's effect: figures with their shares and intervals, on the page and as a file. */
import { effectChanges, effectGroups, type EffectFigures, type EffectSummary as Counted } from '../../dialer/index.ts';
import { counted, wireRate } from '../../qa/index.ts';
import type { Locale, Rate } from '../contract/common.ts';
import type { EffectRow, EffectSummary } from '../contract/effects.ts';
import { en } from '../web/i18n/effects/en.ts';
import { zh } from '../web/i18n/effects/zh.ts';
import type { Cell, Sheet } from './report.ts';

const words = { en, zh } satisfies Record<Locale, unknown>;

type About = Pick<EffectSummary, 'campaign' | 'strangers'>;

export function effectSummaryOf({ origin, missing, rules, groups }: Counted, about: About): EffectSummary {
  const rows = (parts: Counted['groups'][keyof Counted['groups']]): EffectRow[] => [
    ...parts.map(({ kind, watch, figures }) => ({ kind, watch, ...shownFigures(figures) })),
    { kind: null, watch: null, ...shownFigures(together(parts.map(({ figures }) => figures))) },
  ];
  return {
    ...about,
    ...{ origin, missing, rules },
    groups: { 'spoken-with': rows(groups['spoken-with']), 'not-called': rows(groups['not-called']) },
  };
}

function shownFigures({ customers: people, changes, bills }: EffectFigures): Omit<EffectRow, 'kind' | 'watch'> {
  const mean = (sum: number) => (bills.customers === 0 ? null : sum / bills.customers);
  return {
    ...{ customers: people, changes },
    lost: wireRate(counted(changes.lost, changes.lost + changes.stayed)),
    wonBack: wireRate(counted(changes['won-back'], changes['won-back'] + changes['stayed-out'])),
    bill: { customers: bills.customers, before: mean(bills.before), after: mean(bills.after) },
  };
}

function together(all: readonly EffectFigures[]): EffectFigures {
  const sum = (of: (figures: EffectFigures) => number) => all.reduce((total, figures) => total + of(figures), 0);
  const changes = (change: (typeof effectChanges)[number]) => sum((figures) => figures.changes[change]);
  return {
    customers: sum(({ customers: people }) => people),
    changes: {
      ...{ stayed: changes('stayed'), lost: changes('lost'), 'won-back': changes('won-back') },
      ...{ 'stayed-out': changes('stayed-out'), open: changes('open') },
      ...{ 'no-before': changes('no-before'), 'no-after': changes('no-after') },
    },
    bills: {
      customers: sum(({ bills }) => bills.customers),
      before: sum(({ bills }) => bills.before),
      after: sum(({ bills }) => bills.after),
    },
  };
}

const amount = (hundredths: number | null): Cell => (hundredths === null ? null : Math.round(hundredths) / 100);
const shares = ({ value, low, high }: Rate): Cell[] => [{ rate: value }, { rate: low }, { rate: high }];

export function effectSheet(summary: EffectSummary, locale: Locale): Sheet {
  const t = words[locale];
  const { files } = t;
  const rows = effectGroups.flatMap((group) =>
    summary.groups[group].map((row): Cell[] => [
      t.groups[group],
      row.kind === null ? t.allKinds : t.kinds[row.kind],
      row.customers,
      ...effectChanges.map((change) => row.changes[change]),
      ...shares(row.lost),
      ...shares(row.wonBack),
      row.bill.customers,
      ...[amount(row.bill.before), amount(row.bill.after)],
    ]),
  );
  return {
    title: t.title,
    rows: [
      [files.campaign, summary.campaign.name],
      [files.client, summary.campaign.clientName],
      [files.origin, summary.origin],
      [files.strangers, summary.strangers],
      [files.missing, summary.missing.join(' ')],
      [files.rules, summary.rules],
      [files.note, t.noExperiment],
      [],
      [
        ...[files.group, files.kind, files.customers],
        ...effectChanges.map((change) => t.changes[change]),
        ...[files.lost, files.low, files.high, files.wonBack, files.low, files.high],
        ...[files.billed, files.billBefore, files.billAfter],
      ],
      ...rows,
    ],
  };
}

/** The week as sheets: what XLSX shows as tabs and CSV as blocks. */
import type { Locale, Rate } from '../../contract/common.ts';
import type { SummaryContent, WeekFigures } from '../../contract/summaries.ts';
import type { Cell, Sheet } from '../report.ts';
import { saidIn } from './said.ts';
import { isWord, type Word, wordsOf } from './words.ts';

const hours = (ms: number) => Math.round(ms / 36_000) / 100;

/** Counts of the summary in the order in which they are read. */
const counts: readonly (readonly [Word, (week: WeekFigures) => Cell])[] = [
  ['attempts', (week) => week.attempts],
  ['answered', (week) => week.answered],
  ['conversations', (week) => week.conversations],
  ['abandoned', (week) => week.abandoned],
  ['talkHours', (week) => hours(week.talkMs)],
  ['signedInHours', (week) => hours(week.signedInMs)],
  ['talkUtilization', (week) => ({ rate: week.talkUtilization })],
  ['agentCount', (week) => week.agents],
  ['sales', (week) => week.sales],
  ['inspected', (week) => week.inspected],
  ['validSales', (week) => week.validSales],
  ['optOuts', (week) => week.optOuts],
  ['complaints', (week) => week.complaints.opened],
  ['validComplaints', (week) => week.complaints.valid],
  ['closedComplaints', (week) => week.complaints.closed],
  ['overdueComplaints', (week) => week.complaints.overdue],
  ['satisfied', (week) => week.complaints.answers?.satisfied ?? null],
  ['fairlySatisfied', (week) => week.complaints.answers?.fairlySatisfied ?? null],
  ['notSatisfied', (week) => week.complaints.answers?.notSatisfied ?? null],
  ['correctiveAsked', (week) => week.correctiveCalls.asked],
  ['correctiveDone', (week) => week.correctiveCalls.done],
  ['correctiveConfirmed', (week) => week.correctiveCalls.confirmed],
  ['recordingsExpected', (week) => week.recordings.expected],
  ['recordingsStored', (week) => week.recordings.stored],
];
const rates: readonly (readonly [Word, (week: WeekFigures) => Rate])[] = [
  ['connectRate', (week) => week.connectRate],
  ['abandonRate', (week) => week.abandonRate],
  ['effectiveRate', (week) => week.effectiveRate],
];

export function weekSheets(content: SummaryContent, locale: Locale): Sheet[] {
  const t = wordsOf(locale);
  const said = saidIn(locale);
  const { figures, before } = content;
  const sheet = (title: Word, head: Word[], rows: Cell[][]): Sheet => ({
    title: t(title),
    rows: [head.map(t), ...rows],
  });
  return [
    {
      title: t('summary'),
      rows: [
        [t('campaign'), content.campaign.name],
        [t('client'), content.campaign.clientName],
        [t('product'), content.campaign.productName],
        [t('span'), `${content.from} – ${content.to}`],
        [],
        [t('figure'), t('week'), t('before'), t('low'), t('high')],
        ...counts.map(([word, of]): Cell[] => [t(word), of(figures), before === null ? null : of(before)]),
        ...rates.map(([word, of]): Cell[] => {
          const { value, low, high } = of(figures);
          return [
            t(word),
            { rate: value },
            { rate: before === null ? null : of(before).value },
            { rate: low },
            { rate: high },
          ];
        }),
      ],
    },
    sheet(
      'days',
      ['day', 'attempts', 'conversations', 'sales', 'talkUtilization'],
      content.byDay.map((row) => [row.day, row.attempts, row.conversations, row.sales, { rate: row.talkUtilization }]),
    ),
    sheet(
      'agents',
      ['agent', 'conversations', 'sales', 'inspected', 'validSales', 'talkUtilization'],
      content.byAgent.map((row) => [
        row.name,
        row.conversations,
        row.sales,
        row.inspected,
        row.validSales,
        { rate: row.talkUtilization },
      ]),
    ),
    sheet(
      'outcomes',
      ['outcome', 'count'],
      [...Object.entries(figures.outcomes), ...Object.entries(figures.dispositions)].map(([code, count]) => [
        said.outcome(code),
        count,
      ]),
    ),
    sheet(
      'voice',
      ['topic', 'count', 'words'],
      content.voice.map(({ topic, count, words }) => [
        said.topic(topic),
        count,
        words.map(({ text }) => text).join(' / '),
      ]),
    ),
    sheet(
      'problems',
      ['problem', 'severity', 'cases'],
      content.problems.map((problem) => [
        said.problem(problem),
        said.severity(problem.severity),
        problem.caseIds.join(' '),
      ]),
    ),
    sheet(
      'draws',
      ['kind', 'frame', 'drawn', 'inspected'],
      content.draws.map(({ kind, frameSize, size, inspected }) => [
        isWord(kind) ? t(kind) : kind,
        frameSize,
        size,
        inspected,
      ]),
    ),
    {
      title: t('spotCheck'),
      rows: [[t('invitation')], [], [t('recording')], ...content.spotCheck.map((id): Cell[] => [id])],
    },
  ];
}

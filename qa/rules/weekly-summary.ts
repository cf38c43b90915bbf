import { FATAL_CRITERIA, type FatalCriterionId } from './form.ts';
import { counted, estimated, type Rate } from './rate.ts';

/** One inspected sale of the week, with its chance of having been drawn. */
export interface InspectedSale {
  readonly qualified: boolean;
  readonly failedFatal: readonly FatalCriterionId[];
  readonly inclusionProbability: number;
}

/** What was counted of one campaign in one week. */
export interface WeekCounts {
  readonly attempts: number;
  readonly answeredByPerson: number;
  readonly connected: number;
  readonly abandoned: number;
  readonly talkSeconds: number;
  readonly signedInSeconds: number;
  readonly sales: number;
  readonly validSales: number;
  readonly voidSales: number;
  readonly inspectedSales: readonly InspectedSale[];
  readonly complaints: {
    readonly recorded: number;
    readonly valid: number;
    readonly notValid: number;
    readonly closed: number;
    readonly closedInTime: number;
  };
  /** What customers said and what went wrong, by topic or cause, with a count and the cases behind it. */
  readonly voices: readonly Topic[];
  readonly problems: readonly Topic[];
}

export interface Topic {
  readonly topic: string;
  readonly count: number;
  readonly caseIds: readonly string[];
}

/** A rate of this week beside last week's. */
export interface ComparedRate {
  readonly thisWeek: Rate;
  readonly lastWeek: Rate;
  /** This minus last, as a share; null where one of them is no rate. */
  readonly change: number | null;
  /** The intervals do not overlap: more than chance. (Stricter than a test of the difference at 5 %.) */
  readonly notable: boolean;
}

export interface ComparedCount {
  readonly thisWeek: number;
  readonly lastWeek: number;
  readonly change: number;
  /** Change ÷ last week; null where last week had none. */
  readonly relative: number | null;
}

export interface ComparedTopic extends Topic {
  readonly lastWeek: number;
  readonly isNew: boolean;
}

export interface WeeklySummary {
  readonly attempts: ComparedCount;
  readonly connected: ComparedCount;
  readonly sales: ComparedCount;
  readonly validSales: ComparedCount;
  readonly complaints: ComparedCount;
  /** Connected ÷ attempts (接通率). */
  readonly connectRate: ComparedRate;
  /** Qualified ÷ inspected sales, weighted by chance (有效率). */
  readonly effectiveRate: ComparedRate;
  /** Sales still valid after everything ÷ sales reported. */
  readonly validOfReported: ComparedRate;
  readonly voidRate: ComparedRate;
  /** Abandoned ÷ answered by a person. */
  readonly abandonRate: ComparedRate;
  /** Talk ÷ signed-in time; shares of time have no interval. */
  readonly utilization: { readonly thisWeek: number | null; readonly lastWeek: number | null };
  readonly complaintRate: ComparedRate;
  readonly complaintsFoundValid: ComparedRate;
  readonly complaintsClosedInTime: ComparedRate;
  readonly failedBy: Readonly<Record<FatalCriterionId, ComparedRate>>;
  readonly voices: readonly ComparedTopic[];
  readonly problems: readonly ComparedTopic[];
}

/** W1: the figures of a week against the week before. A campaign's first week is compared with a week of zeros: no rates, no change. */
export function weeklySummary(thisWeek: WeekCounts, lastWeek: WeekCounts): WeeklySummary {
  const count = (of: (week: WeekCounts) => number) => compareCounts(of(thisWeek), of(lastWeek));
  const rate = (of: (week: WeekCounts) => Rate) => compareRates(of(thisWeek), of(lastWeek));
  const failed = (id: FatalCriterionId) => rate((week) => shareOf(week, ({ failedFatal }) => failedFatal.includes(id)));
  return {
    attempts: count(({ attempts }) => attempts),
    connected: count(({ connected }) => connected),
    sales: count(({ sales }) => sales),
    validSales: count(({ validSales }) => validSales),
    complaints: count(({ complaints }) => complaints.recorded),
    connectRate: rate(({ connected, attempts }) => counted(connected, attempts)),
    effectiveRate: rate((week) => shareOf(week, ({ qualified }) => qualified)),
    validOfReported: rate(({ validSales, sales }) => counted(validSales, sales)),
    voidRate: rate(({ voidSales, sales }) => counted(voidSales, sales)),
    abandonRate: rate(({ abandoned, answeredByPerson }) => counted(abandoned, answeredByPerson)),
    utilization: { thisWeek: talkShare(thisWeek), lastWeek: talkShare(lastWeek) },
    complaintRate: rate(({ complaints, connected }) => counted(complaints.recorded, connected)),
    complaintsFoundValid: rate(({ complaints: { valid, notValid } }) => counted(valid, valid + notValid)),
    complaintsClosedInTime: rate(({ complaints: { closed, closedInTime } }) => counted(closedInTime, closed)),
    failedBy: {
      'right-person': failed(FATAL_CRITERIA[0]),
      understood: failed(FATAL_CRITERIA[1]),
      'approved-script': failed(FATAL_CRITERIA[2]),
      'explicit-consent': failed(FATAL_CRITERIA[3]),
    },
    voices: compareTopics(thisWeek.voices, lastWeek.voices),
    problems: compareTopics(thisWeek.problems, lastWeek.problems),
  };
}

/** A week in which nothing happened: what a first week is compared with. */
export const EMPTY_WEEK: WeekCounts = {
  attempts: 0,
  answeredByPerson: 0,
  connected: 0,
  abandoned: 0,
  talkSeconds: 0,
  signedInSeconds: 0,
  sales: 0,
  validSales: 0,
  voidSales: 0,
  inspectedSales: [],
  complaints: { recorded: 0, valid: 0, notValid: 0, closed: 0, closedInTime: 0 },
  voices: [],
  problems: [],
};

function shareOf({ inspectedSales }: WeekCounts, having: (sale: InspectedSale) => boolean): Rate {
  return estimated(
    inspectedSales.map((sale) => ({ value: having(sale) ? 1 : 0, inclusionProbability: sale.inclusionProbability })),
  );
}

function talkShare({ talkSeconds, signedInSeconds }: WeekCounts): number | null {
  return signedInSeconds > 0 ? talkSeconds / signedInSeconds : null;
}

function compareCounts(thisWeek: number, lastWeek: number): ComparedCount {
  const change = thisWeek - lastWeek;
  return { thisWeek, lastWeek, change, relative: lastWeek === 0 ? null : change / lastWeek };
}

function compareRates(thisWeek: Rate, lastWeek: Rate): ComparedRate {
  if (thisWeek.value === null || lastWeek.value === null) return { thisWeek, lastWeek, change: null, notable: false };
  const apart = thisWeek.interval.low > lastWeek.interval.high || thisWeek.interval.high < lastWeek.interval.low;
  return { thisWeek, lastWeek, change: thisWeek.value - lastWeek.value, notable: apart };
}

function compareTopics(thisWeek: readonly Topic[], lastWeek: readonly Topic[]): ComparedTopic[] {
  const before = new Map(lastWeek.map(({ topic, count }) => [topic, count]));
  return thisWeek
    .map((topic) => ({ ...topic, lastWeek: before.get(topic.topic) ?? 0, isNew: !before.has(topic.topic) }))
    .sort((a, b) => b.count - a.count || (a.topic < b.topic ? -1 : 1));
}

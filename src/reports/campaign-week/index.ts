/** W1: a campaign's week for its client, against the week before. */
import { campaignSettings } from '../../../dialer/index.ts';
import type { CountedList, QualityApi, QualityWeek } from '../../contract/quality.ts';
import { type SummaryContent, summaryContent, type WeekFigures } from '../../contract/summaries.ts';
import { ApiError } from '../../http/errors.ts';
import { pseudonym } from '../../http/people.ts';
import type { Database } from '../../platform/database.ts';
import type { Report, Week } from '../report.ts';
import { dayOf, weekBefore } from '../week.ts';
import { byAgent, byDay } from './by.ts';
import { type CallGroup, callGroups } from './calls.ts';
import { diallerWeek } from './figures.ts';
import { problemsOf } from './problems.ts';
import { weekSheets } from './sheets.ts';
import { type TimeGroup, timeGroups } from './times.ts';
import { voiceOf } from './voice.ts';

/** The week's calls and times, each read once. */
type Grouped = { groups: readonly CallGroup[]; times: readonly TimeGroup[] };

export function campaignWeek(database: Database, quality: Pick<QualityApi, 'week'>): Report<SummaryContent> {
  const { client, pool } = database;

  const figures = async (
    campaignId: string,
    week: Week,
    { groups, times }: Grouped,
    asOf: number,
  ): Promise<{ figures: WeekFigures; quality: QualityWeek }> => {
    const [calls, judged] = await Promise.all([
      diallerWeek(pool, campaignId, week, groups, times, asOf),
      quality.week(campaignId, week.start, week.end),
    ]);
    return {
      quality: judged,
      figures: {
        ...calls,
        sales: judged.sales,
        validSales: judged.validSales,
        inspected: judged.inspected,
        effectiveRate: judged.effectiveRate,
        unqualifiedByCriterion: judged.unqualifiedByCriterion,
        correctiveCalls: judged.correctiveCalls,
        complaints: {
          ...judged.complaints,
          perTenThousandSales: judged.sales === 0 ? null : (judged.complaints.opened / judged.sales) * 10_000,
        },
      },
    };
  };

  const grouped = async (campaignId: string, week: Week, asOf: number): Promise<Grouped> => {
    const [groups, times] = await Promise.all([
      callGroups(pool, campaignId, week, asOf),
      timeGroups(pool, campaignId, week, asOf),
    ]);
    return { groups, times };
  };

  /** What was published is what the week before was, whatever came in later. */
  const figuresBefore = async (
    campaignId: string,
    week: Week,
    asOf: number,
  ): Promise<{ before: WeekFigures | null; listsBefore: CountedList[] | null }> => {
    const fromDay = new Date(`${week.from}T00:00:00Z`);
    const published = await client.weeklySummary.findUnique({
      where: { campaignId_fromDay: { campaignId, fromDay } },
    });
    if (published !== null) return { before: summaryContent.parse(published.content).figures, listsBefore: null };
    const made = await figures(campaignId, week, await grouped(campaignId, week, asOf), asOf);
    return made.figures.attempts === 0 && made.figures.sales === 0
      ? { before: null, listsBefore: null }
      : { before: made.figures, listsBefore: made.quality.lists };
  };

  return {
    name: 'campaign-week',

    async make(campaignId, week, now) {
      const campaign = await client.campaign.findUnique({
        where: { id: campaignId },
        include: { client: true, product: true, centre: true },
      });
      if (campaign === null) throw new ApiError('not-found');
      const { pacing } = campaignSettings.parse(campaign.settings);
      const all = await grouped(campaignId, week, now);
      const [made, { before, listsBefore }, days, agents, said] = await Promise.all([
        figures(campaignId, week, all, now),
        figuresBefore(campaignId, weekBefore(week), now),
        byDay(week, all.groups, all.times),
        byAgent(pool, all.groups, all.times),
        voiceOf(pool, campaignId, week, now),
      ]);
      const judged = new Map(made.quality.byAgent.map((row) => [row.agentId, row]));
      const own = problemsOf(made.figures, before, { band: pacing.band, cap: pacing.maxAbandonRate });
      const content: SummaryContent = {
        version: 1,
        campaign: {
          id: campaign.id,
          name: campaign.name,
          clientName: campaign.client.name,
          productName: campaign.product.name,
        },
        centre: { name: campaign.centre.name, timeZone: campaign.centre.timeZone },
        from: week.from,
        to: week.to,
        figures: made.figures,
        before,
        byDay: days.map((row) => ({ ...row, sales: soldOn(row.day, made.quality.salesAt, week.timeZone) })),
        byAgent: agents.map((row) => ({
          ...row,
          sales: judged.get(row.agentId)?.sales ?? 0,
          inspected: judged.get(row.agentId)?.inspected ?? 0,
          validSales: judged.get(row.agentId)?.validSales ?? 0,
        })),
        voice: said,
        problems: [...own, ...made.quality.problems],
        draws: made.quality.draws,
        spotCheck: made.quality.spotCheck,
      };
      return { content, lists: made.quality.lists, listsBefore };
    },

    forViewer(content, viewer) {
      if (viewer.role !== 'client') return content;
      return { ...content, byAgent: content.byAgent.map((row) => ({ ...row, name: pseudonym(row.agentId) })) };
    },

    sheets: weekSheets,
  };
}

/** Sales count on the day on which they were recorded, as the week's own sum does. */
function soldOn(day: string, salesAt: readonly number[], timeZone: string): number {
  const { start, end } = dayOf(day, timeZone);
  return salesAt.filter((at) => at >= start && at < end).length;
}

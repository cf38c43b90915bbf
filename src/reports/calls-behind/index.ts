/** Every figure of a published week or of a card, opened down to what it counted. */
import type { CallBehind, CardCallsQuery, FigureName, WeekCallsQuery } from '../../contract/calls-behind.ts';
import type { Page, QualityApi, Viewer } from '../../contract/quality.ts';
import { ApiError } from '../../http/errors.ts';
import { readTimeKey, timeKey } from '../../http/page.ts';
import type { Database } from '../../platform/database.ts';
import type { Week } from '../report.ts';
import { dayOf } from '../week.ts';
import { withCalls } from './calls.ts';
import { dialledCount, dialledPage, isDialled, type Ref, type Slice, type Where } from './dialled.ts';
import { keptCount, keptPage } from './kept.ts';

type Deps = { database: Database; quality: Pick<QualityApi, 'behind' | 'scorecards'>; clock: { now(): number } };

/** The summary in question. Published before things were kept: its quality's figures are read from the rows as they are. */
export type Published = { id: string; campaignId: string; publishedAt: number; thingsKept: boolean };

export function callsBehind({ database, quality, clock }: Deps) {
  const { client } = database;

  /** `page` reads, `count` is asked for with the first page only. */
  async function answer(
    viewer: Viewer,
    { limit, after }: { limit: number; after?: string | undefined },
    source: { page: (slice: Slice) => Promise<Ref[]>; count: () => Promise<number> },
  ): Promise<Page<CallBehind>> {
    const refs = await source.page({ limit: limit + 1, after: readTimeKey(after) });
    const shown = refs.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await withCalls(client, viewer, shown),
      next: refs.length > limit && last !== undefined ? timeKey(new Date(last.at), last.id) : null,
      total: after === undefined ? await source.count() : null,
    };
  }

  /** The figure as it is counted from the rows at this moment. */
  function live(figure: FigureName, detail: string | null, where: Where) {
    if (isDialled(figure))
      return {
        page: (slice: Slice) => dialledPage(client, figure, detail, where, slice),
        count: () => dialledCount(client, figure, detail, where),
      };
    const { from, to, campaignId, agentIds } = where;
    const things = quality.behind({ from, to }, { campaignId, agentIds }, figure, detail);
    return {
      page: async ({ limit, after }: Slice) => newestFirst(await things, after).slice(0, limit),
      count: async () => (await things).length,
    };
  }

  return {
    async ofWeek(viewer: Viewer, summary: Published, week: Week, query: WeekCallsQuery) {
      const { figure, day, agentId } = query;
      const span = day === undefined ? week : dayOf(day, week.timeZone);
      if (span.start < week.start || span.end > week.end)
        throw new ApiError('bad-request', { field: 'querystring.day' });
      const detail = query.detail ?? null;
      const agentIds = agentId === undefined ? null : [agentId];
      const where = {
        from: span.start,
        to: span.end,
        asOf: summary.publishedAt,
        campaignId: summary.campaignId,
        agentIds,
      };
      if (isDialled(figure) || !summary.thingsKept) return answer(viewer, query, live(figure, detail, where));
      const kept = { ...where, summaryId: summary.id, figure, detail };
      return answer(viewer, query, {
        page: (slice) => keptPage(client, kept, slice),
        count: () => keptCount(client, kept),
      });
    },

    /** @throws ApiError not-found where the card is not this person's to see. */
    async ofCard(viewer: Viewer, subjectId: string, query: CardCallsQuery) {
      const card = await quality.scorecards.whose(viewer, subjectId, query);
      if (card === null) throw new ApiError('not-found');
      const now = clock.now();
      const where = {
        from: card.from,
        to: card.to,
        asOf: now,
        campaignId: query.campaignId ?? null,
        agentIds: card.agentIds,
      };
      return answer(viewer, query, live(query.figure, query.detail ?? null, where));
    },
  };
}

function newestFirst(things: readonly Ref[], after: Slice['after']): Ref[] {
  const sorted = [...things].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  if (after === undefined) return sorted;
  const last = after.at.getTime();
  return sorted.filter(({ at, id }) => at < last || (at === last && id < after.id));
}

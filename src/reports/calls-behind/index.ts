/** Every figure of a week or of a card, opened down to what it counted. */
import {
  type CallBehind,
  type CardCallsQuery,
  type FigureName,
  type TeamFigure,
  teamFigures,
  type WeekCallsQuery,
} from '../../contract/calls-behind.ts';
import type { CountedThing, Page, QualityApi, Viewer } from '../../contract/quality.ts';
import { ApiError } from '../../http/errors.ts';
import { readTimeKey, timeKey } from '../../http/page.ts';
import type { Database } from '../../platform/database.ts';
import type { Week } from '../report.ts';
import { dayOf } from '../week.ts';
import { withCalls } from './calls.ts';
import { dialledCount, dialledPage, isDialled, type Ref, type Slice } from './dialled.ts';
import { type KeptWeek, keptList } from './kept.ts';
import { newestFirst } from './packed.ts';
import { isTimed, timedCount, timedPage, type TimeWhere } from './timed.ts';

type Deps = {
  database: Database;
  quality: Pick<QualityApi, 'behind' | 'scorecards' | 'inspections'>;
  clock: { now(): number };
};

/** Whose week, as it stood at `asOf`, and where the lists of quality's figures were kept with it; null: they are read from the rows as they are. */
export type OpenWeek = {
  campaignId: string;
  asOf: number;
  machines: boolean;
  kept: { summaryId: string; week: KeptWeek } | null;
};

type Source = { page: (slice: Slice) => Promise<Ref[]>; count: () => Promise<number> };

export function callsBehind({ database, quality, clock }: Deps) {
  const { client } = database;

  /** `page` reads, `count` is asked for with the first page only. */
  async function answer(
    viewer: Viewer,
    { limit, after }: { limit: number; after?: string | undefined },
    source: Source,
  ): Promise<Page<CallBehind>> {
    const refs = await source.page({ limit: limit + 1, after: readTimeKey(after) });
    const shown = refs.slice(0, limit);
    const last = shown.at(-1);
    const { agent, follows } = await hiddenOf(viewer, shown);
    const told = shown.filter(({ attemptId }) => attemptId === null || !follows.has(attemptId));
    return {
      items: await withCalls(client, viewer, told, agent),
      next: refs.length > limit && last !== undefined ? timeKey(new Date(last.at), last.id) : null,
      total: after === undefined ? await source.count() : null,
    };
  }

  const hiddenOf = (viewer: Viewer, rows: readonly { attemptId: string | null }[]) =>
    quality.inspections.hidden(
      viewer,
      rows.flatMap(({ attemptId }) => attemptId ?? []),
    );

  /** Who judges finds no call here whose findings are kept from them: for them a list may be shorter than its figure. */
  async function told(viewer: Viewer, figure: FigureName, things: Promise<readonly CountedThing[]>) {
    const all = await things;
    if (figure === 'sales') return all;
    const { findings } = await hiddenOf(viewer, all);
    return all.filter(({ attemptId }) => attemptId === null || !findings.has(attemptId));
  }

  /** The figure as it is counted from the rows at this moment. */
  function live(
    viewer: Viewer,
    figure: FigureName,
    detail: string | null,
    where: TimeWhere,
    centreId: string | null,
  ): Source {
    if (isDialled(figure))
      return {
        page: (slice) => dialledPage(client, figure, detail, where, slice),
        count: () => dialledCount(client, figure, detail, where),
      };
    if (isTimed(figure))
      return {
        page: (slice) => timedPage(client, figure, where, slice),
        count: () => timedCount(client, figure, where),
      };
    const { from, to, campaignId, agentIds } = where;
    return ofThings(
      told(viewer, figure, quality.behind({ from, to }, { campaignId, agentIds, centreId }, figure, detail)),
    );
  }

  return {
    async ofWeek(viewer: Viewer, { campaignId, asOf, machines, kept }: OpenWeek, week: Week, query: WeekCallsQuery) {
      const { figure, day, agentId } = query;
      const span = day === undefined ? week : dayOf(day, week.timeZone);
      if (isOfCards(figure)) throw new ApiError('bad-request', { field: 'querystring.figure' });
      if (span.start < week.start || span.end > week.end)
        throw new ApiError('bad-request', { field: 'querystring.day' });
      const detail = query.detail ?? null;
      const agentIds = agentId === undefined ? null : [agentId];
      const clip = { from: week.start, to: week.end };
      const where = { from: span.start, to: span.end, clip, asOf, machines, campaignId, agentIds };
      if (kept === null || isDialled(figure) || isTimed(figure))
        return answer(viewer, query, live(viewer, figure, detail, where, null));
      const things = keptList(client, kept.summaryId, kept.week, figure, detail);
      const within = ({ at, agentId: of }: CountedThing) =>
        at >= span.start && at < span.end && (agentId === undefined || of === agentId);
      return answer(viewer, query, ofThings(told(viewer, figure, things).then((all) => all.filter(within))));
    },

    /** @throws ApiError not-found where the card is not this person's to see. */
    async ofCard(viewer: Viewer, subjectId: string, query: CardCallsQuery) {
      const card = await quality.scorecards.whose(viewer, subjectId, query);
      if (card === null) throw new ApiError('not-found');
      const { from, to, agentIds, centreId } = card;
      const where = { from, to, clip: { from, to }, asOf: clock.now(), campaignId: query.campaignId ?? null, agentIds };
      return answer(viewer, query, live(viewer, query.figure, query.detail ?? null, where, centreId));
    },
  };
}

function isOfCards(name: FigureName): name is TeamFigure {
  return teamFigures.some((figure) => figure === name);
}

function ofThings(things: Promise<readonly CountedThing[]>): Source {
  return {
    page: async ({ limit, after }) => later(newestFirst(await things), after).slice(0, limit),
    count: async () => (await things).length,
  };
}

function later(sorted: readonly CountedThing[], after: Slice['after']): readonly CountedThing[] {
  if (after === undefined) return sorted;
  const last = after.at.getTime();
  return sorted.filter(({ at, id }) => at < last || (at === last && id < after.id));
}

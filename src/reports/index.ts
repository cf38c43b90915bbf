/** The catalogue of reports, and their publishing. */
import { createHash } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';
import { day } from '../contract/common.ts';
import type { QualityApi, Viewer } from '../contract/quality.ts';
import { type Summary, type SummaryHead, summaryContent } from '../contract/summaries.ts';
import { eachApart } from '../../qa/index.ts';
import { ApiError } from '../http/errors.ts';
import { campaignsSeenBy } from '../http/scope.ts';
import { canonical } from '../platform/audit.ts';
import type { Database } from '../platform/database.ts';
import { errorCode } from '../platform/errors.ts';
import { callsBehind, type OpenWeek } from './calls-behind/index.ts';
import { countsMachines, keepLists } from './calls-behind/kept.ts';
import { campaignWeek } from './campaign-week/index.ts';
import { causesSheet } from './causes.ts';
import { sheetsToCsv, sheetsToXlsx } from './files.ts';
import type { Reports, Week } from './report.ts';
import { dueAt, lastDueWeek, weekBefore, weekOfDay, weekOfInstant } from './week.ts';

type Deps = {
  database: Database;
  quality: Pick<QualityApi, 'week' | 'behind' | 'scorecards' | 'causes' | 'inspections'>;
  clock: { now(): number };
};
type Row = Prisma.WeeklySummaryGetPayload<object>;

/** Weeks that a stopped server missed are made up for, this far back. */
const weeksBack = 4;

export function createReports({ database, quality, clock }: Deps): Reports {
  const { client } = database;
  const report = campaignWeek(database, quality);
  const behind = callsBehind({ database, quality, clock });

  const zoneOf = async (campaignId: string): Promise<string> => {
    const campaign = await client.campaign.findUnique({ where: { id: campaignId }, include: { centre: true } });
    if (campaign === null) throw new ApiError('not-found');
    return campaign.centre.timeZone;
  };
  const mustSee = async (viewer: Viewer, campaignId: string) => {
    const ids = await campaignsSeenBy(client, viewer);
    if (ids !== null && !ids.includes(campaignId)) throw new ApiError('not-found');
  };
  const rowOf = async (viewer: Viewer, id: string): Promise<Row> => {
    const row = await client.weeklySummary.findUnique({ where: { id } });
    if (row === null) throw new ApiError('not-found');
    await mustSee(viewer, row.campaignId);
    return row;
  };
  const read = (row: Row, viewer: Viewer): Summary => {
    const content = summaryContent.parse(row.content);
    return { ...head(row, content.campaign), content: report.forViewer(content, viewer) };
  };
  const taken = async (viewer: Viewer) => {
    const user = await client.user.findUnique({ where: { id: viewer.userId }, select: { username: true } });
    return { by: user?.username ?? viewer.userId, at: clock.now() };
  };

  const publishedWeek = (campaignId: string, week: Week): Promise<Row | null> =>
    client.weeklySummary.findUnique({
      where: { campaignId_fromDay: { campaignId, fromDay: new Date(`${week.from}T00:00:00Z`) } },
    });
  const openOf = (row: Row, week: 'this' | 'before'): OpenWeek => ({
    campaignId: row.campaignId,
    asOf: row.publishedAt.getTime(),
    machines: countsMachines(row.content, week),
    kept: row.thingsKept ? { summaryId: row.id, week } : null,
  });
  /** The week that a summary is compared with: as it was published by then, or as it was when the summary was made. */
  const openBefore = async (row: Row, week: Week): Promise<OpenWeek> => {
    const before = await publishedWeek(row.campaignId, week);
    if (before !== null && before.publishedAt <= row.publishedAt) return openOf(before, 'this');
    const kept = await client.summaryList.count({ where: { summaryId: row.id, week: 'before' } });
    return { ...openOf(row, 'before'), ...(kept === 0 ? { kept: null } : {}) };
  };

  /** Freezes the week. Two at once: one row is kept, and both get it. */
  const freeze = async (campaignId: string, week: Week): Promise<Row> => {
    const there = await publishedWeek(campaignId, week);
    if (there !== null) return there;
    const now = clock.now();
    const made = await report.make(campaignId, week, now);
    const content = summaryContent.parse(made.content);
    const data = {
      campaignId,
      fromDay: new Date(`${week.from}T00:00:00Z`),
      toDay: new Date(`${week.to}T00:00:00Z`),
      publishedAt: new Date(now),
      hash: createHash('sha256').update(canonical(content)).digest('hex'),
      content,
      thingsKept: true,
    };
    const publish = async (tx: Prisma.TransactionClient) => {
      const row = await tx.weeklySummary.create({ data });
      await keepLists(tx, row.id, 'this', made.lists);
      if (made.listsBefore !== null) await keepLists(tx, row.id, 'before', made.listsBefore);
      return row;
    };
    return client.$transaction(publish).catch(async (error: unknown) => {
      const others = errorCode(error) === 'P2002' ? await publishedWeek(campaignId, week) : null;
      if (others === null) throw error;
      return others;
    });
  };

  return {
    async list(viewer, campaignId) {
      const seen = await campaignsSeenBy(client, viewer);
      const rows = await client.$queryRaw<HeadRow[]>`
        select s.id, s.campaign_id, s.from_day, s.to_day, s.published_at, s.hash, c.name, l.name client_name
        from weekly_summary s join campaign c on c.id = s.campaign_id join client l on l.id = c.client_id
        where (${seen === null} or s.campaign_id = any(${seen ?? []}::uuid[]))
          and (${campaignId === undefined} or s.campaign_id = ${campaignId ?? null}::uuid)
        order by s.from_day desc, c.name limit 500`;
      return rows.map((row) => ({
        id: row.id,
        campaignId: row.campaign_id,
        campaignName: row.name,
        clientName: row.client_name,
        from: isoDay(row.from_day),
        to: isoDay(row.to_day),
        publishedAt: row.published_at.getTime(),
        hash: row.hash,
      }));
    },

    async read(viewer, id) {
      return read(await rowOf(viewer, id), viewer);
    },

    async preview(viewer, campaignId, day) {
      await mustSee(viewer, campaignId);
      const zone = await zoneOf(campaignId);
      const week = day === undefined ? weekOfInstant(clock.now(), zone) : weekNamed(day, zone, 'querystring.day');
      return report.forViewer((await report.make(campaignId, week, clock.now())).content, viewer);
    },

    async publish(viewer, campaignId, day) {
      await mustSee(viewer, campaignId);
      const week = weekNamed(day, await zoneOf(campaignId), 'body.day');
      if (week.end > clock.now()) throw new ApiError('week-not-over', { field: 'body.day' });
      return read(await freeze(campaignId, week), viewer);
    },

    async csv(viewer, id, locale) {
      const { content } = read(await rowOf(viewer, id), viewer);
      return sheetsToCsv(report.sheets(content, locale), await taken(viewer));
    },

    async xlsx(viewer, id, locale) {
      const { content } = read(await rowOf(viewer, id), viewer);
      return sheetsToXlsx(report.sheets(content, locale), await taken(viewer));
    },

    async causesCsv(viewer, query, locale) {
      return sheetsToCsv([causesSheet(await quality.causes.table(viewer, query), locale)], await taken(viewer));
    },

    async callsOfWeek(viewer, id, query) {
      const row = await rowOf(viewer, id);
      const week = weekOfDay(isoDay(row.fromDay), await zoneOf(row.campaignId));
      if (query.week === 'this') return behind.ofWeek(viewer, openOf(row, 'this'), week, query);
      return behind.ofWeek(viewer, await openBefore(row, weekBefore(week)), weekBefore(week), query);
    },

    async callsOfPreview(viewer, campaignId, query) {
      await mustSee(viewer, campaignId);
      const zone = await zoneOf(campaignId);
      const asOf = clock.now();
      const week = query.of === undefined ? weekOfInstant(asOf, zone) : weekNamed(query.of, zone, 'querystring.of');
      if (query.week === 'this')
        return behind.ofWeek(viewer, { campaignId, asOf, machines: false, kept: null }, week, query);
      const before = await publishedWeek(campaignId, weekBefore(week));
      const open = before === null ? { campaignId, asOf, machines: false, kept: null } : openOf(before, 'this');
      return behind.ofWeek(viewer, open, weekBefore(week), query);
    },

    callsOfCard: behind.ofCard,

    async publishDue() {
      const now = clock.now();
      const published: { id: string; campaignId: string }[] = [];
      const campaigns = await client.campaign.findMany({
        where: { purpose: 'marketing', startedAt: { not: null } },
        include: { centre: true },
      });
      await eachApart(campaigns, async ({ id: campaignId, centre }) => {
        const weeks: Week[] = [];
        for (let week = lastDueWeek(now, centre.timeZone); weeks.length < weeksBack; week = weekBefore(week))
          weeks.unshift(week);
        for (const week of weeks) {
          if (dueAt(week) > now || !(await isMissing(campaignId, week))) continue;
          const row = await freeze(campaignId, week);
          published.push({ id: row.id, campaignId });
        }
      });
      return { published };
    },
  };

  /** Weeks without a single call need no summary. */
  async function isMissing(campaignId: string, week: Week): Promise<boolean> {
    const fromDay = new Date(`${week.from}T00:00:00Z`);
    if ((await client.weeklySummary.count({ where: { campaignId, fromDay } })) > 0) return false;
    const call = await client.attempt.findFirst({
      where: { campaignId, intendedAt: { gte: new Date(week.start), lt: new Date(week.end) } },
      select: { id: true },
    });
    return call !== null;
  }
}

type HeadRow = {
  id: string;
  campaign_id: string;
  from_day: Date;
  to_day: Date;
  published_at: Date;
  hash: string;
  name: string;
  client_name: string;
};

function head(row: Row, campaign: { name: string; clientName: string }): SummaryHead {
  return {
    id: row.id,
    campaignId: row.campaignId,
    campaignName: campaign.name,
    clientName: campaign.clientName,
    from: isoDay(row.fromDay),
    to: isoDay(row.toDay),
    publishedAt: row.publishedAt.getTime(),
    hash: row.hash,
  };
}

/** @throws ApiError bad-request for a week that reaches over the end of the calendar */
function weekNamed(named: string, zone: string, field: string): Week {
  const week = weekOfDay(named, zone);
  if (![week.from, week.to].every((one) => day.safeParse(one).success)) throw new ApiError('bad-request', { field });
  return week;
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

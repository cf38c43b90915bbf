/** A report: how its content is made, and how the same content reads as a spreadsheet. The catalogue is `index.ts`. */
import type { Locale } from '../contract/common.ts';
import type { CallBehind, CardCallsQuery, PreviewCallsQuery, WeekCallsQuery } from '../contract/calls-behind.ts';
import type { CauseQuery } from '../contract/causes.ts';
import type { CountedList, Page, Viewer } from '../contract/quality.ts';
import type { Summary, SummaryContent, SummaryHead } from '../contract/summaries.ts';

/** Days of the centre, both inclusive, and the same span in epoch ms, [start, end). */
export type Week = { from: string; to: string; start: number; end: number; timeZone: string };

/** A sheet of rows; the first row is the head. Numbers stay numbers, `rate` cells are shown as percent. */
export type Cell = string | number | null | { rate: number | null };
export type Sheet = { title: string; rows: Cell[][] };

export type Report<Content> = {
  name: string;
  /** The content as of `now`, and what its figures of quality counted; `listsBefore`: those of the week before, where it was not published. */
  make(
    campaignId: string,
    week: Week,
    now: number,
  ): Promise<{ content: Content; lists: CountedList[]; listsBefore: CountedList[] | null }>;
  /** What a viewer may see of content that is frozen as a whole. */
  forViewer(content: Content, viewer: Viewer): Content;
  sheets(content: Content, locale: Locale): Sheet[];
};

/** What the server asks of reports. Refusals are `ApiError`s; what a viewer may not see does not exist. */
export type Reports = {
  list(viewer: Viewer, campaignId: string | undefined): Promise<SummaryHead[]>;
  read(viewer: Viewer, id: string): Promise<Summary>;
  /** The week that holds this day (today's if absent), as it stands. */
  preview(viewer: Viewer, campaignId: string, day: string | undefined): Promise<SummaryContent>;
  /** @throws ApiError week-not-over */
  publish(viewer: Viewer, campaignId: string, day: string): Promise<Summary>;
  csv(viewer: Viewer, id: string, locale: Locale): Promise<string>;
  xlsx(viewer: Viewer, id: string, locale: Locale): Promise<Buffer>;
  /** The causes of complaints and failed inspections by period. */
  causesCsv(viewer: Viewer, query: CauseQuery, locale: Locale): Promise<string>;
  /** What a figure of a published week counted. @throws ApiError not-found */
  callsOfWeek(viewer: Viewer, id: string, query: WeekCallsQuery): Promise<Page<CallBehind>>;
  /** The same of a week as it stands. */
  callsOfPreview(viewer: Viewer, campaignId: string, query: PreviewCallsQuery): Promise<Page<CallBehind>>;
  /** What a figure of a card counted. @throws ApiError not-found */
  callsOfCard(viewer: Viewer, subjectId: string, query: CardCallsQuery): Promise<Page<CallBehind>>;
  /** Publishes every week that is over (Monday 06:00 of the centre) and not published yet; idempotent. */
  publishDue(): Promise<{ published: { id: string; campaignId: string }[] }>;
};

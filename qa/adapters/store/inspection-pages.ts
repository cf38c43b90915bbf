/** Which inspections are on a page: found by an index in the order of the list, however many there are. */
import { Prisma } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { shownAsDrawn } from './blind-rows.ts';

export type InspectionOrder = 'deadline' | 'risk' | 'newest';

/** An inspection with its conversation, and the daily draw of that day. */
export const joined = Prisma.sql`qa_inspection r join qa_conversation c on c.attempt_id = r.attempt_id
        left join qa_draw y on y.campaign_id = r.campaign_id and y.kind = 'daily' and y.period_from = c.day and y.round = 0`;

/** When it was drawn, as far as this reader may know. */
export const drawnShown = (viewer: Viewer): Prisma.Sql =>
  Prisma.sql`(case when ${shownAsDrawn(viewer)} then coalesce(y.drawn_at, r.drawn_at) else r.drawn_at end)`;

export function inOrder(viewer: Viewer, order: InspectionOrder): Prisma.Sql {
  switch (order) {
    case 'deadline':
      return Prisma.sql`r.deadline_at, r.id`;
    case 'risk':
      return Prisma.sql`coalesce((r.risk ->> 'score')::float8, 0) desc, r.deadline_at, r.id`;
    case 'newest':
      return Prisma.sql`${drawnShown(viewer)} desc, r.id`;
  }
}

/** The ids of a page, in no order. */
export function pageOf(
  viewer: Viewer,
  where: Prisma.Sql,
  order: InspectionOrder,
  limit: number,
  offset: number,
): Prisma.Sql {
  const page = Prisma.sql`limit ${limit} offset ${offset}`;
  if (order !== 'newest')
    return Prisma.sql`select r.id from ${joined} where ${where} order by ${inOrder(viewer, order)} ${page}`;
  // What a complaint asked for stands for its judge among the draws of its day, which no index knows: these few are put among the others.
  const asDrawn = shownAsDrawn(viewer);
  const upTo = (which: Prisma.Sql, shown: Prisma.Sql) => Prisma.sql`
    (select r.id, ${shown} as shown from ${joined} where ${where} and ${which} order by ${shown} desc, r.id limit ${limit + offset})`;
  const others = upTo(Prisma.sql`not ${asDrawn}`, Prisma.sql`r.drawn_at`);
  return Prisma.sql`select id from (${others} union all ${upTo(asDrawn, drawnShown(viewer))}) b order by shown desc, id ${page}`;
}

/** Causes of complaints and reasons of failed inspections, counted where they are stored; study meetings. */
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { CausesStore, CauseSplit, Compared } from '../../ports/causes-store.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { EXAMPLES } from '../../rules/causes.ts';
import { findingsHidden } from './blind-rows.ts';
import { ownedRows } from './scope.ts';

const source = z.enum(['complaint', 'inspection']);

const examples = z.array(
  z.object({
    at: z.number(),
    caseId: z.string().nullable(),
    inspectionId: z.string().nullable(),
    recordingId: z.string().nullable(),
  }),
);

type CountedRow = {
  source: string;
  cause: string;
  reason: string;
  part: string | null;
  period: number;
  count: number;
  examples: unknown;
};

/** What rows are split by, for the row `r` and its conversation `c`. `responsible`: the id of who answers for it, else the department. */
function partOf(split: CauseSplit, responsible: { id: Prisma.Sql; department: Prisma.Sql }): Prisma.Sql {
  switch (split) {
    case 'none':
      return Prisma.sql`null::text`;
    case 'team':
      return Prisma.sql`(select t.name from app_user u join team t on t.id = u.team_id where u.id = r.agent_id)`;
    case 'person':
      return Prisma.sql`coalesce((select u.display_name from app_user u where u.id = ${responsible.id}), ${responsible.department})`;
    case 'product':
      return Prisma.sql`(select p.name from campaign k join product p on p.id = k.product_id where k.id = r.campaign_id)`;
    case 'script':
      return Prisma.sql`(select s.name || ' v' || v.version from script_version v join script s on s.id = v.script_id where v.id = c.script_version_id)`;
  }
}

/** Nothing is said of a recording that somebody still has to judge without having heard of it, nor to whom it may yet be given. */
const judgedByAll = Prisma.sql`not exists (select 1 from qa_inspection o
  where o.recording_id = r.recording_id and o.id <> r.id and o.state in ('drawn', 'assigned', 'opened', 'expired'))`;

/** Complaints and failures of this span, one row each, as `seen`. */
function seenIn(
  viewer: Viewer,
  span: { from: Date; to: Date },
  campaignId: string | null,
  split: CauseSplit,
): Prisma.Sql {
  const { from, to } = span;
  const mine = Prisma.sql`${ownedRows(viewer)} and ${
    campaignId === null ? Prisma.sql`true` : Prisma.sql`r.campaign_id = ${campaignId}::uuid`
  }`;
  /** Of a complaint whoever was found to answer for it, not the agent it happened to; of a failed inspection the agent. */
  const found = {
    id: Prisma.sql`(r.life #>> '{found,responsibleId}')::uuid`,
    department: Prisma.sql`nullif(r.department, '')`,
  };
  const agent = { id: Prisma.sql`r.agent_id`, department: Prisma.sql`null::text` };
  // A failure is said by the last word on its inspection; the recording's second judgements say it no second time.
  return Prisma.sql`seen as (
    select 'complaint' as source, coalesce(r.cause, 'unknown') as cause, '' as reason, r.opened_at as at, ${partOf(split, found)} as part,
           r.id as case_id, null::uuid as inspection_id, c.recording_id
      from qa_case r left join qa_conversation c on c.attempt_id = r.attempt_id
     where r.kind = 'complaint' and r.duplicate_of is null and r.opened_at >= ${from} and r.opened_at < ${to} and ${mine}
    union all
    select 'inspection', a.answer ->> 'criterion', coalesce(a.answer ->> 'reason', ''), c.connected_at, ${partOf(split, agent)}, null, r.id, r.recording_id
      from qa_inspection r join qa_conversation c on c.attempt_id = r.attempt_id,
           lateral (select e.answers from qa_register_entry e
                     where e.inspection_id = r.id and jsonb_array_length(e.answers) > 0 order by e.id desc limit 1) e,
           lateral jsonb_array_elements(e.answers) a (answer)
     where r.qualified = false and r.kind in ('daily', 'forced', 'weekly', 'recheck') and a.answer ->> 'verdict' = 'fail'
       and ${judgedByAll} and not ${findingsHidden(viewer, Prisma.sql`r.attempt_id`)}
       and c.connected_at >= ${from} and c.connected_at < ${to} and ${mine})`;
}

export function causesStore(client: PrismaClient): CausesStore {
  return {
    async counted(viewer, { starts, end }, campaignId, split) {
      const [first = end] = starts;
      const span = { from: new Date(first), to: new Date(end) };
      const rows = await client.$queryRaw<CountedRow[]>`
        with ${seenIn(viewer, span, campaignId, split)}, placed as (
          select *, width_bucket(at, ${starts.map((at) => new Date(at).toISOString())}::timestamptz[]) - 1 as period from seen), ranked as (
          select *, row_number() over (partition by source, cause, reason, part, period order by at desc) as place from placed)
        select source, cause, reason, part, period, count(*)::int as count,
               coalesce(jsonb_agg(jsonb_build_object('at', extract(epoch from at) * 1000, 'caseId', case_id, 'inspectionId', inspection_id,
                                  'recordingId', recording_id) order by at desc) filter (where place <= ${EXAMPLES}), '[]') as examples
          from ranked group by 1, 2, 3, 4, 5`;
      return rows.map((row) => ({ ...row, source: source.parse(row.source), examples: examples.parse(row.examples) }));
    },

    async compared(viewer, measures) {
      if (measures.length === 0) return new Map();
      const span = {
        from: new Date(Math.min(...measures.map(({ since }) => since))),
        to: new Date(Math.max(...measures.map(({ until }) => until))),
      };
      const times = (of: (one: Compared) => number) => measures.map((one) => new Date(of(one)).toISOString());
      const rows = await client.$queryRaw<{ id: string; before: number; after: number }[]>`
        with ${seenIn(viewer, span, null, 'none')}
        select m.id, (count(*) filter (where c.at < m.held))::int as before, (count(*) filter (where c.at >= m.held))::int as after
          from unnest(${measures.map(({ id }) => id)}::text[], ${measures.map((one) => one.source)}::text[], ${measures.map((one) => one.cause)}::text[],
                      ${measures.map((one) => one.reason)}::text[], ${times(({ since }) => since)}::timestamptz[],
                      ${times(({ held }) => held)}::timestamptz[], ${times(({ until }) => until)}::timestamptz[])
                 m (id, source, cause, reason, since, held, until)
          join seen c on c.source = m.source and c.cause = m.cause and c.reason = m.reason and c.at >= m.since and c.at < m.until
         group by 1`;
      return new Map(rows.map(({ id, ...found }) => [id, found]));
    },

    async meetings(centreId) {
      const rows = await client.studyMeeting.findMany({
        where: { centreId },
        include: { measures: { orderBy: { id: 'asc' } } },
        orderBy: [{ heldOn: 'desc' }, { recordedAt: 'desc' }],
        take: 100,
      });
      return rows.map(({ id, heldOn, people, notes, recordedAt, measures }) => ({
        id,
        heldOn: heldOn.toISOString().slice(0, 10),
        people,
        notes,
        recordedAt: recordedAt.getTime(),
        measures: measures.map((each) => ({
          id: each.id,
          source: source.parse(each.source),
          cause: each.cause,
          reason: each.reason,
          measure: each.measure,
          checkedAt: each.checkedAt?.getTime() ?? null,
          helped: each.helped,
          finding: each.finding,
        })),
      }));
    },

    async addMeeting(centreId, { heldOn, measures, ...meeting }, by, now) {
      const { id } = await client.studyMeeting.create({
        data: {
          ...meeting,
          centreId,
          heldOn: new Date(`${heldOn}T00:00:00Z`),
          recordedAt: new Date(now),
          recordedBy: by,
          measures: { create: measures.map((each) => ({ ...each })) },
        },
      });
      return id;
    },

    async check(centreId, measureId, found, by, now) {
      const { count } = await client.studyMeasure.updateMany({
        where: { id: measureId, checkedAt: null, meeting: { centreId } },
        data: { ...found, checkedAt: new Date(now), checkedBy: by },
      });
      return count === 1;
    },
  };
}

/** Quality's counts of a span, straight from sales, inspections, task calls and cases. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { AgentQuality, Span } from '../../ports/figures.ts';
import { FATAL_CRITERIA } from '../../rules/form.ts';
import type { InspectedRecording } from '../../rules/scorecard.ts';

const validStates = ['valid', 'trial', 'to-confirm', 'billable'];

export function qualityFigures(client: PrismaClient) {
  return {
    /** One entry for each agent with a sale, an inspection, a complaint or a mark in the span. */
    async byAgent({ from, to }: Span, campaignId: string | null): Promise<AgentQuality[]> {
      const start = new Date(from);
      const end = new Date(to);
      const of = (alias: string) =>
        campaignId === null ? Prisma.sql`true` : Prisma.sql`${Prisma.raw(alias)}.campaign_id = ${campaignId}::uuid`;
      const [sales, inspected, complaints, marks] = await Promise.all([
        client.$queryRaw<{ agent_id: string; sales: number; valid: number }[]>`
          select s.agent_id, count(*)::int as sales, (count(*) filter (where s.state = any(${validStates})))::int as valid
            from qa_sale s where s.recorded_at >= ${start} and s.recorded_at < ${end} and ${of('s')} group by 1`,
        client.$queryRaw<InspectedRow[]>`
          select i.agent_id, i.qualified, i.failed, i.probability, c.disposition = 'sale' as sale,
                 case when c.self_check is null or jsonb_typeof(c.self_check) <> 'object' then null
                      else c.self_check::text like '%"doubt"%' end as doubted
            from qa_inspection i join qa_conversation c on c.attempt_id = i.attempt_id
           where c.connected_at >= ${start} and c.connected_at < ${end} and i.kind in ('daily', 'forced') and i.qualified is not null
             and i.draw_id is not null and ${of('i')}`,
        client.$queryRaw<{ agent_id: string; n: number }[]>`
          select k.agent_id, count(*)::int as n from qa_case k where k.kind = 'complaint' and k.duplicate_of is null and k.agent_id is not null
             and k.opened_at >= ${start} and k.opened_at < ${end} and ${of('k')} group by 1`,
        client.$queryRaw<{ agent_id: string; marks: number | null }[]>`
          select p.agent_id, avg(m.value::float8) as marks from qa_patrol p, jsonb_each_text(p.marks) m
           where p.at >= ${start} and p.at < ${end} group by 1`,
      ]);
      const agents = new Map<string, AgentQuality>();
      const entry = (agentId: string): AgentQuality => {
        const known = agents.get(agentId) ?? {
          agentId,
          sales: 0,
          validSales: 0,
          complaints: 0,
          conductMarks: null,
          inspected: [],
        };
        agents.set(agentId, known);
        return known;
      };
      for (const row of sales) Object.assign(entry(row.agent_id), { sales: row.sales, validSales: row.valid });
      for (const row of inspected) entry(row.agent_id).inspected.push(inspectedOf(row));
      for (const row of complaints) entry(row.agent_id).complaints = row.n;
      for (const row of marks) entry(row.agent_id).conductMarks = row.marks;
      return [...agents.values()];
    },

    async tasks(campaignId: string, { from, to }: Span) {
      const [row] = await client.$queryRaw<{ asked: number; done: number; confirmed: number }[]>`
        select count(*)::int as asked, (count(*) filter (where state = 'done'))::int as done, (count(*) filter (where result = 'confirmed'))::int as confirmed
          from qa_task_call where kind in ('corrective', 'verification') and campaign_id = ${campaignId}::uuid
           and created_at >= ${new Date(from)} and created_at < ${new Date(to)}`;
      return row ?? { asked: 0, done: 0, confirmed: 0 };
    },

    async complaints(campaignId: string, { from, to }: Span) {
      const [row] = await client.$queryRaw<{ opened: number; valid: number; closed: number; overdue: number }[]>`
        select count(*)::int as opened, (count(*) filter (where valid))::int as valid, (count(*) filter (where closed_at is not null))::int as closed,
               (count(*) filter (where coalesce(closed_at, ${new Date(to)}) > deadline_at))::int as overdue
          from qa_case where kind = 'complaint' and duplicate_of is null and campaign_id = ${campaignId}::uuid
           and opened_at >= ${new Date(from)} and opened_at < ${new Date(to)}`;
      return row ?? { opened: 0, valid: 0, closed: 0, overdue: 0 };
    },

    async draws(campaignId: string, { from, to }: Span) {
      return client.$queryRaw<{ id: string; kind: string; frameSize: number; size: number; inspected: number }[]>`
        select d.id, d.kind, d.frame_size as "frameSize", d.size,
               (select count(*)::int from qa_inspection i where i.draw_id = d.id and i.scored_at is not null) as inspected
          from qa_draw d join campaign k on k.id = d.campaign_id join centre z on z.id = k.centre_id
         where d.campaign_id = ${campaignId}::uuid
           and d.period_from >= (${new Date(from)} at time zone z.time_zone)::date and d.period_from < (${new Date(to)} at time zone z.time_zone)::date
         order by d.period_from, d.kind, d.round`;
    },

    /** What customers said, in the words the agents took down. */
    async words(campaignId: string, { from, to }: Span) {
      return client.$queryRaw<{ topic: string; attemptId: string; text: string; count: number }[]>`
        select topic, "attemptId", text, count from (
          select coalesce(nullif(detail ->> 'reason', ''), disposition) as topic, attempt_id as "attemptId",
                 coalesce(nullif(detail ->> 'words', ''), nullif(note, ''), '') as text,
                 (count(*) over (partition by coalesce(nullif(detail ->> 'reason', ''), disposition)))::int as count,
                 row_number() over (partition by coalesce(nullif(detail ->> 'reason', ''), disposition)
                                        order by (coalesce(nullif(detail ->> 'words', ''), nullif(note, '')) is null), connected_at desc) as place
            from qa_conversation
           where campaign_id = ${campaignId}::uuid and connected_at >= ${new Date(from)} and connected_at < ${new Date(to)}
             and disposition is not null and disposition <> 'sale') w
         where place <= 5 order by count desc, topic, place`;
    },

    /** Sales put forward for the client's own listening: the ones judged, least looked at first, the same for the same week. */
    async spotCheck(campaignId: string, { from, to }: Span, limit: number): Promise<string[]> {
      const rows = await client.$queryRaw<{ recording_id: string }[]>`
        select recording_id from qa_conversation
         where campaign_id = ${campaignId}::uuid and disposition = 'sale' and recording_state = 'stored'
           and connected_at >= ${new Date(from)} and connected_at < ${new Date(to)}
         order by md5(recording_id::text) limit ${limit}`;
      return rows.map(({ recording_id }) => recording_id);
    },
  };
}

type InspectedRow = {
  agent_id: string;
  qualified: boolean;
  failed: string[];
  probability: number | null;
  sale: boolean | null;
  doubted: boolean | null;
};

function inspectedOf(row: InspectedRow): InspectedRecording {
  return {
    sale: row.sale === true,
    qualified: row.qualified,
    failedFatal: FATAL_CRITERIA.filter((criterion) => row.failed.includes(criterion)),
    inclusionProbability: row.probability ?? 1,
    selfCheck: row.doubted === null ? null : row.doubted ? 'in-doubt' : 'passed',
    conductScore: null,
  };
}

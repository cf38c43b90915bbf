/** Quality's counts of a span, straight from sales, inspections, task calls and cases. */
import { satisfactionOf } from '../../rules/case.ts';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { AgentQuality, Counted, DrawFigures, Figures, Span, Whose } from '../../ports/figures.ts';
import { QUESTION_LIMIT_MS } from '../../rules/team-things.ts';
import { FATAL_CRITERIA } from '../../rules/form.ts';
import type { InspectedRecording } from '../../rules/scorecard.ts';
import { doubted, figureRows, isValidSale } from './figure-rows.ts';
import { teamThings } from './team-figures.ts';

export function qualityFigures(client: PrismaClient): Figures {
  const inspectedRows = (span: Span, whose: Whose) =>
    client.$queryRaw<InspectedRow[]>`
      select r.id, r.attempt_id as "attemptId", r.agent_id as "agentId", c.connected_at as at, r.qualified, r.failed, r.probability,
             c.disposition = 'sale' as sale, ${doubted} as doubted
        from ${figureRows.inspected(span, whose)}`;

  return {
    teamThings: teamThings(client),

    /** One entry for each agent with a sale, an inspection, a complaint or a mark in the span. */
    async byAgent(span, whose) {
      const [sales, inspected, complaints, marks, questions] = await Promise.all([
        client.$queryRaw<{ agent_id: string; sales: number; valid: number }[]>`
          select r.agent_id, count(*)::int as sales, (count(*) filter (where ${isValidSale(whose)}))::int as valid
            from ${figureRows.sales(span, whose)} group by 1`,
        inspectedRows(span, whose),
        client.$queryRaw<{ agent_id: string; n: number }[]>`
          select r.agent_id, count(*)::int as n from ${figureRows.cases('complaint', span, whose)} and r.agent_id is not null group by 1`,
        client.$queryRaw<{ agent_id: string; marks: number | null }[]>`
          select p.agent_id, avg(m.value::float8) as marks from qa_patrol p, jsonb_each_text(p.marks) m
           where p.at >= ${new Date(span.from)} and p.at < ${new Date(span.to)} and ${patrolled(whose)} group by 1`,
        client.$queryRaw<{ agent_id: string; answered: number; in_time: number; handed: number }[]>`
          select r.agent_id, (count(*) filter (where not r.handed))::int as answered, (count(*) filter (where r.handed))::int as handed,
                 (count(*) filter (where not r.handed and r.took <= ${QUESTION_LIMIT_MS}))::int as in_time
            from ${figureRows.questions(span, whose)} group by 1`,
      ]);
      const agents = new Map<string, AgentQuality>();
      const entry = (agentId: string): AgentQuality => {
        const known = agents.get(agentId) ?? {
          agentId,
          sales: 0,
          validSales: 0,
          complaints: 0,
          conductMarks: null,
          questions: { answered: 0, inTime: 0, handedOver: 0 },
          inspected: [],
        };
        agents.set(agentId, known);
        return known;
      };
      for (const row of sales) Object.assign(entry(row.agent_id), { sales: row.sales, validSales: row.valid });
      for (const row of inspected) entry(row.agentId).inspected.push(inspectedOf(row));
      for (const row of complaints) entry(row.agent_id).complaints = row.n;
      for (const { agent_id, answered, in_time, handed } of questions)
        entry(agent_id).questions = { answered, inTime: in_time, handedOver: handed };
      for (const row of marks) entry(row.agent_id).conductMarks = row.marks;
      return [...agents.values()];
    },

    async inspected(span, whose) {
      const agents = new Map<string, InspectedRecording[]>();
      for (const row of await inspectedRows(span, whose)) {
        const known = agents.get(row.agentId) ?? [];
        known.push(inspectedOf(row));
        agents.set(row.agentId, known);
      }
      return [...agents].map(([agentId, inspected]) => ({ agentId, inspected }));
    },

    async unnamedComplaints(span, campaignId, centreId) {
      const [row] = await client.$queryRaw<{ n: number }[]>`
        select count(*)::int as n from ${figureRows.cases('complaint', span, { campaignId, agentIds: [] }, centreId)}`;
      return row?.n ?? 0;
    },

    async records(campaignId, reader) {
      const whose = { campaignId, agentIds: null, reader };
      const [row] = await client.$queryRaw<{ checked: number; accurate: number }[]>`
        select count(*)::int as checked, (count(*) filter (where said.accurate))::int as accurate
          from ${figureRows.records(whose)} and r.campaign_id = ${campaignId}::uuid`;
      return row ?? { checked: 0, accurate: 0 };
    },

    async things(span, whose, centreId = null) {
      const [sales, inspected, tasks, complaints, problems] = await Promise.all([
        client.$queryRaw<(Row & { valid: boolean })[]>`
          select r.id, r.attempt_id as "attemptId", r.agent_id as "agentId", r.recorded_at as at, ${isValidSale(whose)} as valid
            from ${figureRows.sales(span, whose)}`,
        inspectedRows(span, whose),
        client.$queryRaw<(Row & { done: boolean; confirmed: boolean })[]>`
          select r.id, coalesce(r.done_attempt_id, r.source_attempt_id) as "attemptId", r.agent_id as "agentId", r.created_at as at,
                 r.state = 'done' as done, coalesce(r.result = 'confirmed', false) as confirmed
            from ${figureRows.tasks(span, whose)}`,
        client.$queryRaw<(Row & { valid: boolean; closed: boolean; overdue: boolean; satisfaction: string | null })[]>`
          select r.id, r.attempt_id as "attemptId", r.agent_id as "agentId", r.opened_at as at, coalesce(r.valid, false) as valid,
                 r.closed_at is not null as closed, coalesce(coalesce(r.closed_at, ${new Date(span.to)}) > r.deadline_at, false) as overdue, r.satisfaction
            from ${figureRows.cases('complaint', span, whose, centreId)}`,
        client.$queryRaw<Row[]>`
          select r.id, r.attempt_id as "attemptId", r.agent_id as "agentId", r.opened_at as at from ${figureRows.cases('problem', span, whose, centreId)}`,
      ]);
      return {
        sales: sales.map((row) => ({ ...thing(row), valid: row.valid })),
        inspected: inspected.map((row) => ({ ...thing(row), ...inspectedOf(row) })),
        tasks: tasks.map((row) => ({ ...thing(row), done: row.done, confirmed: row.confirmed })),
        complaints: complaints.map((row) => ({
          ...thing(row),
          valid: row.valid,
          closed: row.closed,
          overdue: row.overdue,
          satisfaction: satisfactionOf(row.satisfaction),
        })),
        problems: problems.map(thing),
      };
    },

    async draws(campaignId, { from, to }) {
      return client.$queryRaw<DrawFigures[]>`
        select d.id, d.kind, d.period_from::text as "from", d.frame_size as "frameSize", d.size,
               (select count(*)::int from qa_inspection i where i.draw_id = d.id and i.scored_at is not null) as inspected
          from qa_draw d join campaign k on k.id = d.campaign_id join centre z on z.id = k.centre_id
         where d.campaign_id = ${campaignId}::uuid
           and d.period_from >= (${new Date(from)} at time zone z.time_zone)::date and d.period_from < (${new Date(to)} at time zone z.time_zone)::date
         order by d.period_from, d.kind, d.round`;
    },

    /** Sales put forward for the client's own listening: the ones judged, least looked at first, the same for the same week. */
    async spotCheck(campaignId, { from, to }, limit) {
      const rows = await client.$queryRaw<{ recording_id: string }[]>`
        select recording_id from qa_conversation
         where campaign_id = ${campaignId}::uuid and disposition = 'sale' and recording_state = 'stored'
           and connected_at >= ${new Date(from)} and connected_at < ${new Date(to)}
         order by md5(recording_id::text) limit ${limit}`;
      return rows.map(({ recording_id }) => recording_id);
    },
  };
}

const patrolled = ({ agentIds }: Whose): Prisma.Sql =>
  agentIds === null ? Prisma.sql`true` : Prisma.sql`p.agent_id = any(${[...agentIds]}::uuid[])`;

type Row = { id: string; attemptId: string | null; agentId: string | null; at: Date };

function thing({ id, attemptId, agentId, at }: Row): Counted {
  return { id, attemptId, agentId, at: at.getTime() };
}

type InspectedRow = {
  id: string;
  attemptId: string;
  agentId: string;
  at: Date;
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

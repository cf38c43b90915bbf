/** What a team, or a centre, answers for besides its agents' own figures, thing by thing: void sales, complaints' handling, the client, call-backs; and the patrols of agents. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import { figureRows, toldOf, unnamed } from './figure-rows.ts';
import type { Figures } from '../../ports/figures.ts';
import { satisfactionOf } from '../../rules/case.ts';

type Row = { id: string; attemptId: string | null; agentId: string | null; at: Date };
const columns = Prisma.sql`r.id, r.attempt_id as "attemptId", r.agent_id as "agentId"`;

export function teamThings(client: PrismaClient): Figures['teamThings'] {
  return async ({ from, to }, whose, centreId) => {
    const { campaignId, agentIds } = whose;
    const told = toldOf(whose, 'r.attempt_id');
    const people = [...(agentIds ?? [])];
    const ofCampaign = campaignId === null ? Prisma.sql`true` : Prisma.sql`r.campaign_id = ${campaignId}::uuid`;
    const ofPeople = Prisma.sql`r.agent_id = any(${people}::uuid[])`;
    const ours = centreId === null ? ofPeople : Prisma.sql`(${ofPeople} or ${unnamed(centreId)})`;
    const within = (column: string) =>
      Prisma.sql`${Prisma.raw(column)} >= ${new Date(from)} and ${Prisma.raw(column)} < ${new Date(to)} and ${ofCampaign}`;
    const [voidSales, handled, cases, returnCalls, records, patrols, questions] = await Promise.all([
      client.$queryRaw<Row[]>`
        select ${columns}, r.recorded_at as at from qa_sale r where r.state = 'void' and ${told} and ${ofPeople} and ${within('r.recorded_at')}`,
      client.$queryRaw<(Row & { ms: number })[]>`
        select ${columns}, r.closed_at as at, (extract(epoch from r.closed_at - r.opened_at) * 1000)::float8 as ms from qa_case r
         where r.kind = 'complaint' and r.duplicate_of is null and ${ours} and ${within('r.closed_at')}`,
      client.$queryRaw<(Row & { kind: string; solved: boolean; inTime: boolean })[]>`
        select ${columns}, r.opened_at as at, r.kind, r.closed_at is not null as solved, coalesce(r.closed_at <= r.deadline_at, false) as "inTime"
          from qa_case r
         where r.kind in ('client-remark', 'complaint', 'problem') and r.duplicate_of is null and ${ours} and ${within('r.opened_at')}`,
      // Of whoever was to ring; where nobody was named, of whom the case is about.
      client.$queryRaw<(Row & { done: boolean; result: string | null })[]>`
        select r.id, r.attempt_id as "attemptId", r.agent_id as "agentId", r.created_at as at, r.state = 'done' as done, r.result
          from (select t.id, coalesce(t.done_attempt_id, t.source_attempt_id) as attempt_id, coalesce(t.agent_id, k.agent_id) as agent_id,
                       t.campaign_id, t.created_at, t.state, t.result, k.life
                  from qa_task_call t left join qa_case k on k.id = t.case_id where t.kind = 'return-call' and t.state <> 'withdrawn') r
         where ${ours} and ${within('r.created_at')}`,
      client.$queryRaw<(Row & { accurate: boolean })[]>`
        select ${columns}, c.connected_at as at, said.accurate from ${figureRows.records(whose)} and ${ofPeople} and ${within('c.connected_at')}`,
      // A patrol is of a person, not of a campaign.
      client.$queryRaw<Row[]>`
        select ${columns}, r.at from qa_patrol r
         where r.at >= ${new Date(from)} and r.at < ${new Date(to)} and ${ofPeople} and r.marks <> '{}'::jsonb`,
      client.$queryRaw<(Row & { ms: number; handedOver: boolean })[]>`
        select ${columns}, r.asked_at as at, r.took::float8 as ms, r.handed as "handedOver"
          from ${figureRows.questions({ from, to }, { campaignId, agentIds })}`,
    ]);
    const remarks = cases.filter(({ kind }) => kind === 'client-remark');
    const reported = cases.filter(({ kind }) => kind !== 'client-remark');
    return {
      voidSales: voidSales.map(thing),
      handled: handled.map((row) => ({ ...thing(row), ms: row.ms })),
      remarks: remarks.map((row) => ({ ...thing(row), inTime: row.inTime })),
      reported: reported.map((row) => ({ ...thing(row), solved: row.solved })),
      returnCalls: returnCalls.map((row) => ({
        ...thing(row),
        done: row.done,
        satisfaction: satisfactionOf(row.result),
      })),
      records: records.map((row) => ({ ...thing(row), accurate: row.accurate })),
      patrols: patrols.map(thing),
      questions: questions.map((row) => ({ ...thing(row), ms: row.ms, handedOver: row.handedOver })),
    };
  };
}

function thing({ id, attemptId, agentId, at }: Row) {
  return { id, attemptId, agentId, at: at.getTime() };
}

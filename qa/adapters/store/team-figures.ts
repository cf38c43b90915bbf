/** What a team, or a centre, answers for besides its agents' own figures: void sales, complaints' handling, the client, call-backs. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { Figures, TeamFigures } from '../../ports/figures.ts';

export function teamFigures(client: PrismaClient): Figures['ofTeam'] {
  return async ({ from, to }, { campaignId, agentIds }, centreId) => {
    const [start, end] = [new Date(from), new Date(to)];
    const people = [...(agentIds ?? [])];
    const ofCampaign = campaignId === null ? Prisma.sql`true` : Prisma.sql`r.campaign_id = ${campaignId}::uuid`;
    const ofPeople = Prisma.sql`r.agent_id = any(${people}::uuid[])`;
    /** Remarks on a whole week and complaints by letter name no agent: the centre answers for them. */
    const ours =
      centreId === null
        ? ofPeople
        : Prisma.sql`(${ofPeople} or (r.agent_id is null and r.campaign_id in (select id from campaign where centre_id = ${centreId}::uuid)))`;
    const [row] = await client.$queryRaw<TeamFigures[]>`
      select
        (select count(*)::int from qa_sale r where r.state = 'void' and r.recorded_at >= ${start} and r.recorded_at < ${end}
            and ${ofPeople} and ${ofCampaign}) as "voidSales",
        (select coalesce(json_agg(extract(epoch from r.closed_at - r.opened_at)::float8 / 3600), '[]') from qa_case r
          where r.kind = 'complaint' and r.duplicate_of is null and r.closed_at >= ${start} and r.closed_at < ${end} and ${ours} and ${ofCampaign}) as "handlingHours",
        c.*, t.*
      from
        (select (count(*) filter (where r.kind = 'client-remark'))::int as "clientRemarks",
                (count(*) filter (where r.kind = 'client-remark' and r.closed_at <= r.deadline_at))::int as "clientRemarksAnsweredInTime",
                (count(*) filter (where r.kind in ('complaint', 'problem')))::int as reported,
                (count(*) filter (where r.kind in ('complaint', 'problem') and r.closed_at is not null))::int as solved
           from qa_case r where r.duplicate_of is null and r.opened_at >= ${start} and r.opened_at < ${end} and ${ours} and ${ofCampaign}) c,
        (select (count(*) filter (where r.state <> 'withdrawn'))::int as "toBeCalled", (count(*) filter (where r.state = 'done'))::int as called,
                (count(*) filter (where r.state = 'done' and k.satisfied))::int as satisfied
           from qa_task_call r left join qa_case k on k.id = r.case_id
          where r.kind = 'return-call' and r.created_at >= ${start} and r.created_at < ${end} and ${ours} and ${ofCampaign}) t`;
    return row ?? nothing;
  };
}

const nothing: TeamFigures = {
  voidSales: 0,
  handlingHours: [],
  clientRemarks: 0,
  clientRemarksAnsweredInTime: 0,
  toBeCalled: 0,
  called: 0,
  satisfied: 0,
  reported: 0,
  solved: 0,
};

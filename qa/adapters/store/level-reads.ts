/** Tightened and suspended agents as pages show them, and notes of floor patrols. */
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { NewPatrolNote, PatrolNote } from '../../ports/patrol-store.ts';
import type { CampaignQuality } from '../../ports/surroundings.ts';
import type { Page, Viewer } from '../../ports/viewer.ts';
import { agentRateOf, type Tightening, termsOf } from '../../rules/tightening.ts';
import { agentHidden, findingsHidden } from './blind-rows.ts';
import { tightening } from './levels.ts';
import { peopleNamed } from './people.ts';
import { nextPage, pageOffset } from './scope.ts';

type Rates = Pick<CampaignQuality, 'centreId' | 'purpose' | 'dailyRate' | 'tightenedMultiple'>;

const inspectionId = z.guid();
const level = z.enum(['normal', 'tightened', 'suspended']);

/** Agents see their own, leads their team's, others their centre's. */
function agentsSeen(viewer: Viewer): Prisma.Sql {
  switch (viewer.role) {
    case 'agent':
      return Prisma.sql`u.id = ${viewer.userId}::uuid`;
    case 'lead':
      return Prisma.sql`u.team_id = ${viewer.teamId}::uuid`;
    case 'administrator':
      return Prisma.sql`true`;
    case 'client':
    case 'speech-engine':
      return Prisma.sql`false`;
    case 'inspector':
    case 'supervisor':
    case 'manager':
      return Prisma.sql`u.centre_id = ${viewer.centreId}::uuid`;
  }
}

export function levelPages(client: PrismaClient) {
  return {
    async seesAgent(viewer: Viewer, agentId: string): Promise<boolean> {
      const rows = await client.$queryRaw<unknown[]>`
        select 1 from app_user u where u.id = ${agentId}::uuid and u.role = 'agent' and ${agentsSeen(viewer)}`;
      return rows.length > 0;
    },

    async spokeIn(agentId: string, attemptId: string): Promise<boolean> {
      const rows = await client.$queryRaw<unknown[]>`
        select 1
         where exists (select 1 from attempt a where a.id = ${attemptId}::uuid and a.agent_id = ${agentId}::uuid)
            or exists (select 1 from qa_conversation c where c.attempt_id = ${attemptId}::uuid and c.agent_id = ${agentId}::uuid)
            or exists (select 1 from agent_interval i where i.user_id = ${agentId}::uuid and i.attempt_id = ${attemptId}::uuid)`;
      return rows.length > 0;
    },

    /** The rate is the highest at which one of the agent's centre's campaigns draws; where a centre has none, nothing is drawn. */
    async levels(viewer: Viewer, campaigns: readonly Rates[]) {
      const rateOf = (agentId: string, centreId: string | null, state: Tightening): number =>
        campaigns
          .filter((one) => one.purpose === 'marketing' && one.centreId === centreId)
          .map(
            (one) => agentRateOf(agentId, state, one.dailyRate, termsOf(one.tightenedMultiple))?.rate ?? one.dailyRate,
          )
          .reduce((most, rate) => Math.max(most, rate), 0);
      const rows = await client.$queryRaw<
        {
          agent_id: string;
          centre_id: string | null;
          display_name: string;
          since: Date;
          why: string;
          life: unknown;
          evidence: unknown;
          untold: string[];
        }[]
      >`
        select l.agent_id, u.centre_id, u.display_name, l.since, l.why, l.life, e.evidence,
               -- Of the evidence alone: an agent's inspections are more with every week.
               array(select i.id::text from qa_inspection i
                      where i.agent_id = l.agent_id and to_jsonb(e.evidence) ? i.id::text and ${findingsHidden(viewer, Prisma.sql`i.attempt_id`)}) as untold
          from qa_inspection_level l join app_user u on u.id = l.agent_id
          left join lateral (select evidence from qa_level_event where agent_id = l.agent_id order by id desc limit 1) e on true
         where ${agentsSeen(viewer)} and (l.level <> 'normal' or u.id = ${viewer.userId}::uuid) order by l.level desc, l.since`;
      return rows.map((row) => {
        const state = tightening.parse(row.life);
        return {
          agent: { id: row.agent_id, name: row.display_name },
          campaignId: null,
          level: level.parse(state.level),
          since: row.since.getTime(),
          rate: rateOf(row.agent_id, row.centre_id, state),
          why: row.why,
          evidence: z
            .array(z.string())
            .catch([])
            .parse(row.evidence)
            // Of a coaching or a lifting the evidence is somebody's words, not an inspection.
            .flatMap((id) =>
              inspectionId.safeParse(id).success && !row.untold.includes(id) ? [{ kind: 'inspection', id }] : [],
            ),
          cleanLots: state.acceptedInARow,
          failedLots: state.rejected,
          coachingOpen: state.level !== 'normal' && !state.coachingClosed,
        };
      });
    },

    async patrols(
      viewer: Viewer,
      { limit, after }: { limit: number; after?: string | undefined },
    ): Promise<Page<PatrolNote>> {
      const offset = pageOffset(after);
      const rows = await client.$queryRaw<PatrolRow[]>`
        select p.*, case when ${agentHidden(viewer, Prisma.sql`p.attempt_id`)} then null else p.attempt_id end as attempt_id, a.campaign_id from qa_patrol p join app_user u on u.id = p.agent_id left join attempt a on a.id = p.attempt_id
         where ${agentsSeen(viewer)} order by p.at desc, p.id limit ${limit + 1} offset ${offset}`;
      return { items: await views(rows.slice(0, limit)), next: nextPage(offset, limit, rows.length), total: null };
    },

    async addPatrol(patrol: NewPatrolNote): Promise<PatrolNote> {
      const made = await client.patrol.create({
        data: {
          at: new Date(patrol.at),
          inspectorId: patrol.by,
          agentId: patrol.agentId,
          attemptId: patrol.attemptId,
          observation: patrol.observation,
          marks: patrol.marks,
        },
      });
      const rows = await client.$queryRaw<PatrolRow[]>`
        select p.*, a.campaign_id from qa_patrol p left join attempt a on a.id = p.attempt_id where p.id = ${made.id}::uuid`;
      const [view] = await views(rows);
      if (view === undefined) throw new Error('a patrol note was written and cannot be read');
      return view;
    },
  };

  async function views(rows: PatrolRow[]): Promise<PatrolNote[]> {
    const name = await peopleNamed(
      client,
      rows.flatMap(({ inspector_id, agent_id }) => [inspector_id, agent_id]),
    );
    return rows.map((row) => ({
      id: row.id,
      at: row.at.getTime(),
      by: name(row.inspector_id) ?? { id: row.inspector_id, name: '' },
      agent: name(row.agent_id) ?? { id: row.agent_id, name: '' },
      campaignId: row.campaign_id,
      attemptId: row.attempt_id,
      observation: row.observation,
      marks: z.record(z.string(), z.number()).catch({}).parse(row.marks),
    }));
  }
}

type PatrolRow = {
  id: string;
  at: Date;
  inspector_id: string;
  agent_id: string;
  attempt_id: string | null;
  campaign_id: string | null;
  observation: string;
  marks: unknown;
};

/** Calibration sessions in PostgreSQL. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { CalibrationSession, CalibrationStore } from '../../ports/calibration-store.ts';
import type { Viewer } from '../../ports/viewer.ts';

type Row = {
  id: string;
  name: string;
  expert_id: string;
  judge_ids: string[];
  opened_at: Date;
  deadline_at: Date;
  closed_at: Date | null;
};
type VerdictRow = {
  calibration_id: string;
  inspection_id: string;
  recording_id: string;
  by: string;
  failed: string[] | null;
  campaign_name: string;
  talk_started: Date;
};

export function calibrationStore(client: PrismaClient): CalibrationStore {
  async function sessions(where: Prisma.Sql, limit: number): Promise<CalibrationSession[]> {
    const rows = await client.$queryRaw<Row[]>`
      select c.id, c.name, c.expert_id, c.judge_ids, c.opened_at, c.deadline_at, c.closed_at
        from qa_calibration c where ${where} order by c.opened_at desc, c.id limit ${limit}`;
    const ids = rows.map(({ id }) => id);
    // Each judge's own first word counts.
    const verdicts = await client.$queryRaw<VerdictRow[]>`
      select i.calibration_id, i.id as inspection_id, i.recording_id, i.assigned_to as by, k.name as campaign_name, v.connected_at as talk_started,
             case when i.scored_at is null then null
                  else array(select jsonb_array_elements_text(i.life -> 'scores' -> 0 -> 'verdict' -> 'failedCriteria')) end as failed
        from qa_inspection i join qa_conversation v on v.recording_id = i.recording_id join campaign k on k.id = i.campaign_id
       where i.calibration_id = any(${ids}::uuid[]) order by v.connected_at, i.recording_id, i.id`;
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      expertId: row.expert_id,
      judgeIds: row.judge_ids,
      openedAt: row.opened_at.getTime(),
      deadlineAt: row.deadline_at.getTime(),
      closedAt: row.closed_at?.getTime() ?? null,
      verdicts: verdicts
        .filter(({ calibration_id }) => calibration_id === row.id)
        .map((each) => ({
          inspectionId: each.inspection_id,
          recordingId: each.recording_id,
          by: each.by,
          failed: each.failed,
          campaignName: each.campaign_name,
          talkStartedAt: each.talk_started.getTime(),
        })),
    }));
  }

  return {
    async judgesOf(centreId) {
      const people = await client.user.findMany({
        where: { centreId, active: true, role: { in: ['inspector', 'supervisor'] } },
        select: { id: true, displayName: true },
        orderBy: { displayName: 'asc' },
      });
      return people.map(({ id, displayName }) => ({ id, name: displayName }));
    },

    async propose(centreId, { people, count, key }) {
      const rows = await client.$queryRaw<{ recording_id: string }[]>`
        with candidate as (
          select i.recording_id, bool_or(not i.qualified) as failed from qa_inspection i
            join campaign k on k.id = i.campaign_id join qa_conversation v on v.recording_id = i.recording_id
           where k.centre_id = ${centreId}::uuid and i.kind <> 'calibration' and v.recording_state = 'stored'
           group by i.recording_id
          having bool_and(i.state = 'closed')
             and not exists (select 1 from qa_inspection o where o.recording_id = i.recording_id
                                and (o.assigned_to = any(${[...people]}::uuid[]) or o.scored_by = any(${[...people]}::uuid[])))),
        ranked as (
          select recording_id, row_number() over (partition by failed order by md5(recording_id::text || ${key})) as place, failed from candidate)
        select recording_id from ranked order by place, failed desc limit ${count}`;
      return rows.map(({ recording_id }) => recording_id);
    },

    async open(session, recordingIds) {
      return client.$transaction(async (tx) => {
        const { id } = await tx.calibration.create({
          data: {
            centreId: session.centreId,
            name: session.name,
            expertId: session.expertId,
            judgeIds: [...session.judgeIds],
            openedAt: new Date(session.now),
            openedBy: session.openedBy,
            deadlineAt: new Date(session.deadlineAt),
          },
        });
        await tx.$executeRaw`
          insert into qa_inspection (kind, state, recording_id, attempt_id, campaign_id, agent_id, reason, form_id, form_version, assigned_to,
                                     drawn_at, deadline_at, calibration_id)
          select 'calibration', 'assigned', v.recording_id, v.attempt_id, v.campaign_id, v.agent_id, 'calibration', ${session.formId},
                 ${session.formVersion}, person, ${new Date(session.now)}, ${new Date(session.deadlineAt)}, ${id}::uuid
            from qa_conversation v, unnest(${[session.expertId, ...session.judgeIds]}::uuid[]) person
           where v.recording_id = any(${[...recordingIds]}::uuid[])`;
        return id;
      });
    },

    async close(id, { by, now }) {
      const { count } = await client.calibration.updateMany({
        where: { id, closedAt: null },
        data: { closedAt: new Date(now), closedBy: by },
      });
      return count > 0;
    },

    list: (viewer, limit) => sessions(seenBy(viewer), limit),
    async one(viewer, id) {
      const [session] = await sessions(Prisma.sql`${seenBy(viewer)} and c.id = ${id}::uuid`, 1);
      return session ?? null;
    },
  };
}

/** Judges see the sessions they take part in; managers those of their centre. The judged see none. */
function seenBy(viewer: Viewer): Prisma.Sql {
  const own = Prisma.sql`(c.expert_id = ${viewer.userId}::uuid or ${viewer.userId}::uuid = any(c.judge_ids))`;
  const centre = Prisma.sql`c.centre_id = ${viewer.centreId}::uuid`;
  switch (viewer.role) {
    case 'inspector':
      return Prisma.sql`${centre} and ${own}`;
    case 'supervisor':
    case 'manager':
      return centre;
    case 'administrator':
      return Prisma.sql`true`;
    case 'agent':
    case 'lead':
    case 'client':
    case 'speech-engine':
      return Prisma.sql`false`;
  }
}

/** Inspections in PostgreSQL. */
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type {
  HeardFacts,
  InspectionDecision,
  InspectionRecord,
  InspectorOnDuty,
  PossibleJudge,
  WaitingInspection,
} from '../../ports/inspection-store.ts';
import { type InspectionStatus, standingScore } from '../../rules/inspection.ts';
import { formIdShape, kindShape, lifeShape, lifeToJson, purposeOf, statusShape } from './inspection-life.ts';

export type Tx = Prisma.TransactionClient;

/** As the rules' isDone says. */
export const UNDONE: readonly InspectionStatus[] = ['drawn', 'assigned', 'opened', 'expired'];

type Row = {
  id: string;
  kind: string;
  state: string;
  recording_id: string;
  attempt_id: string;
  campaign_id: string;
  agent_id: string;
  draw_id: string | null;
  reason: string;
  probability: number | null;
  form_id: string;
  form_version: number;
  assigned_to: string | null;
  drawn_at: Date;
  deadline_at: Date;
  pair_id: string | null;
  sale_id: string | null;
  task_id: string | null;
  life: unknown;
};

export function inspectionOf(row: Row): InspectionRecord {
  const kind = kindShape.parse(row.kind);
  const status = statusShape.parse(row.state);
  const { overdueTold, ...document } = lifeShape.parse(row.life);
  return {
    life: {
      id: row.id,
      recordingId: row.recording_id,
      agentId: row.agent_id,
      purpose: purposeOf(kind),
      formId: formIdShape.parse(row.form_id),
      formVersion: row.form_version,
      status,
      inspectorId: row.assigned_to,
      dueAt: status === 'closed' || status === 'agreed' || overdueTold ? null : row.deadline_at.getTime(),
      ...document,
    },
    kind,
    attemptId: row.attempt_id,
    campaignId: row.campaign_id,
    drawId: row.draw_id,
    reason: row.reason,
    probability: row.probability,
    drawnAt: row.drawn_at.getTime(),
    pairId: row.pair_id,
    saleId: row.sale_id,
    taskId: row.task_id,
  };
}

/** Reads for a change: the row stays locked until the transaction ends. Null: there is none. */
export async function lockInspection(tx: Tx, id: string): Promise<(InspectionRecord & { heard: HeardFacts }) | null> {
  const [row] = await tx.$queryRaw<(Row & { sale: boolean; duration_ms: number | null; others_undone: boolean })[]>`
    select i.*, c.disposition = 'sale' or i.kind in ('corrective', 'confirmation') as sale, c.duration_ms, exists (
             select 1 from qa_inspection o where o.recording_id = i.recording_id and o.id <> i.id
                and o.state = any(${[...UNDONE]})) as others_undone
      from qa_inspection i join qa_conversation c on c.attempt_id = i.attempt_id
     where i.id = ${id}::uuid for update of i`;
  return row === undefined
    ? null
    : {
        ...inspectionOf(row),
        heard: { sale: row.sale === true, durationMs: row.duration_ms ?? 0, othersUndone: row.others_undone },
      };
}

export async function saveInspection(tx: Tx, { life, register }: InspectionDecision): Promise<void> {
  const standing = standingScore(life);
  const first = life.scores[0];
  // What somebody had answered so far is nothing for whoever is given it next.
  const kept = Prisma.sql`assigned_to is not distinct from ${life.inspectorId}::uuid`;
  await tx.$executeRaw`
    update qa_inspection
       set state = ${life.status}, assigned_to = ${life.inspectorId}::uuid,
           deadline_at = coalesce(${life.dueAt === null ? null : new Date(life.dueAt)}, deadline_at),
           scored_at = ${first === undefined ? null : new Date(first.at)}, scored_by = ${first?.by ?? null}::uuid,
           qualified = ${standing === null ? null : standing.verdict.result === 'qualified'},
           failed = ${[...(standing?.verdict.failedCriteria ?? [])]}, life = ${lifeToJson(life)}::jsonb, version = version + 1,
           draft = case when ${kept} then draft else '[]' end, draft_note = case when ${kept} then draft_note else '' end
     where id = ${life.id}::uuid`;
  for (const line of register) {
    await tx.registerEntry.create({
      data: {
        inspectionId: line.inspectionId,
        at: new Date(line.at),
        by: line.by,
        entry: line.entry,
        qualified: line.qualified,
        answers: JSON.parse(JSON.stringify(line.answers ?? [])),
        about: line.about,
        text: line.text,
        listenedSeconds: line.listenedSeconds,
      },
    });
  }
}

/** Other inspections of a recording that are scored already: once the last one is, their answers are shown. */
export async function scoredOthers(tx: Tx, recordingId: string, except: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from qa_inspection where recording_id = ${recordingId}::uuid and id <> ${except}::uuid and state = 'scored' order by id`;
  return rows.map(({ id }) => id);
}

/** People who know of the complaint that asks for inspection `i`: they took it down, have it, or did something in it. */
const knowers = Prisma.sql`(
  select w.who from qa_case f, lateral (select f.opened_by as who union select f.owner_id
           union select e.by from qa_case_event e where e.case_id = f.id and e.kind <> 'second-judgement') w
   where i.kind = 'forced' and i.reason = 'complaint' and f.recording_ids @> array[i.recording_id] and w.who is not null)`;

/**
 * Inspections nobody has and whose recording can be heard, oldest deadline first, with who must not have them. The blind overlap comes after the draws of the same
 * deadline: where a recording is in both and only one person may still judge it, the contract's draw is the one that is kept.
 */
export function waitingInspections(client: Tx | PrismaClient, limit: number): Promise<WaitingInspection[]> {
  return client.$queryRaw<WaitingInspection[]>`
    select i.id as "inspectionId", i.recording_id as "recordingId", i.agent_id as "agentId", i.kind, k.centre_id as "centreId",
           (select l.id from app_user a join app_user l on l.team_id = a.team_id and l.role = 'lead'
             where a.id = i.agent_id limit 1) as "agentLeadId",
           array(select distinct o.who::text from qa_inspection other,
                        lateral (select other.assigned_to as who union select (jsonb_array_elements_text(coalesce(other.life -> 'pastInspectorIds', '[]')))::uuid) o
                  where other.recording_id = i.recording_id and o.who is not null
                 union select e.by::text from qa_inspection other join qa_register_entry e on e.inspection_id = other.id
                  where other.recording_id = i.recording_id and other.id <> i.id and e.by is not null
                 union select w.who::text from ${knowers} w) as excluded
      from qa_inspection i join campaign k on k.id = i.campaign_id join qa_conversation c on c.attempt_id = i.attempt_id
     where i.state in ('drawn', 'expired') and i.kind <> 'calibration' and c.recording_state = 'stored'
     order by i.deadline_at, i.kind = 'overlap', i.id limit ${limit}`;
}

/**
 * Who may be given one by hand, least laden first. As when it is handed out: the week's own draw and the overlap are the supervisors'; nobody
 * has, had or decided another inspection of the recording. Calibrations belong to their session.
 */
export function possibleJudges(client: Tx | PrismaClient, id: string): Promise<PossibleJudge[]> {
  return client.$queryRaw<PossibleJudge[]>`
    select u.id, u.display_name as name, u.role,
           (select count(*)::int from qa_inspection h where h.assigned_to = u.id and h.state in ('assigned', 'opened')) as load
      from qa_inspection i join campaign k on k.id = i.campaign_id
      join app_user u on u.centre_id = k.centre_id and u.active and u.role in ('inspector', 'supervisor')
     where i.id = ${id}::uuid and i.kind <> 'calibration' and u.id not in ${knowers} and (u.role = 'supervisor' or i.kind not in ('weekly', 'overlap'))
       and not exists (
         select 1 from qa_inspection o where o.recording_id = i.recording_id and o.id <> i.id
            and (o.assigned_to = u.id or o.life -> 'pastInspectorIds' ? u.id::text
                 or exists (select 1 from qa_register_entry e where e.inspection_id = o.id and e.by = u.id)))
     order by load, u.display_name, u.id`;
}

export function inspectorsOnDuty(client: Tx | PrismaClient): Promise<InspectorOnDuty[]> {
  return client.$queryRaw<InspectorOnDuty[]>`
    select u.id, u.role, u.centre_id as "centreId",
           (select count(*)::int from qa_inspection i where i.assigned_to = u.id and i.state in ('assigned', 'opened')) as load
      from app_user u where u.role in ('inspector', 'supervisor') and u.active and u.centre_id is not null`;
}

/**
 * Inspections whose reminder or deadline is past, for the sweeper; not those of which nothing can be said now, so that they never
 * stand in the way of others: results that the agent cannot see yet, disputes whose lateness is told. Calibrations end with their session.
 */
export async function dueInspections(
  client: PrismaClient,
  now: number,
  remindBeforeMs: number,
  limit: number,
): Promise<string[]> {
  const at = new Date(now);
  const soon = new Date(now + remindBeforeMs);
  const rows = await client.$queryRaw<{ id: string }[]>`
    select i.id from qa_inspection i
     where i.kind <> 'calibration'
       and (i.state = 'agreed'
            or (i.state in ('drawn', 'assigned', 'opened') and i.deadline_at <= ${at})
            or (i.state in ('assigned', 'opened', 'disputed') and i.deadline_at <= ${soon} and i.deadline_at > ${at}
                and (i.life -> 'reminded') is distinct from 'true')
            or (i.state = 'disputed' and i.deadline_at <= ${at} and (i.life -> 'overdueTold') is distinct from 'true')
            or (i.state = 'scored' and i.deadline_at <= ${at}
                and not exists (select 1 from qa_inspection o where o.recording_id = i.recording_id and o.id <> i.id
                                   and o.state = any(${[...UNDONE]}))))
     order by i.deadline_at limit ${limit}`;
  return rows.map(({ id }) => id);
}

export function heldByWhoLeft(
  client: PrismaClient,
  limit: number,
): Promise<{ inspectionId: string; inspectorId: string }[]> {
  return client.$queryRaw`
    select i.id as "inspectionId", u.id as "inspectorId" from qa_inspection i join app_user u on u.id = i.assigned_to
     where i.state in ('assigned', 'opened') and i.kind <> 'calibration' and not u.active order by i.deadline_at limit ${limit}`;
}

export async function openOf(client: PrismaClient, recordingId: string): Promise<string[]> {
  const rows = await client.$queryRaw<{ id: string }[]>`
    select id from qa_inspection where recording_id = ${recordingId}::uuid and state = any(${[...UNDONE]}) order by id`;
  return rows.map(({ id }) => id);
}

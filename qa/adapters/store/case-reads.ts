/** Cases as pages show them, and those that wait for the sweeper. */
import { satisfactionOf } from '../../rules/case.ts';
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { CaseDetailView, CaseFilter, CaseReads, CaseView } from '../../ports/case-store.ts';
import type { Page, Viewer } from '../../ports/viewer.ts';
import { CASE_CHANNELS, CASE_KINDS, CASE_STATES } from '../../rules/case-words.ts';
import { maskedNumber } from '../../rules/mask.ts';
import { toldCall } from './case-calls.ts';
import { caseRows } from './case-scope.ts';
import { peopleNamed } from './people.ts';
import { inspectionRows, nextPage, pageOffset } from './scope.ts';

type Row = {
  id: string;
  number: bigint;
  kind: string;
  state: string;
  channel: string;
  words: string;
  opened_at: Date;
  deadline_at: Date | null;
  first_contact_at: Date | null;
  closed_at: Date | null;
  campaign_id: string | null;
  campaign_name: string | null;
  attempt_id: string | null;
  agent_id: string | null;
  owner_id: string | null;
  department: string;
  recording_ids: string[];
  sale_id: string | null;
  duplicate_of: string | null;
  serious: boolean;
  repeated: boolean;
  escalated: boolean;
  valid: boolean | null;
  cause: string | null;
  satisfaction: string | null;
  rounds: number;
  customer: string | null;
};

export function caseReads(client: PrismaClient): CaseReads {
  const select = (where: Prisma.Sql, limit: number, offset: number) =>
    client.$queryRaw<Row[]>`
      select r.*, k.name as campaign_name, r.life ->> 'number' as customer
        from qa_case r left join campaign k on k.id = r.campaign_id
       where ${where} order by (r.closed_at is not null), r.deadline_at, r.number limit ${limit} offset ${offset}`;
  async function views(viewer: Viewer, read: Row[], now: number): Promise<CaseView[]> {
    // Clients read who answers them, not which agent a case is about.
    const rows = viewer.role === 'client' ? read.map((row) => ({ ...row, agent_id: null })) : read;
    const name = await peopleNamed(
      client,
      rows.flatMap(({ agent_id, owner_id }) => [agent_id, owner_id]),
    );
    return rows.map((row) => viewOf(row, name, now));
  }

  return {
    async list(viewer, filter, now): Promise<Page<CaseView>> {
      const offset = pageOffset(filter.after);
      const where = Prisma.join([caseRows(viewer), ...conditions(filter, now)], ' and ');
      const rows = await select(where, filter.limit + 1, offset);
      return {
        items: await views(viewer, rows.slice(0, filter.limit), now),
        next: nextPage(offset, filter.limit, rows.length),
        total: null,
      };
    },

    async one(viewer, id, now): Promise<CaseDetailView | null> {
      const rows = await select(Prisma.sql`${caseRows(viewer)} and r.id = ${id}::uuid`, 1, 0);
      const row = rows[0];
      const [view] = await views(viewer, rows, now);
      if (row === undefined || view === undefined) return null;
      const [events, inspections] = await Promise.all([
        client.caseEvent.findMany({ where: { caseId: id }, orderBy: { id: 'asc' } }),
        client.$queryRaw<{ id: string }[]>`
          select r.id from qa_inspection r where r.recording_id = any(${row.recording_ids}::uuid[]) and ${inspectionRows(viewer)}
           order by r.drawn_at, r.id`,
      ]);
      const name = await peopleNamed(
        client,
        events.map(({ by }) => by),
      );
      return {
        ...view,
        attemptId: row.attempt_id,
        recordingIds: row.recording_ids,
        inspectionIds: inspections.map((each) => each.id),
        saleId: row.sale_id,
        duplicateOf: row.duplicate_of,
        events: events
          .filter(({ kind }) => kind !== 'note' || viewer.role !== 'client')
          .map(({ id: entryId, at, by, kind, text, detail }) => ({
            id: entryId.toString(),
            at: at.getTime(),
            by: viewer.role === 'client' && by === row.agent_id ? null : name(by),
            kind,
            text,
            detail: z.record(z.string(), z.unknown()).catch({}).parse(detail),
          })),
      };
    },

    async ofReturnCall(agentId, taskId) {
      const [row] = await client.$queryRaw<
        { id: string; kind: string; words: string; about_me: boolean; mended: string | null; answer: string | null }[]
      >`
        select r.id, r.kind, r.words, coalesce(r.agent_id = ${agentId}::uuid, false) as about_me,
               r.life #>> '{record,correction,measures}' as mended,
               (select e.text from qa_case_event e where e.case_id = r.id and e.kind = 'answer' order by e.id desc limit 1) as answer
          from qa_task_call t join qa_case r on r.id = t.case_id
         where t.id = ${taskId}::uuid and t.kind = 'return-call'`;
      if (row === undefined) return null;
      const { about_me: aboutMe, ...found } = row;
      return {
        caseId: found.id,
        kind: z.enum(CASE_KINDS).parse(found.kind),
        words: aboutMe ? '' : found.words,
        mended: aboutMe ? '' : (found.mended ?? ''),
        answer: found.answer ?? '',
      };
    },

    call: (viewer, told, since) => toldCall(client, viewer, told, since),

    async due(now, limit) {
      const rows = await client.$queryRaw<{ id: string }[]>`
        select id from qa_case where state <> 'closed' and (life ->> 'lookAt')::float8 <= ${now}::float8
         order by deadline_at limit ${limit}`;
      return rows.map(({ id }) => id);
    },

    async lateReturnCalls(now, limit) {
      const rows = await client.$queryRaw<{ id: string }[]>`
        select id from qa_task_call
         where state = 'asked' and deadline_at <= ${new Date(now)} and kind = 'return-call' and case_id is not null
         order by deadline_at limit ${limit}`;
      return rows.map(({ id }) => id);
    },

    async unjudged(limit) {
      return client.$queryRaw<{ caseId: string; attemptId: string }[]>`
        select k.id as "caseId", k.attempt_id as "attemptId" from qa_case k join qa_conversation c on c.attempt_id = k.attempt_id
         where k.state <> 'closed' and k.kind = 'complaint' and c.recording_id is not null
           and not exists (select 1 from qa_inspection i
                            where i.recording_id = c.recording_id and i.kind = 'forced' and i.reason = 'complaint')
         order by k.number limit ${limit}`;
    },
  };
}

function* conditions(filter: CaseFilter, now: number): Generator<Prisma.Sql> {
  if (filter.kind !== undefined) yield Prisma.sql`r.kind = ${filter.kind}`;
  if (filter.state !== undefined) yield Prisma.sql`r.state = ${filter.state}`;
  if (filter.campaignId !== undefined) yield Prisma.sql`r.campaign_id = ${filter.campaignId}::uuid`;
  if (filter.from !== undefined) yield Prisma.sql`r.opened_at >= ${new Date(filter.from)}`;
  if (filter.to !== undefined) yield Prisma.sql`r.opened_at < ${new Date(filter.to)}`;
  if (filter.overdue === undefined) return;
  const late = Prisma.sql`coalesce(coalesce(r.closed_at, ${new Date(now)}) > r.deadline_at, false)`;
  yield filter.overdue ? late : Prisma.sql`not ${late}`;
}

function viewOf(row: Row, name: (id: string | null) => { id: string; name: string } | null, now: number): CaseView {
  const deadlineAt = row.deadline_at?.getTime() ?? null;
  const closedAt = row.closed_at?.getTime() ?? null;
  return {
    id: row.id,
    number: row.number.toString(),
    kind: z.enum(CASE_KINDS).parse(row.kind),
    state: z.enum(CASE_STATES).parse(row.state),
    channel: z.enum(CASE_CHANNELS).parse(row.channel),
    openedAt: row.opened_at.getTime(),
    deadlineAt,
    firstContactAt: row.first_contact_at?.getTime() ?? null,
    closedAt,
    overdue: deadlineAt !== null && (closedAt ?? now) > deadlineAt,
    repeated: row.repeated,
    serious: row.serious,
    escalated: row.escalated,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    agent: name(row.agent_id),
    owner: name(row.owner_id),
    department: row.department,
    customerMasked: maskedNumber(row.customer),
    words: row.words,
    valid: row.valid,
    cause: row.cause,
    satisfaction: satisfactionOf(row.satisfaction),
    rounds: row.rounds,
  };
}

/** Cases in PostgreSQL. The journal is append-only in the database itself. */
import { z } from 'zod';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { CaseDocument, CaseTable } from '../../ports/case-store.ts';
import { type CaseIdentity, type CaseRecord, nextCaseDeadline, satisfactionOf } from '../../rules/case.ts';
import { CASE_CHANNELS, CASE_KINDS, FOUND_CAUSES, shownState } from '../../rules/case-words.ts';
import type { Tx } from './inspections.ts';

/** The document is written by this file alone; its version says which code can read it. */
const documentVersion = 1;
export const caseDocument = z.object({
  version: z.literal(documentVersion),
  record: z.custom<CaseRecord>(
    (value) => typeof value === 'object' && value !== null && 'status' in value && 'terms' in value,
  ),
  number: z.string().nullable(),
  centreId: z.string().nullable(),
  callRecordingId: z.string().nullable(),
  found: z.object({ cause: z.enum(FOUND_CAUSES), responsibleId: z.string().nullable() }).nullable(),
  escalatedByHand: z.boolean(),
});

type Row = {
  id: string;
  kind: string;
  channel: string;
  words: string;
  opened_by: string | null;
  campaign_id: string | null;
  attempt_id: string | null;
  contact_id: string | null;
  agent_id: string | null;
  owner_id: string | null;
  recording_ids: string[];
  sale_id: string | null;
  duplicate_of: string | null;
  satisfaction: string | null;
  life: unknown;
};

function documentOf(row: Row | undefined): CaseDocument | null {
  if (row === undefined) return null;
  const { record, version: _, ...beside } = caseDocument.parse(row.life);
  return {
    ...beside,
    life: record,
    kind: z.enum(CASE_KINDS).parse(row.kind),
    channel: z.enum(CASE_CHANNELS).parse(row.channel),
    words: row.words,
    openedBy: row.opened_by,
    campaignId: row.campaign_id,
    attemptId: row.attempt_id,
    contactId: row.contact_id,
    agentId: row.agent_id,
    ownerId: row.owner_id,
    recordingIds: row.recording_ids,
    saleId: row.sale_id,
    duplicateOf: row.duplicate_of,
    satisfaction: satisfactionOf(row.satisfaction),
  };
}

const moment = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Everything that steps change; the rest is told once. */
function columnsOf({ life, ...file }: CaseDocument) {
  const { number, centreId, callRecordingId, found, escalatedByHand } = file;
  const beside = { number, centreId, callRecordingId, found, escalatedByHand };
  return {
    state: shownState(life.status),
    deadlineAt: new Date(life.dueAt),
    firstContactAt: moment(life.contactedAt),
    closedAt: moment(life.closedAt),
    ownerId: file.ownerId,
    department: life.department ?? '',
    serious: life.serious,
    repeated: life.timesComplained >= life.terms.repeatedFrom,
    escalated: escalatedByHand || life.escalated.length > 0,
    valid: life.judgement?.valid ?? null,
    cause: found?.cause ?? null,
    satisfaction: file.satisfaction,
    rounds: life.round,
    life: { version: documentVersion, record: life, ...beside, lookAt: nextCaseDeadline(life) },
  };
}

/** JSON columns take plain data only, which a round trip through text makes of a document. */
const plain = (value: unknown): Prisma.InputJsonValue => JSON.parse(JSON.stringify(value));

export function caseTable(tx: Tx): CaseTable {
  const ids = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);
  return {
    async alone(customer) {
      await tx.$queryRaw`select 1 as locked from pg_advisory_xact_lock(hashtextextended(${`case:${customer}`}, 0))`;
    },
    async known(id) {
      return (await tx.caseFile.count({ where: { id } })) > 0;
    },
    async lock(id) {
      const [row] = await tx.$queryRaw<Row[]>`select * from qa_case where id = ${id}::uuid for update`;
      return documentOf(row);
    },
    async lockByTask(taskId) {
      const [row] = await tx.$queryRaw<Row[]>`
        select k.* from qa_case k join qa_task_call t on t.case_id = k.id where t.id = ${taskId}::uuid for update of k`;
      return documentOf(row);
    },
    async insert(file) {
      const { life, ...columns } = columnsOf(file);
      const { kind, channel, words, openedBy, campaignId, attemptId, contactId, agentId } = file;
      await tx.caseFile.create({
        data: {
          ...columns,
          id: file.life.id,
          kind,
          channel,
          words,
          openedAt: new Date(file.life.recordedAt),
          openedBy,
          campaignId,
          attemptId,
          contactId,
          agentId,
          recordingIds: [...file.recordingIds],
          saleId: file.saleId,
          duplicateOf: file.duplicateOf,
          life: plain(life),
        },
      });
    },
    async save(file) {
      const { life, ...columns } = columnsOf(file);
      const data = { ...columns, life: plain(life), version: { increment: 1 } };
      await tx.caseFile.update({ where: { id: file.life.id }, data });
    },
    async append(caseId, entries) {
      for (const { at, detail, ...line } of entries)
        await tx.caseEvent.create({ data: { ...line, caseId, at: new Date(at), detail: plain(detail) } });
    },
    async earlier({ centreId, number, callId, since }) {
      const rows = await tx.$queryRaw<Row[]>`
        select * from qa_case
         where duplicate_of is null and life ->> 'centreId' is not distinct from ${centreId} and (closed_at is null or opened_at >= ${new Date(since)})
           and (life ->> 'number' = ${number} or attempt_id = ${callId}::uuid)`;
      return rows.flatMap((row) => {
        const file = documentOf(row);
        return file === null ? [] : [identityOf(file)];
      });
    },
    async duplicatesOf(id) {
      return ids(
        await tx.$queryRaw`select id from qa_case where duplicate_of = ${id}::uuid and closed_at is null order by number`,
      );
    },
    async recordingsOf(number, centreId, since) {
      return ids(
        await tx.$queryRaw`
          select c.id from attempt a join recording c on c.attempt_id = a.id join campaign k on k.id = a.campaign_id
           where a.number = ${number} and a.intended_at >= ${new Date(since)} and k.centre_id = ${centreId}::uuid and c.state <> 'erased'
           order by c.talk_started_at`,
      );
    },
    async settledRecordings(wanted) {
      return ids(
        await tx.$queryRaw`
          select id from recording where id = any(${[...wanted]}::uuid[]) and state not in ('expected', 'announced') order by talk_started_at`,
      );
    },
    async openReturnCalls(caseId) {
      return ids(
        await tx.$queryRaw`
          select id from qa_task_call where case_id = ${caseId}::uuid and kind = 'return-call'
             and (state in ('planned', 'asked') or (state = 'overdue' and result is null)) order by id`,
      );
    },
    async mayOwn(userId, centreId) {
      const known = await tx.user.count({
        where: { id: userId, active: true, ...(centreId === null ? {} : { centreId }) },
      });
      return known > 0;
    },
    async openOn(recordingId) {
      return ids(
        await tx.$queryRaw`
          select id from qa_case where kind = 'complaint' and closed_at is null and recording_ids @> array[${recordingId}::uuid] order by number`,
      );
    },
  };
}

function identityOf({ life, number, attemptId }: CaseDocument): CaseIdentity {
  const { id, kind, recordedAt, closedAt } = life;
  return { id, kind, numberKey: number ?? id, callId: attemptId, recordedAt, open: closedAt === null };
}

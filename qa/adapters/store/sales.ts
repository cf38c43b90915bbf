/** Sales and task calls in PostgreSQL. */
import { z } from 'zod';
import type {
  AskedInspection,
  SaleJournal,
  SaleRecord,
  SaleTable,
  TaskRecord,
  TaskTable,
} from '../../ports/sale-store.ts';
import { fourCriteria, nextDeadline, type Sale } from '../../rules/sale.ts';
import type { Tx } from './inspections.ts';

/** The document is written by this file alone; its version says which code can read it. */
const documentVersion = 1;
const saleDocument = z.object({
  version: z.literal(documentVersion),
  sale: z.custom<Sale>((value) => typeof value === 'object' && value !== null && 'status' in value && 'calls' in value),
});

type SaleRow = {
  id: string;
  attempt_id: string;
  campaign_id: string;
  agent_id: string;
  recording_id: string | null;
  life: unknown;
};
const saleOf = (row: SaleRow | undefined): SaleRecord | null =>
  row === undefined
    ? null
    : {
        life: saleDocument.parse(row.life).sale,
        attemptId: row.attempt_id,
        campaignId: row.campaign_id,
        agentId: row.agent_id,
        recordingId: row.recording_id,
      };

/** The state a page shows: the rules' status, told apart by which call is due. */
export function shownState({ status, mending, confirmation }: Sale, now: number): string {
  if (status === 'unqualified' && mending?.task?.kind === 'verification') return 'to-verify';
  const task = confirmation?.task ?? null;
  return status === 'trial' && task !== null && now >= task.notBefore ? 'to-confirm' : status;
}

const qualifiedOf = (sale: Sale): boolean | null => {
  const standing = fourCriteria(sale);
  return standing === 'unjudged' ? null : standing === 'passed';
};
const inspectedOf = (sale: Sale): boolean =>
  sale.calls.some(({ judgements }) => judgements.some(({ basis }) => basis === 'inspection'));

export function saleTable(tx: Tx): SaleTable {
  const write = async (record: SaleRecord, journal: SaleJournal): Promise<void> => {
    const { life } = record;
    const deadline = nextDeadline(life);
    await tx.$executeRaw`
      update qa_sale set state = ${shownState(life, journal.at)}, since = case when state = ${shownState(life, journal.at)} then since else ${new Date(journal.at)} end,
             deadline_at = ${deadline === null ? null : new Date(deadline)},
             trial_ends_at = ${life.confirmation === null ? null : new Date(life.confirmation.trialEndsAt)},
             extensions = ${life.confirmation?.extensions ?? 0}, inspected = ${inspectedOf(life)}, qualified = ${qualifiedOf(life)},
             recording_id = ${record.recordingId}::uuid, life = ${JSON.stringify({ version: documentVersion, sale: life })}::jsonb, version = version + 1
       where id = ${life.id}::uuid`;
    const to = shownState(life, journal.at);
    const rows =
      journal.events.length === 0
        ? [{ kind: 'noted', detail: journal.note }]
        : journal.events.map(({ event, ...detail }) => ({ kind: event, detail }));
    for (const { kind, detail } of rows) {
      await tx.saleEvent.create({
        data: {
          saleId: life.id,
          at: new Date(journal.at),
          kind,
          fromState: journal.from,
          toState: to,
          by: journal.by,
          detail: JSON.parse(JSON.stringify({ ...journal.note, ...detail })),
        },
      });
    }
  };
  return {
    async lock(id) {
      const [row] = await tx.$queryRaw<SaleRow[]>`select * from qa_sale where id = ${id}::uuid for update`;
      return saleOf(row);
    },
    async lockByAttempt(attemptId) {
      const [row] = await tx.$queryRaw<
        SaleRow[]
      >`select * from qa_sale where attempt_id = ${attemptId}::uuid for update`;
      return saleOf(row);
    },
    async lockByTask(taskId) {
      const [row] = await tx.$queryRaw<SaleRow[]>`
        select s.* from qa_sale s join qa_task_call t on t.sale_id = s.id where t.id = ${taskId}::uuid for update of s`;
      return saleOf(row);
    },
    async lockByTaskAttempt(attemptId) {
      const [row] = await tx.$queryRaw<SaleRow[]>`
        select s.* from qa_sale s join qa_task_call t on t.sale_id = s.id where t.done_attempt_id = ${attemptId}::uuid for update of s`;
      return saleOf(row);
    },
    async insert(record, journal) {
      const { life } = record;
      await tx.sale.create({
        data: {
          id: life.id,
          attemptId: record.attemptId,
          recordingId: record.recordingId,
          campaignId: record.campaignId,
          agentId: record.agentId,
          state: 'recorded',
          recordedAt: new Date(life.recordedAt),
          since: new Date(life.recordedAt),
          life: {},
        },
      });
      await write(record, journal);
    },
    save: write,
  };
}

type TaskRow = Omit<TaskRecord, 'notBefore' | 'deadlineAt' | 'createdAt'> & {
  notBefore: Date;
  deadlineAt: Date;
  createdAt: Date;
};
const taskColumns =
  'id, kind, state, sale_id as "saleId", case_id as "caseId", campaign_id as "campaignId", source_attempt_id as "sourceAttemptId", agent_id as "agentId", not_before as "notBefore", deadline_at as "deadlineAt", round, result, done_attempt_id as "doneAttemptId", why, created_at as "createdAt"';
const taskOf = (row: TaskRow): TaskRecord => ({
  ...row,
  notBefore: row.notBefore.getTime(),
  deadlineAt: row.deadlineAt.getTime(),
  createdAt: row.createdAt.getTime(),
});

export function taskTable(tx: Tx): TaskTable {
  return {
    async lock(id) {
      const [row] = await tx.$queryRawUnsafe<TaskRow[]>(
        `select ${taskColumns} from qa_task_call where id = $1::uuid for update`,
        id,
      );
      return row === undefined ? null : taskOf(row);
    },
    async insert(task) {
      const { notBefore, deadlineAt, createdAt, ...rest } = task;
      await tx.taskCall.create({
        data: {
          ...rest,
          notBefore: new Date(notBefore),
          deadlineAt: new Date(deadlineAt),
          createdAt: new Date(createdAt),
        },
      });
    },
    async save(task) {
      await tx.taskCall.update({
        where: { id: task.id },
        data: {
          state: task.state,
          result: task.result,
          doneAttemptId: task.doneAttemptId,
          agentId: task.agentId,
          why: task.why,
        },
      });
    },
    async openOf(saleId, kinds) {
      const rows = await tx.$queryRawUnsafe<TaskRow[]>(
        `select ${taskColumns} from qa_task_call where sale_id = $1::uuid and kind = any($2::text[]) and state in ('planned', 'asked') for update`,
        saleId,
        kinds,
      );
      return rows.map(taskOf);
    },
  };
}

/**
 * Nothing happens where the call has no recording, or the same was asked for before. Where the recording was given to somebody by this form
 * already, by the same version: all who judge it answer the same questions.
 */
export async function askInspection(tx: Tx, asked: AskedInspection): Promise<void> {
  await tx.$executeRaw`
    insert into qa_inspection (kind, state, recording_id, attempt_id, campaign_id, agent_id, reason, form_id, form_version, drawn_at, deadline_at, sale_id, task_id)
    select ${asked.kind}, 'drawn', c.recording_id, c.attempt_id, c.campaign_id, c.agent_id, ${asked.reason}, ${asked.formId},
           coalesce((select i.form_version from qa_inspection i where i.recording_id = c.recording_id and i.form_id = ${asked.formId}
                        and i.kind <> 'calibration' order by i.drawn_at, i.id limit 1), ${asked.formVersion}::int),
           ${new Date(asked.now)}, ${new Date(asked.deadlineAt)}, coalesce(${asked.saleId}::uuid, (select s.id from qa_sale s where s.attempt_id = c.attempt_id)), ${asked.taskId}::uuid
      from qa_conversation c
     where c.attempt_id = ${asked.attemptId}::uuid and c.recording_id is not null
       and not exists (select 1 from qa_inspection i where i.recording_id = c.recording_id and i.kind = ${asked.kind} and i.reason = ${asked.reason})`;
}

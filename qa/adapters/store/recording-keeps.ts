import type { PrismaClient } from '../../../prisma/generated/client.ts';

export type RecordingKeep = {
  recordingId: string;
  reason: 'open-case' | 'open-inspection' | 'sale-undecided';
  by: string;
};

/**
 * What must not be erased yet, whatever its age (R3): recordings of open cases, of inspections that are not over, and of sales that are
 * not decided, their corrective and confirming calls among them. An inspection that expired is over: nobody judges it any more.
 */
export function recordingKeeps(client: PrismaClient): (recordingIds: string[]) => Promise<RecordingKeep[]> {
  return async (recordingIds) => {
    if (recordingIds.length === 0) return [];
    return client.$queryRaw<RecordingKeep[]>`
      with asked as (select id, attempt_id from recording where id = any(${recordingIds}::uuid[]))
      select a.id as "recordingId", 'open-inspection' as reason, i.id as by from asked a join qa_inspection i on i.recording_id = a.id
       where i.state in ('drawn', 'assigned', 'opened', 'scored', 'disputed')
      union all
      select a.id, 'open-case', c.id from asked a join qa_case c on c.recording_ids @> array[a.id] or c.attempt_id = a.attempt_id
       where c.state <> 'closed'
      union all
      select a.id, 'sale-undecided', s.id from asked a join qa_sale s on s.attempt_id = a.attempt_id
       where s.state not in ('billable', 'cancelled', 'void')
      union all
      select a.id, 'sale-undecided', s.id from asked a join qa_task_call t on t.done_attempt_id = a.attempt_id join qa_sale s on s.id = t.sale_id
       where s.state not in ('billable', 'cancelled', 'void')`;
  };
}

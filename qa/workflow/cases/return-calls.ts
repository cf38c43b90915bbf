/** Return calls of cases: the dialler's, and where no call of ours says whom to ring, those that somebody makes by hand. Both count alike. */
import { randomUUID } from 'node:crypto';
import type { CaseDocument } from '../../ports/case-store.ts';
import type { QualityTx } from '../../ports/quality-store.ts';
import type { TaskRecord } from '../../ports/sale-store.ts';
import type { Satisfaction } from '../../rules/case.ts';
import type { WorkingCalendar } from '../../rules/working-days.ts';

/** Working days for one return call. */
const callWithinDays = 1;

/** Asks for the next call; null where nobody is known to ring. */
export async function askReturnCall(
  tx: QualityTx,
  file: CaseDocument,
  agentId: string | null,
  { now, calendar }: { now: number; calendar: WorkingCalendar },
): Promise<string | null> {
  const { attemptId } = file;
  if (attemptId === null && file.number === null) return null;
  const task = returnCallOf(file, agentId, now, calendar.addWorkingDays(now, callWithinDays));
  await tx.tasks.insert(task);
  const { id, deadlineAt } = task;
  if (attemptId !== null) {
    const origin = { kind: 'return-call', id } as const;
    await tx.handoff({ topic: 'task-call-wanted', origin, attemptId, agentId, notBefore: now, deadlineAt }, now);
  }
  return id;
}

function returnCallOf(file: CaseDocument, agentId: string | null, now: number, deadlineAt: number): TaskRecord {
  const { attemptId: sourceAttemptId, campaignId } = file;
  return {
    ...{ id: randomUUID(), kind: 'return-call', state: 'asked', why: 'case' },
    ...{ saleId: null, caseId: file.life.id, campaignId, sourceAttemptId, agentId, round: file.life.round },
    ...{ notBefore: now, deadlineAt, createdAt: now, result: null, doneAttemptId: null },
  };
}

/** Calls that are no longer needed, or come again in another hand. */
export async function withdrawReturnCalls(tx: QualityTx, caseId: string, now: number): Promise<void> {
  await endReturnCalls(tx, caseId, now, { state: 'withdrawn' });
}

/** Somebody rang by hand and has the answer: the call that was waiting is made, or else this was one more. */
export async function answeredByHand(
  tx: QualityTx,
  file: CaseDocument,
  agentId: string | null,
  answer: Satisfaction,
  now: number,
): Promise<void> {
  const made = { state: 'done', result: answer, ...(agentId === null ? {} : { agentId }) } as const;
  if ((await endReturnCalls(tx, file.life.id, now, made)) > 0) return;
  await tx.tasks.insert({ ...returnCallOf(file, agentId, now, now), ...made });
}

/** Somebody rang by hand, and nobody answered. */
export async function unreachedByHand(tx: QualityTx, caseId: string, now: number): Promise<void> {
  await endReturnCalls(tx, caseId, now, { state: 'overdue', result: 'unreachable' });
}

async function endReturnCalls(
  tx: QualityTx,
  caseId: string,
  now: number,
  end: Pick<TaskRecord, 'state'> & Partial<TaskRecord>,
): Promise<number> {
  const open = await tx.cases.openReturnCalls(caseId);
  for (const id of open) {
    const task = await tx.tasks.lock(id);
    if (task === null) continue;
    await tx.tasks.save({ ...task, ...end });
    if (task.sourceAttemptId !== null)
      await tx.handoff({ topic: 'task-call-withdrawn', origin: { kind: task.kind, id } }, now);
  }
  return open.length;
}

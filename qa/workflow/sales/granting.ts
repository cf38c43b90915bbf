/** What a sale wishes becomes task calls, texts and inspections, in the transaction of the change itself. */
import { randomUUID } from 'node:crypto';
import type { QualityTx } from '../../ports/quality-store.ts';
import type { SaleRecord, TaskKind } from '../../ports/sale-store.ts';
import type { CampaignQuality } from '../../ports/surroundings.ts';
import type { SaleEvent } from '../../rules/sale.ts';

/** A notice that comes later than this tells nobody anything. */
const noticeWithinDays = 1;

/** One wish. `campaign` gives the working days. */
export async function grant(
  tx: QualityTx,
  record: SaleRecord,
  event: SaleEvent,
  { now, campaign }: { now: number; campaign: CampaignQuality },
): Promise<void> {
  switch (event.event) {
    case 'mending-call-asked':
      return askCall(
        tx,
        record,
        { kind: event.kind, round: event.number, notBefore: now, deadlineAt: event.dueAt },
        now,
      );
    case 'confirmation-call-asked': {
      const { number: round, notBefore, dueAt: deadlineAt } = event;
      return askCall(tx, record, { kind: 'confirmation', round, notBefore, deadlineAt }, now);
    }
    case 'mending-call-withdrawn':
      return withdrawCalls(tx, record, ['corrective', 'verification'], now);
    case 'confirmation-call-withdrawn':
      return withdrawCalls(tx, record, ['confirmation'], now);
    case 'inspection-asked': {
      const kind = event.kind === 'sale' ? 'recheck' : event.kind === 'confirmation' ? 'confirmation' : 'corrective';
      const form = await tx.forms.newest(
        kind === 'confirmation' ? 'second-confirmation' : kind === 'corrective' ? 'corrective-call' : 'valid-marketing',
      );
      const deadlineAt = campaign.calendar.addWorkingDays(now, 1);
      const asked = {
        attemptId: event.callId,
        reason: kind,
        ...form,
        saleId: record.life.id,
        taskId: null,
      };
      return tx.askInspection({ kind, ...asked, now, deadlineAt });
    }
    case 'text-asked': {
      // What was due at an earlier time of the clock is of no use any more; the sale ends by its own deadline.
      const sendUntil = record.life.text?.dueAt ?? now;
      const origin = { kind: 'terms', id: record.life.id } as const;
      return tx.handoff({ topic: 'text-wanted', origin, attemptId: record.attemptId, sendUntil }, now);
    }
    case 'notice-asked': {
      const origin = { kind: 'notice', id: record.life.id } as const;
      const sendUntil = campaign.calendar.addWorkingDays(now, noticeWithinDays);
      return tx.handoff({ topic: 'text-wanted', origin, attemptId: record.attemptId, sendUntil }, now);
    }
    // Entries of the journal and of the client's feed; nothing further is owed for them here.
    case 'moved':
    case 'activation-asked':
    case 'text-failed':
    case 'reply-unclear':
    case 'trial-extended':
    case 'customer-informed':
    case 'billing-started':
    case 'billing-stopped':
    case 'product-cancel-asked':
    case 'overdue':
      return;
  }
}

async function askCall(
  tx: QualityTx,
  record: SaleRecord,
  { kind, round, notBefore, deadlineAt }: { kind: TaskKind; round: number; notBefore: number; deadlineAt: number },
  now: number,
): Promise<void> {
  const task = {
    id: randomUUID(),
    kind,
    state: 'asked',
    saleId: record.life.id,
    caseId: null,
    campaignId: record.campaignId,
    sourceAttemptId: record.attemptId,
    agentId: record.agentId,
    notBefore,
    deadlineAt,
    round,
    result: null,
    doneAttemptId: null,
    why: kind,
    createdAt: now,
  } as const;
  await tx.tasks.insert(task);
  const { id, agentId } = task;
  await tx.handoff(
    { topic: 'task-call-wanted', origin: { kind, id }, attemptId: record.attemptId, agentId, notBefore, deadlineAt },
    now,
  );
}

async function withdrawCalls(tx: QualityTx, record: SaleRecord, kinds: TaskKind[], now: number): Promise<void> {
  for (const task of await tx.tasks.openOf(record.life.id, kinds)) {
    await tx.tasks.save({ ...task, state: 'withdrawn' });
    await tx.handoff({ topic: 'task-call-withdrawn', origin: { kind: task.kind, id: task.id } }, now);
  }
}

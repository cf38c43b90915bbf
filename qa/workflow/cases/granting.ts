/** What a case asks for becomes handoffs, task calls and inspections, each with its line in the journal. */
import type { CaseDocument, CaseEntry, ToldCall } from '../../ports/case-store.ts';
import type { QualityTx } from '../../ports/quality-store.ts';
import type { CaseEvent } from '../../rules/case.ts';
import type { WorkingCalendar } from '../../rules/working-days.ts';
import { askReturnCall } from './return-calls.ts';

export type Moment = { now: number; by: string | null; calendar: WorkingCalendar };

/** Working days for the second judgement of a complaint. */
const judgeWithinDays = 1;

/** Grants what happened and journals it. `moved` stands in the entry of the step itself. */
export async function grantAll(
  tx: QualityTx,
  file: CaseDocument,
  happened: readonly CaseEvent[],
  moment: Moment,
  call: Pick<ToldCall, 'purpose' | 'originKind'> | null = null,
): Promise<void> {
  for (const event of happened) {
    const detail = await grant(tx, file, event, moment, call);
    if (detail !== null) await tx.cases.append(file.life.id, [entry(moment, event.event, '', detail)]);
  }
}

/** The journal's detail; null where the event needs no line of its own. */
async function grant(
  tx: QualityTx,
  file: CaseDocument,
  event: CaseEvent,
  moment: Moment,
  call: Pick<ToldCall, 'purpose' | 'originKind'> | null,
): Promise<Record<string, unknown> | null> {
  switch (event.event) {
    case 'moved':
      return null;
    case 'number-block-asked':
      return blockNumber(tx, file, moment);
    case 'recordings-hold-asked':
      return hold(tx, file, 1, moment);
    case 'recordings-hold-released':
      return hold(tx, file, -1, moment);
    case 'second-judgement-asked':
      await askJudgement(tx, event.callId, call, moment);
      return { attemptId: event.callId };
    case 'return-call-asked': {
      const taskId = await askReturnCall(tx, file, null, moment);
      return { round: event.round, taskId };
    }
    case 'sent-to':
      return { department: event.department };
    case 'escalated':
      return { why: event.why };
    case 'round-again':
      return { round: event.round, dueAt: event.dueAt };
    case 'client-notice-asked':
      // A file with no campaign has no client.
      return file.campaignId === null ? null : {};
  }
}

async function blockNumber(tx: QualityTx, file: CaseDocument, { now, by }: Moment) {
  const { attemptId, number } = file;
  // A complaint by letter may name neither; the number is blocked by hand once it is known.
  if (attemptId === null && number === null) return { blocked: false };
  await tx.handoff(
    {
      topic: 'number-blocked',
      attemptId,
      number,
      scope: 'all',
      scopeId: null,
      reason: 'complaint',
      source: 'case',
      evidence: { caseId: file.life.id },
      endsAt: null,
      by,
    },
    now,
  );
  return { blocked: true };
}

/** Holds are counted, so that another case or a dispute keeps what this one lets go. */
export async function hold(tx: QualityTx, file: CaseDocument, change: 1 | -1, { now }: Pick<Moment, 'now'>) {
  for (const recordingId of file.recordingIds) await tx.handoff({ topic: 'recording-held', recordingId, change }, now);
  return { recordingIds: file.recordingIds };
}

/** Judged again, blind, by the form that calls of its kind are judged by. Asked twice, it is made once. */
export async function askJudgement(
  tx: QualityTx,
  attemptId: string,
  call: Pick<ToldCall, 'purpose' | 'originKind'> | null,
  { now, calendar }: Pick<Moment, 'now' | 'calendar'>,
): Promise<void> {
  const deadlineAt = calendar.addWorkingDays(now, judgeWithinDays);
  const asked = { attemptId, reason: 'complaint', ...(await tx.forms.newest(formFor(call))) };
  await tx.askInspection({ kind: 'forced', ...asked, saleId: null, taskId: null, now, deadlineAt });
}

function formFor(call: Pick<ToldCall, 'purpose' | 'originKind'> | null) {
  const kind = call?.originKind ?? call?.purpose ?? 'marketing';
  switch (kind) {
    case 'marketing':
      return 'valid-marketing';
    case 'corrective':
    case 'verification':
      return 'corrective-call';
    case 'confirmation':
      return 'second-confirmation';
    default:
      return 'conduct';
  }
}

export function entry(
  { now, by }: Pick<Moment, 'now' | 'by'>,
  kind: string,
  text: string,
  detail: Record<string, unknown> = {},
): CaseEntry {
  return { at: now, by, kind, text, detail };
}

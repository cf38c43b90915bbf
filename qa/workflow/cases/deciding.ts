/** Deciding a signal on a locked case, and what the rules do not know of: the end of duplicates, and calls made again. */
import type { CaseDocument } from '../../ports/case-store.ts';
import type { QualityTx } from '../../ports/quality-store.ts';
import { type CaseRefusal, type CaseSignal, decideCase } from '../../rules/case.ts';
import { shownState } from '../../rules/case-words.ts';
import { entry, grantAll, hold, type Moment } from './granting.ts';
import { askReturnCall, withdrawReturnCalls } from './return-calls.ts';

/** After so many return calls that nobody answered a manager may close: the dialler does not go on ringing. */
const returnCallsAtMost = 3;

/** The step's own line of the journal, and what it changes beside the rules' record. */
export type StepNote = {
  kind: string;
  text: string;
  detail: Record<string, unknown>;
  change?: Partial<CaseDocument>;
};

/** Decides and stores; a refusal is the caller's to judge. The step's own entry comes before what follows from it. */
export async function give(
  tx: QualityTx,
  before: CaseDocument,
  signal: CaseSignal,
  moment: Moment,
  note: StepNote | null,
): Promise<{ file: CaseDocument; refusal: CaseRefusal | null }> {
  const step = decideCase(before.life, signal, moment);
  if (step.refusal !== null) return { file: before, refusal: step.refusal };
  const file = { ...before, ...note?.change, life: step.record };
  await tx.cases.save(file);
  const moved = step.happened.find((event) => event.event === 'moved');
  const path = moved === undefined ? {} : { from: shownState(moved.from), to: shownState(moved.to) };
  if (note !== null)
    await tx.cases.append(file.life.id, [entry(moment, note.kind, note.text, { ...note.detail, ...path })]);
  // A step that sends the case to a department says so itself.
  const further = step.happened.filter((event) => event.event !== 'sent-to');
  await grantAll(tx, file, further, moment);
  if (file.life.status === 'closed') await endDuplicates(tx, file, moment);
  return { file, refusal: null };
}

/** Told twice, ended once: what a duplicate held is let go with the case it doubles. */
async function endDuplicates(tx: QualityTx, original: CaseDocument, moment: Moment): Promise<void> {
  for (const id of await tx.cases.duplicatesOf(original.life.id)) {
    const file = await tx.cases.lock(id);
    if (file === null || file.life.status === 'closed') continue;
    await endDuplicate(tx, file, '', moment);
  }
}

export async function endDuplicate(
  tx: QualityTx,
  file: CaseDocument,
  text: string,
  moment: Moment,
): Promise<CaseDocument> {
  const ended: CaseDocument = { ...file, life: { ...file.life, status: 'closed', closedAt: moment.now } };
  await tx.cases.save(ended);
  await withdrawReturnCalls(tx, file.life.id, moment.now);
  const released = file.kind === 'complaint' ? await hold(tx, file, -1, moment) : {};
  const detail = { duplicateOf: file.duplicateOf, to: 'closed', ...released };
  await tx.cases.append(file.life.id, [entry(moment, 'closed-as-duplicate', text, detail)]);
  return ended;
}

/** A return call nobody answered is made again, until it has been tried often enough for a manager to decide. */
export async function afterUnreached(tx: QualityTx, file: CaseDocument, moment: Moment): Promise<void> {
  const tries = file.life.returnCallsUnreached;
  if (tries < returnCallsAtMost) {
    const taskId = await askReturnCall(tx, file, null, moment);
    await tx.cases.append(file.life.id, [
      entry(moment, 'return-call-asked', '', { taskId, round: file.life.round, tries }),
    ]);
    return;
  }
  await tx.cases.save({ ...file, escalatedByHand: true });
  await tx.cases.append(file.life.id, [entry(moment, 'escalated', '', { why: 'not-reached', tries })]);
}

/** One step of work on a case: which signal of the rules it is, what it changes beside them, and what the journal keeps of it. */
import type { CaseDocument } from '../../ports/case-store.ts';
import type { QualityTx } from '../../ports/quality-store.ts';
import type { Viewer } from '../../ports/viewer.ts';
import { QualityError } from '../../errors.ts';
import type { CaseSignal, Satisfaction } from '../../rules/case.ts';
import { type FoundCause, ruleCause } from '../../rules/case-words.ts';
import { stepNotNow } from './refusals.ts';

export type CaseStepTaken =
  | { step: 'contact'; text: string }
  | { step: 'judge'; valid: boolean; reason: string; text: string }
  | { step: 'cause'; cause: FoundCause; responsibleId: string | null; text: string }
  | { step: 'correct'; text: string }
  | { step: 'check-correction'; held: boolean; text: string }
  | { step: 'answer'; text: string }
  | { step: 'return-call'; agentId: string | null; satisfaction: Satisfaction | null; text: string }
  | { step: 'notify-client'; text: string }
  | { step: 'escalate'; text: string }
  | { step: 'assign'; ownerId: string; department: string }
  | { step: 'close'; text: string }
  | { step: 'note'; text: string };

export type Plan = {
  signal: CaseSignal | null;
  change: Partial<CaseDocument>;
  detail: Record<string, unknown>;
  /** What the rules do not know of: calls withdrawn, or made by hand before the dialler did, a call asked for anew, the end of a duplicate. */
  after: 'nothing' | 'withdraw-calls' | 'called-by-hand' | 'unreached-by-hand' | 'call-again' | 'end-duplicate';
};

const plain: Plan = { signal: null, change: {}, detail: {}, after: 'nothing' };

/** @throws QualityError where the step does not apply; what the rules themselves refuse is found when the signal is decided. */
export async function planOf(tx: QualityTx, file: CaseDocument, step: CaseStepTaken, viewer: Viewer): Promise<Plan> {
  const by = viewer.userId;
  if (file.life.status === 'closed' && step.step !== 'note' && step.step !== 'notify-client')
    throw stepNotNow('closed');
  switch (step.step) {
    case 'contact':
      return { ...plain, signal: { kind: 'contacted' } };
    case 'judge':
      return judge(tx, file, step, by);
    case 'cause': {
      if (file.life.status !== 'judged' && file.life.status !== 'answered') throw stepNotNow('not judged');
      const found = { cause: step.cause, responsibleId: step.responsibleId };
      return { ...plain, change: { found }, detail: found };
    }
    case 'correct': {
      if (file.found === null) throw stepNotNow('its cause is not named');
      const { cause, responsibleId } = file.found;
      const responsible = responsibleId ?? file.life.department ?? cause;
      return {
        ...plain,
        signal: { kind: 'corrected', cause: ruleCause(cause), responsible, measures: step.text, by },
        detail: { cause, responsible },
      };
    }
    case 'check-correction':
      return {
        ...plain,
        signal: { kind: 'correction-checked', by, holds: step.held },
        detail: { held: step.held },
      };
    case 'answer':
      return { ...plain, signal: { kind: 'answered' } };
    case 'return-call':
      return returnCall(file, step);
    case 'notify-client':
      if (file.campaignId === null) throw stepNotNow('it belongs to no client');
      return plain;
    case 'escalate':
      return { ...plain, change: { escalatedByHand: true } };
    case 'assign': {
      const { ownerId, department } = step;
      if (!(await tx.cases.mayOwn(ownerId, file.centreId)))
        throw new QualityError('user-unknown', 'There is nobody of this centre to give the case to.');
      const sent = department !== '' && department !== file.life.department;
      return {
        ...plain,
        signal: sent ? { kind: 'sent-to', department } : null,
        change: { ownerId },
        detail: { ownerId, department },
      };
    }
    case 'close':
      return close(file, step.text, viewer);
    case 'note':
      return plain;
  }
}

/** K1: judged by what the recordings say. A lost one was looked for, too. */
async function judge(
  tx: QualityTx,
  file: CaseDocument,
  { valid, reason }: Extract<CaseStepTaken, { step: 'judge' }>,
  by: string,
): Promise<Plan> {
  if (by === file.agentId) throw new QualityError('judge-same-person', 'Nobody judges a complaint about themself.');
  const settled = await tx.cases.settledRecordings(file.recordingIds);
  const heard = file.callRecordingId === null || settled.includes(file.callRecordingId) ? settled : [];
  return {
    ...plain,
    signal: { kind: 'judged', by, valid, reasons: reason, checkedRecordings: heard },
    detail: { valid, reason, checkedRecordings: heard },
  };
}

function returnCall(
  file: CaseDocument,
  { satisfaction, agentId }: Extract<CaseStepTaken, { step: 'return-call' }>,
): Plan {
  if (satisfaction !== null)
    return {
      signal: { kind: 'return-call', result: satisfaction },
      change: { satisfaction },
      detail: { satisfaction, agentId },
      after: 'called-by-hand',
    };
  if (file.life.status !== 'mended') throw stepNotNow('nothing is mended yet');
  // With a call of ours to start from the dialler rings; otherwise somebody did by hand, and nobody answered.
  if (file.attemptId !== null) return { ...plain, detail: { agentId }, after: 'call-again' };
  return {
    ...plain,
    signal: { kind: 'return-call', result: 'unreached' },
    detail: { satisfaction, agentId, reached: false },
    after: 'unreached-by-hand',
  };
}

function close(file: CaseDocument, reason: string, { userId, role }: Viewer): Plan {
  if (file.duplicateOf !== null) return { ...plain, detail: { duplicateOf: file.duplicateOf }, after: 'end-duplicate' };
  // Nobody to ask: a remark of the client's, or of somebody who gave no number.
  if (file.attemptId === null && file.number === null)
    return { ...plain, signal: { kind: 'return-call', result: 'satisfied' }, detail: { customer: 'not-known' } };
  return {
    ...plain,
    signal: { kind: 'closed-unreached', by: userId, role, reason },
    detail: { unreached: file.life.returnCallsUnreached },
    after: 'withdraw-calls',
  };
}

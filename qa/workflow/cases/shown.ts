/** The words of the rules and those that pages and reports use for a case. */
import type { CaseState, CaseKindTold, FoundCause } from '../../ports/case-store.ts';
import type { CaseCause, CaseKind, CaseRefusal, CaseStatus } from '../../rules/case.ts';
import { QualityError } from '../../errors.ts';

/** A question is a problem that an answer solves; a client's remark is weighed like a suggestion. */
export function ruleKind(kind: CaseKindTold): CaseKind {
  switch (kind) {
    case 'complaint':
    case 'problem':
    case 'suggestion':
      return kind;
    case 'question':
      return 'problem';
    case 'client-remark':
      return 'suggestion';
  }
}

export function shownState(status: CaseStatus): CaseState {
  switch (status) {
    case 'recorded':
      return 'open';
    case 'mended':
      return 'return-call';
    case 'contacted':
    case 'judged':
    case 'answered':
    case 'closed':
      return status;
  }
}

/** What nothing on our side caused lies with the customer's own circumstances. */
export function ruleCause(cause: FoundCause): CaseCause {
  return cause === 'none' ? 'customer' : cause;
}

export function stepNotNow(why: string): QualityError {
  return new QualityError('step-not-now', `The step does not apply to the case as it stands: ${why}.`);
}

export function refused(refusal: CaseRefusal): QualityError {
  switch (refusal) {
    case 'closed':
    case 'not-in-this-status':
    case 'correction-missing':
      return stepNotNow(refusal);
    case 'recordings-not-checked':
      return new QualityError('recording-not-stored', 'The recording of the call has not arrived yet.', {
        retryable: true,
      });
    case 'checked-by-the-same-person':
      return new QualityError('judge-same-person', 'A correction is checked by another than who made it.');
    case 'not-a-manager':
      return new QualityError('no-right', 'Only a manager closes a case whose customer could not be reached.');
    case 'reasons-missing':
    case 'not-tried-often-enough':
      return new QualityError(refusal, `The step is refused: ${refusal}.`);
  }
}

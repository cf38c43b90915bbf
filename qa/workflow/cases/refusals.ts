/** What the rules refuse, as the errors that the page has sentences for. */
import { QualityError } from '../../errors.ts';
import type { CaseRefusal } from '../../rules/case.ts';

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

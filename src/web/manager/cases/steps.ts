import type { CaseDetail } from '../../../contract/cases.ts';

/** Steps of work on a case, in their usual order. */
export const steps = [
  'contact',
  'assign',
  'judge',
  'cause',
  'correct',
  'check-correction',
  'answer',
  'return-call',
  'notify-client',
  'escalate',
  'close',
  'note',
] as const;
/** What is still done once a case is closed. */
export const stepsAfter = ['notify-client', 'note'] as const;
export type StepName = (typeof steps)[number];
/** What is usually done next; every other step can be chosen instead. */
export function nextStep({ state, valid, cause }: Pick<CaseDetail, 'state' | 'valid' | 'cause'>): StepName {
  switch (state) {
    case 'open':
      return 'contact';
    case 'contacted':
      return 'judge';
    case 'judged':
      return valid === true && cause === null ? 'cause' : 'answer';
    case 'answered':
      return 'check-correction';
    case 'return-call':
      return 'return-call';
    case 'closed':
      return 'notify-client';
  }
}

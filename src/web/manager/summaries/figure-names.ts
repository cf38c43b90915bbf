import type { FigureName } from '../../../contract/calls-behind.ts';

/** The figure that a problem of the week is about, where it is one that opens down to its calls. */
export const figureOfProblem: Record<string, FigureName> = {
  'abandon-over-cap': 'abandoned',
  'recordings-missing': 'recordings-missing',
  'utilization-below-band': 'talk-time',
  'utilization-above-band': 'talk-time',
  'effective-rate-fell': 'inspected-sales',
  'connect-rate-fell': 'conversations',
  'criterion-failed': 'unqualified-sales',
  'complaints-overdue': 'complaints-overdue',
  'complaints-valid': 'complaints-valid',
  'problems-told': 'problems',
  'nothing-inspected': 'sales',
  'corrective-calls-open': 'corrective-open',
};

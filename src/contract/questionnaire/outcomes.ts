import type { Disposition } from '../agent-desk.ts';

/**
 * Whether a call with this outcome went on to its end, so that what must be asked was asked. Whoever refuses, asks not to be called
 * again, complains, wants another time, or is not the one who was called, breaks the questions off; what they answered so far is kept.
 */
export function needsAnswers(kind: Disposition['kind']): boolean {
  switch (kind) {
    case 'surveyed':
    case 'sale':
    case 'undecided':
      return true;
    case 'refused':
    case 'appointment':
    case 'opt-out':
    case 'wrong-person':
    case 'wrong-number':
    case 'machine':
    case 'complaint':
    case 'question':
    case 'task':
      return false;
    default:
      return kind satisfies never;
  }
}

import type { PacedCall } from '../../ports/pacing.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { EndReason } from '../../rules/pacing/policy.ts';

/** A call nothing is known of yet but that it was claimed. */
export const blankCall: Omit<PacedCall, 'attemptId' | 'intendedAt'> = {
  state: 'intended',
  agentId: null,
  ringingAt: null,
  answeredAt: null,
  connectedAt: null,
  abandonedAt: null,
  endedAt: null,
  detection: null,
  closing: null,
  outcome: null,
};

/** How a policy names the end of a call. */
export function endReason(outcome: Outcome | null): EndReason {
  switch (outcome) {
    case 'connected':
    case 'customer-hung-up':
      return 'completed';
    case 'abandoned':
    case 'busy':
    case 'no-answer':
    case 'invalid':
    case 'machine':
    case 'canceled':
      return outcome;
    case 'switched-off':
    case 'failed':
    case null:
      return 'failed';
  }
}

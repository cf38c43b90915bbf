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
  disposition: null,
  outcomeAt: null,
  fromPool: true,
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

/**
 * Who was on the line. What the agent says of it is surer than the detection's verdict, so nobody knows as long as it may still be said;
 * but a call that was ended because it is a machine is one. Undefined: not known, perhaps not yet.
 */
export function partyOf(row: PacedCall): 'human' | 'machine' | undefined {
  if (row.answeredAt === null) return undefined;
  if (row.disposition !== null) return row.disposition === 'machine' ? 'machine' : 'human';
  if (row.detection === 'machine' || row.detection === 'fax') return 'machine';
  const mayBeSaid = row.connectedAt !== null && row.outcomeAt === null;
  return row.detection === 'human' && !mayBeSaid ? 'human' : undefined;
}

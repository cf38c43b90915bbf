import type { Outcome } from '../outcome.ts';
import type { Call, CarrierEnd } from './types.ts';

/**
 * The outcome of a call that the carrier says is over. What was decided while it was up (abandoned, machine) and what
 * happened on it (connected) come before the carrier's word, which for all of them is `completed`.
 * Network codes are SIP responses (RFC 3261): 404 and 604 no such number, 410 gone, 484 incomplete, 480 not reachable now.
 */
export function outcomeOf(call: Call, how: CarrierEnd, networkCode: number | null): Outcome {
  if (call.closing === 'machine') return 'machine';
  if (call.connectedAt !== null) return 'connected';
  if (call.abandonedAt !== null) return 'abandoned';
  if (call.closing === 'canceled') return 'canceled';
  switch (how) {
    case 'completed':
      // A voice mail that hung up by itself is still a voice mail.
      return call.detection === 'machine' || call.detection === 'fax' ? 'machine' : 'customer-hung-up';
    case 'busy':
      return 'busy';
    case 'no-answer':
      return 'no-answer';
    case 'canceled':
      return 'canceled';
    case 'failed':
      return failure(networkCode);
  }
}

function failure(networkCode: number | null): Outcome {
  switch (networkCode) {
    case 404:
    case 410:
    case 484:
    case 604:
      return 'invalid';
    case 480:
      return 'switched-off';
    case 408:
    case 487:
      return 'no-answer';
    case 486:
    case 600:
      return 'busy';
    default:
      return 'failed';
  }
}

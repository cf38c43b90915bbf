import type { Outcome } from '../outcome.ts';
import type { Call, CarrierEnd, Detection, EndTold } from './types.ts';

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

/** Whole seconds of the carrier's, and its clock beside ours. */
const CLOCK_MARGIN_MS = 3_000;

/** What is known of who answered, with what the carrier says at the end: the first verdict counts. */
export const verdict = (known: Detection | null, told: Detection | null): Detection | null =>
  known === null || known === 'unknown' ? (told ?? known) : known;

/**
 * D2 for a customer who hung up before we knew of the answer, or while we could do nothing: the carrier says how long they
 * had waited. The times of answer and abandonment; null: they left within the grace, or were taken care of in time.
 */
export function foundAbandoned(
  call: Call,
  told: EndTold,
  now: number,
  abandonMs: number,
): { answeredAt: number; abandonedAt: number } | null {
  const { lastedMs } = told;
  if (call.closing !== null || lastedMs === null || lastedMs < abandonMs) return null;
  const endedAt = told.endedAt ?? now;
  const presented = call.state === 'waiting' || call.state === 'reserved';
  if (presented && call.answeredAt !== null) {
    const waitedMs = endedAt - call.answeredAt;
    // Presented after the end, as when requests had piled up: nobody was there any more. Otherwise our own book is the finer
    // one, and it does not count the seconds in which a machine was looked for.
    const inTime = call.state === 'reserved' || waitedMs < abandonMs;
    if (waitedMs >= -CLOCK_MARGIN_MS && inTime) return null;
  }
  const toldAnswer = Math.max(call.placedAt ?? 0, endedAt - lastedMs);
  const answeredAt = Math.min(call.answeredAt ?? toldAnswer, toldAnswer);
  return { answeredAt, abandonedAt: answeredAt + abandonMs };
}

/**
 * How long after the answer a person without an agent is abandoned. Where a machine is looked for first, who was not yet told
 * apart has not been counted as having answered.
 */
export function abandonAfterMs(
  settings: { machineDetection: boolean; detectBeforeAgent: boolean; pacing: { abandonWithinMs: number } } | undefined,
  known: Detection | null,
  told: Detection | null,
  usualMs: number,
): number {
  if (settings === undefined) return usualMs;
  const first = settings.machineDetection && settings.detectBeforeAgent;
  return first && known === null && told === null ? Number.POSITIVE_INFINITY : settings.pacing.abandonWithinMs;
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

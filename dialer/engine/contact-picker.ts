/**
 * Finds the next contacts to dial. The rule is `mayDial`; this only brings it together with the rows: in the claiming
 * transaction, in the last moment before the call, and again after it when the contact's future is decided.
 */
import type { ContactStore, Candidate, CandidateVerdict } from '../ports/contact-store.ts';
import type { ContactPicker } from '../ports/contacts.ts';
import { dayOf } from '../rules/calendar.ts';
import { chooseCallerId } from '../rules/caller-id.ts';
import { afterAttempt } from '../rules/retry.ts';
import { mayDial } from '../rules/screening.ts';

/** Contacts examined in one transaction: small enough to hold locks only for milliseconds. */
const smallestBatch = 20;
const largestBatch = 200;
/** Refused contacts are put off in batches; a claim ends after so many rather than walk a whole list in one go. */
const mostBatches = 5;

export function createContactPicker({ store }: { store: ContactStore }): ContactPicker {
  return {
    async claim(request) {
      const claims = [];
      for (let batch = 0; batch < mostBatches && claims.length < request.count; batch += 1) {
        const wanted = request.count - claims.length;
        const limit = Math.min(largestBatch, Math.max(smallestBatch, wanted * 2));
        const round = await store.claim({ ...request, count: wanted }, limit, decideAt(request.now));
        claims.push(...round.claims);
        if (round.examined < limit) break;
      }
      return claims;
    },

    async recheck(attemptId, now) {
      const found = await store.factsOf(attemptId, now);
      if (found === null) return { ok: false, reason: 'attempt-over' };
      const verdict = mayDial({ ...found.facts, numbers: [found.number] }, now);
      return verdict.dial ? { ok: true } : { ok: false, reason: verdict.reason };
    },

    async afterAttempt(attemptId, result) {
      const facts = await store.retryFacts(attemptId);
      if (facts === null) throw new Error(`attempt ${attemptId} is unknown: its contact's future cannot be decided`);
      return afterAttempt(facts, result);
    },
  };
}

/** The dialling rule and the caller ID together; what one batch has used of a caller ID counts for the rest of it. */
function decideAt(now: number): (candidate: Candidate) => CandidateVerdict {
  const used = new Map<string, number>();
  return ({ facts, callerIds }) => {
    const verdict = mayDial(facts, now);
    if (!verdict.dial) return verdict;
    const pool = callerIds.map((each) => ({ ...each, usedToday: each.usedToday + (used.get(each.number) ?? 0) }));
    const callerId = chooseCallerId(pool, verdict.number);
    if (callerId === null)
      return { dial: false, reason: 'caller-id-cap', until: dayOf(now, facts.calendar.timeZone).end };
    used.set(callerId.number, (used.get(callerId.number) ?? 0) + 1);
    return { dial: true, number: verdict.number, callerId: callerId.number };
  };
}

import { AbandonLedger } from './abandon-ledger.ts';
import { Floor } from './floor.ts';
import type { PacingConfig, PacingDecision, PacingEvent, PacingPolicy, PacingReason } from './policy.ts';
import { safeConfig } from './safe-config.ts';
import { whySentence } from './why.ts';

/** How far over the cap the shift's rate may be carried by the luck of single calls before the guard holds. */
const TOLERANCE = 1.06;
/** Early in a shift a few abandoned calls mean nothing yet: so many more are allowed, ever fewer until this time. */
const EARLY_MS = 8 * 3_600_000;
const earlyCalls = (agents: number, shiftMs: number): number =>
  (3 + Math.sqrt(agents) / 2) * Math.max(0, 1 - shiftMs / EARLY_MS);
/** A rolling hour may run to this multiple of the cap, and by so many calls more where an hour has few. */
const HOUR_FACTOR = 1.7;
const HOUR_CALLS = 3;

/**
 * Holds any policy under the cap. While one more abandoned call would carry the shift, the campaign's rolling window, or (nearly)
 * the hour over it, no more calls are under way than agents are ready, so that nobody who answers is left waiting.
 */
export function withAbandonGuard(policy: PacingPolicy, config: PacingConfig): PacingPolicy {
  const safe = safeConfig(config);
  const ledger = new AbandonLedger(safe.history);
  const floor = new Floor(safe, (fact) => {
    if (fact.fact === 'connected' || fact.fact === 'abandoned') ledger.count(floor.now, fact.fact === 'abandoned');
  });

  const excess = (now: number): PacingReason | undefined => {
    const { cap } = safe;
    if (cap >= 1) return undefined;
    const over = (tally: { answered: number; abandoned: number }, limit: number): boolean =>
      tally.abandoned + 1 > limit;
    const { window } = ledger;
    const hour = ledger.hour(now);
    const early = cap > 0 ? earlyCalls(floor.signedIn, ledger.shiftAge(now)) : 0;
    for (const tally of [ledger, window]) {
      if (over(tally, TOLERANCE * cap * (tally.answered + 1) + early)) return reason(tally, cap);
    }
    if (over(hour, HOUR_FACTOR * cap * hour.answered + HOUR_CALLS)) return reason(hour, cap);
    return undefined;
  };

  const guarded: PacingPolicy = {
    observe(event: PacingEvent): void {
      floor.observe(event);
      policy.observe(event);
    },
    decide(time: number): PacingDecision {
      const decision = policy.decide(time);
      const now = floor.advance(time);
      if (decision.place <= 0) return decision;
      const why = excess(now);
      if (why === undefined) return decision;
      const place = Math.max(0, Math.min(decision.place, floor.ready - floor.calls.size));
      if (place === decision.place) return decision;
      return { ...decision, place, reason: why, why: whySentence(why), binding: 'cap' };
    },
    snapshot: () => ({ version: 1, ledger: ledger.toJSON(), policy: policy.snapshot?.() }),
    restore(stored: unknown): void {
      if (typeof stored !== 'object' || stored === null) return;
      if ('ledger' in stored) ledger.load(stored.ledger);
      if ('policy' in stored) policy.restore?.(stored.policy);
    },
  };
  return guarded;
}

function reason(tally: { answered: number; abandoned: number }, cap: number): PacingReason {
  return { code: 'cap-reached', abandoned: tally.abandoned, answered: tally.answered, cap };
}

import { AbandonLedger } from './abandon-ledger.ts';
import { Floor } from './floor.ts';
import type { PacingConfig, PacingDecision, PacingEvent, PacingPolicy, PacingReason } from './policy.ts';
import type { Tally } from './rolling-days.ts';
import { safeConfig } from './safe-config.ts';
import { whySentence } from './why.ts';

/** How far over the cap the shift's rate may be carried by the luck of single calls before the guard holds. */
const TOLERANCE = 1.06;
/** A policy that takes nearly no risk is left to itself until it loses more than so many calls, and this share of the cap, while held so. */
const HELD_CALLS = 4;
const HELD_CAP = 0.4;
/** Then its forecast is off, and it shall place only what nearly surely finds agents; losing so many times more, one call for each agent. */
const SURE_FACTOR = 3;
/** Early in a shift a few abandoned calls mean nothing yet: so many more are allowed, ever fewer until this time and this many calls. */
const EARLY_MS = 8 * 3_600_000;
const EARLY_CALLS = 900;
const earlyCalls = (agents: number, shiftMs: number, answered: number): number =>
  (3 + Math.sqrt(agents) / 2) * Math.max(0, 1 - Math.max(shiftMs / EARLY_MS, answered / EARLY_CALLS));
/** A rolling hour may run to this multiple of the cap, and by so many calls more where an hour has few. */
const HOUR_FACTOR = 1.5;
const HOUR_CALLS = 3;

/** A shift or window that is over by so many calls is so by luck, and half the risk brings it back; by more it was a shock. */
const LUCK_CALLS = 3;

/** How much of its risk a held policy shall give up; `sure`: place nothing but what finds agents even if the forecast is off. */
export type Hold = 'none' | 'half' | 'nearly-all' | 'sure';
/** A policy that can be told to take less risk for a while, and knows better how than one call for each agent. */
export type HoldablePolicy = PacingPolicy & { hold?(hold: Hold, most: number): void };
type Excess = { reason: PacingReason; hold: Hold };

/**
 * Holds any policy under the cap, over the shift, the campaign's rolling window, and (nearly) each hour. While one
 * more abandoned call would carry one of them over, a policy that knows its risks is told to take fewer, nearly none
 * where it was more than luck, and only sure ones where it loses calls all the same; one that does not know them, or goes on losing, gets no
 * more calls under way than agents are ready, so that nobody who answers is left waiting.
 */
export function withAbandonGuard(policy: HoldablePolicy, config: PacingConfig): PacingPolicy {
  const safe = safeConfig(config);
  const ledger = new AbandonLedger(safe.history);
  /** Since when the policy is to take nearly no risk, and what became of calls placed since. */
  let heldSince = Number.NaN;
  let held: Tally = { answered: 0, abandoned: 0 };
  const floor = new Floor(safe, (fact) => {
    if (fact.fact !== 'connected' && fact.fact !== 'abandoned') return;
    const lost = fact.fact === 'abandoned';
    ledger.count(floor.now, lost);
    if (fact.call.placedAt > heldSince) {
      held.answered++;
      if (lost) held.abandoned++;
    }
  });

  /** Why one more abandoned call would be too many; undefined if it would not. */
  const excess = (now: number): Excess | undefined => {
    const { cap } = safe;
    if (cap >= 1) return undefined;
    const over = (tally: Tally, limit: number): number => tally.abandoned + 1 - limit;
    const hour = ledger.hour(now);
    if (over(hour, HOUR_FACTOR * cap * hour.answered + HOUR_CALLS) > 0)
      return { reason: reason(hour, cap), hold: 'nearly-all' };
    const early = cap > 0 ? earlyCalls(floor.signedIn, ledger.shiftAge(now), ledger.answered) : 0;
    const excessOf = (tally: Tally): number => over(tally, TOLERANCE * cap * (tally.answered + 1) + early);
    const window = ledger.window(now);
    const [shiftCalls, windowCalls] = [excessOf(ledger), excessOf(window)];
    const calls = Math.max(shiftCalls, windowCalls);
    if (calls <= 0) return undefined;
    const worst = windowCalls > shiftCalls ? window : ledger;
    return { reason: reason(worst, cap), hold: calls <= LUCK_CALLS ? 'half' : 'nearly-all' };
  };

  /** What the policy is told, and the most calls that it may place. */
  const holdFor = (why: Excess | undefined): { hold: Hold; most: number } => {
    const most = floor.ready - floor.calls.size;
    if (why === undefined) return { hold: 'none', most: Number.POSITIVE_INFINITY };
    if (policy.hold === undefined || safe.cap <= 0) return { hold: why.hold, most };
    if (why.hold === 'half') return { hold: 'half', most: Number.POSITIVE_INFINITY };
    const allowed = HELD_CALLS + HELD_CAP * safe.cap * held.answered;
    if (held.abandoned <= allowed) return { hold: 'nearly-all', most: Number.POSITIVE_INFINITY };
    return { hold: 'sure', most: held.abandoned <= SURE_FACTOR * allowed ? Number.POSITIVE_INFINITY : most };
  };

  const guarded: PacingPolicy = {
    observe(event: PacingEvent): void {
      floor.observe(event);
      policy.observe(event);
    },
    decide(time: number): PacingDecision {
      const now = floor.advance(time);
      const why = excess(now);
      // What is lost at half the risk says nothing of one that is told to take nearly none.
      if (why?.hold !== 'nearly-all') heldSince = Number.NaN;
      else if (Number.isNaN(heldSince)) {
        heldSince = now;
        held = { answered: 0, abandoned: 0 };
      }
      const { hold, most } = holdFor(why);
      policy.hold?.(hold, most);
      const decision = policy.decide(time);
      if (why === undefined || decision.place <= 0) return decision;
      const place = Math.max(0, Math.min(decision.place, most));
      const risks = decision.risks === undefined ? {} : { risks: decision.risks.slice(0, place) };
      return { ...decision, ...risks, place, reason: why.reason, why: whySentence(why.reason), binding: 'cap' };
    },
    calibration: () => policy.calibration?.() ?? [],
    snapshot: () => ({ version: 1, ledger: ledger.toJSON(), policy: policy.snapshot?.() }),
    restore(stored: unknown): void {
      if (typeof stored !== 'object' || stored === null) return;
      if ('ledger' in stored) ledger.load(stored.ledger);
      if ('policy' in stored) policy.restore?.(stored.policy);
    },
  };
  return guarded;
}

function reason(tally: Tally, cap: number): PacingReason {
  return { code: 'cap-reached', abandoned: tally.abandoned, answered: tally.answered, cap };
}

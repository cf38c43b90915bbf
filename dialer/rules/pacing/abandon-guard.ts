import { AbandonLedger } from './cap/abandon-ledger.ts';
import type { Tally } from './cap/rolling-days.ts';
import { Floor } from './floor/floor.ts';
import type { CapHold, PacingConfig, PacingDecision, PacingEvent, PacingPolicy, PacingReason } from './policy.ts';
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
export const HOUR_FACTOR = 1.5;
const HOUR_CALLS = 3;

/** A shift or window that is over by so many calls is so by luck, and half the risk brings it back; by more it was a shock. */
const LUCK_CALLS = 3;

/** How much of its risk a held policy shall give up; `sure`: place nothing but what finds agents even if the forecast is off. */
export type Hold = 'none' | 'half' | 'nearly-all' | 'sure';
/** A policy that can be told to take less risk for a while, and knows better how than one call for each agent. */
export type HoldablePolicy = PacingPolicy & { hold?(hold: Hold, most: number): void };
type Excess = { tally: Tally; hold: 'half' | 'nearly-all' };
/** What the policy is told, how its decision is explained, and the most calls that it may place. */
type Holding = { hold: Hold; said: CapHold; most: number };

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
    if (over(hour, HOUR_FACTOR * cap * hour.answered + HOUR_CALLS) > 0) return { tally: hour, hold: 'nearly-all' };
    const early = cap > 0 ? earlyCalls(floor.signedIn, ledger.shiftAge(now), ledger.answered) : 0;
    const excessOf = (tally: Tally): number => over(tally, TOLERANCE * cap * (tally.answered + 1) + early);
    const window = ledger.window(now);
    const [shiftCalls, windowCalls] = [excessOf(ledger), excessOf(window)];
    const calls = Math.max(shiftCalls, windowCalls);
    if (calls <= 0) return undefined;
    const tally = windowCalls > shiftCalls ? window : ledger;
    return { tally, hold: calls <= LUCK_CALLS ? 'half' : 'nearly-all' };
  };

  const holdFor = ({ hold }: Excess): Holding => {
    const oneEach = { said: 'one-each', most: floor.ready - floor.calls.size } as const;
    if (policy.hold === undefined || safe.cap <= 0) return { hold, ...oneEach };
    if (hold === 'half') return { hold, said: hold, most: Number.POSITIVE_INFINITY };
    const allowed = HELD_CALLS + HELD_CAP * safe.cap * held.answered;
    if (held.abandoned <= allowed) return { hold, said: hold, most: Number.POSITIVE_INFINITY };
    if (held.abandoned > SURE_FACTOR * allowed) return { hold: 'sure', ...oneEach };
    return { hold: 'sure', said: 'sure', most: Number.POSITIVE_INFINITY };
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
      const holding = why === undefined ? undefined : holdFor(why);
      const most = holding?.most ?? Number.POSITIVE_INFINITY;
      policy.hold?.(holding?.hold ?? 'none', most);
      const decision = policy.decide(time);
      if (why === undefined || holding === undefined || decision.place <= 0) return decision;
      const { abandoned, answered } = why.tally;
      const reason: PacingReason = { code: 'cap-reached', abandoned, answered, cap: safe.cap, hold: holding.said };
      const place = Math.max(0, Math.min(decision.place, most));
      const risks = decision.risks === undefined ? {} : { risks: decision.risks.slice(0, place) };
      return { ...decision, ...risks, place, reason, why: whySentence(reason), binding: 'cap' };
    },
    calibration: () => policy.calibration?.() ?? [],
    // Plain data, whole and of now: who takes it over may do so without writing it down, and what is learnt afterwards is not in it.
    snapshot(): unknown {
      return JSON.parse(JSON.stringify({ version: 1, ledger, policy: policy.snapshot?.() }));
    },
    restore(stored: unknown): void {
      if (typeof stored !== 'object' || stored === null) return;
      if ('ledger' in stored) ledger.load(stored.ledger);
      if ('policy' in stored) policy.restore?.(stored.policy);
    },
  };
  return guarded;
}

/** What a campaign may use of the carrier account: held by its pacer, lent and taken back by `rules/line-shares`. */
import type { PacingStore } from '../../ports/pacing.ts';
import { newHold } from '../../rules/line-shares.ts';

export type Share = { lines: number; callsPerSecond: number };

/** What a pacer could use now. */
export type Demand = {
  weight: number;
  /** Lines with calls on them. */
  inUse: number;
  /** Calls that the policy would place. */
  place: number;
  /** The campaign's own limits. */
  most: Share;
};

const RENEW_MS = 5_000;
/** With too few lines the account is looked at again so soon. */
const SHORT_MS = 1_000;
/**
 * A pacer that did not renew for so long is gone; until another one comes its campaign holds what its calls use. Two renewals
 * may fail; a pacer that is only slow renews before it places anything, so it uses no line that others have taken meanwhile.
 */
const LASTS_MS = 12_000;

export type ShareParts = { campaignId: string; store: Pick<PacingStore, 'holdShare'>; account: Share };

export type ShareKeeper = {
  /** What the campaign may use from now on; the store is asked only every few seconds. */
  share(demand: Demand, now: number): Promise<Share>;
  /** Lets go of everything but the lines that calls use. */
  release(now: number): Promise<void>;
};

/** Keeps one campaign's hold. */
export function createShareKeeper({ campaignId, store, account }: ShareParts): ShareKeeper {
  let held: Share = { lines: 0, callsPerSecond: 0 };
  let renewedAt = Number.NEGATIVE_INFINITY;
  let lines = 0;
  let asked = 0;

  async function share({ weight, inUse, place, most }: Demand, now: number): Promise<Share> {
    lines = Math.min(most.lines, Math.max(lines, inUse + place));
    asked += place;
    const age = now - renewedAt;
    const isShort = inUse + place > held.lines && lines > held.lines;
    if (age < (isShort ? SHORT_MS : RENEW_MS)) return held;
    // Twice the pace of the last seconds, so that a pace that picks up is not held back by what it was.
    const perSecond = asked === 0 ? 0 : Math.max(1, (2000 * asked) / Math.min(Math.max(age, SHORT_MS), LASTS_MS));
    const wants = { lines, callsPerSecond: Math.min(most.callsPerSecond, perSecond) };
    held = await store.holdShare({ campaignId, weight, wants, now, until: now + LASTS_MS }, (others) => {
      const claims = (of: keyof Share) => [
        ...others.map(({ id, weight: theirs, wants: theirWants, holds }) => ({
          id,
          weight: theirs,
          wants: theirWants[of],
          holds: holds[of],
        })),
        { id: campaignId, weight, wants: wants[of], holds: 0 },
      ];
      return {
        lines: Math.floor(newHold(campaignId, claims('lines'), inUse, account.lines)),
        callsPerSecond: newHold(campaignId, claims('callsPerSecond'), 0, account.callsPerSecond),
      };
    });
    renewedAt = now;
    lines = asked = 0;
    return held;
  }

  return {
    share,
    async release(now) {
      if (renewedAt === Number.NEGATIVE_INFINITY) return;
      const nothing = { lines: 0, callsPerSecond: 0 };
      await store.holdShare({ campaignId, weight: 1, wants: nothing, now, until: now }, () => nothing);
      renewedAt = Number.NEGATIVE_INFINITY;
    },
  };
}

/** Calls per second as tokens: one second's worth may go at once, and a slow rate still lets single calls go. */
export type RateGate = {
  take(wanted: number, perSecond: number, now: number): number;
  /** So many of those taken were not dialled. */
  giveBack(count: number): void;
};

export function createRateGate(): RateGate {
  let tokens = 0;
  let filledAt: number | null = null;
  return {
    take(wanted, perSecond, now) {
      const most = Math.max(1, perSecond);
      tokens = filledAt === null ? most : Math.min(most, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond);
      filledAt = now;
      const taken = perSecond <= 0 ? 0 : Math.min(wanted, Math.floor(tokens));
      tokens -= taken;
      return taken;
    },
    giveBack(count) {
      tokens += count;
    },
  };
}

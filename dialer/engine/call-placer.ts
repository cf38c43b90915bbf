/** Asks the carrier for a call, after the intent is committed and the last look was good. Never asks twice for one attempt. */
import type { ContactPicker } from '../ports/contacts.ts';
import type { CustomerCallOrder, PlaceResult } from '../ports/carrier.ts';
import type { CallRow, Carrier, Clock, Floor, Logger } from '../ports.ts';
import { endFound } from './carrier-end.ts';
import type { CallTracker } from './call-tracker.ts';
import type { CampaignCache } from './campaign-cache.ts';

export type CallPlacer = {
  /** Ends when the carrier has answered, or when the attempt is over without having been dialled. */
  place(attemptId: string): Promise<void>;
  /** Finds out whether a call whose creation was not answered exists. */
  reconcile(call: CallRow): Promise<void>;
  /** Until when no further calls should be asked for, because the carrier queues or refuses them; 0: go on. */
  restUntil(): number;
};

type PlacerParts = {
  floor: Floor;
  picker: ContactPicker;
  carrier: Carrier;
  tracker: CallTracker;
  cache: CampaignCache;
  clock: Clock;
  logger: Logger;
  maxTalkMs: number;
  onPlacing(attemptId: string, campaignId: string): void;
};

/** Refusals that were never processed may be asked again: full of requests, or of calls. */
const BUSY_TRIES = 6;
/** The carrier's lists lag behind its calls; an unanswered order that is in no list after this was never made. */
const FORGET_AFTER_MS = 90_000;
/** A list is asked for calls from a little before ours was ordered: the clocks differ. */
const CLOCK_MARGIN_MS = 10_000;
/** An order that the carrier has not answered for so long: no further ones until it does. */
const SILENT_MS = 10_000;
/** One lost answer is an accident; from so many in a row on the carrier is left alone for a while, … */
const DOUBTS_IN_A_ROW = 3;
/** … twice as long after each trial that is not answered either. */
const DOUBT_REST_MS = 15_000;
const DOUBT_REST_MOST_MS = 240_000;

export function createCallPlacer(parts: PlacerParts): CallPlacer {
  const { floor, picker, carrier, tracker, cache, clock, logger } = parts;
  let restUntil = 0;
  /** Orders that the carrier has not answered, since when. */
  const unanswered = new Map<string, number>();
  const doubt = { inARow: 0, restMs: 0, until: 0 };

  /**
   * A carrier that says nothing may be making every call that it was asked for, and make them all at once when it comes back: the pacing
   * takes old calls for calls that nobody will answer, and would ask for ever more.
   */
  function doubted(orderedAt: number): void {
    doubt.inARow += 1;
    if (doubt.inARow < DOUBTS_IN_A_ROW) return;
    // Orders from before the rest are no trial.
    if (orderedAt >= doubt.until)
      doubt.restMs = Math.min(DOUBT_REST_MOST_MS, Math.max(DOUBT_REST_MS, doubt.restMs * 2));
    doubt.until = Math.max(doubt.until, clock.now() + doubt.restMs);
  }

  async function ask(attemptId: string, call: CustomerCallOrder): Promise<PlaceResult> {
    const orderedAt = clock.now();
    unanswered.set(attemptId, orderedAt);
    try {
      const result = await carrier.placeCustomerCall(call);
      if (result.kind === 'uncertain') doubted(orderedAt);
      else Object.assign(doubt, { inARow: 0, restMs: 0, until: 0 });
      return result;
    } finally {
      unanswered.delete(attemptId);
    }
  }

  /** As late as it can be: nothing lies between it and the carrier. False: the call is not to be made, and is ended. */
  async function lastLook({ attemptId }: CallRow): Promise<boolean> {
    const look = await picker.recheck(attemptId, clock.now());
    if (!look.ok) await tracker.signal(attemptId, { kind: 'refused', outcome: 'canceled', code: look.reason });
    return look.ok;
  }

  async function order(call: CallRow): Promise<void> {
    const campaign = await cache.get(call.campaignId);
    const settings = campaign?.settings;
    for (let tries = 1; ; tries += 1) {
      const result = await ask(call.attemptId, {
        attemptId: call.attemptId,
        to: call.number,
        from: call.callerId,
        ringTimeoutMs: settings?.pacing.ringTimeoutMs ?? 25_000,
        maxTalkMs: parts.maxTalkMs,
        machineDetection: settings?.machineDetection !== true ? 'off' : settings.detectBeforeAgent ? 'first' : 'beside',
      });
      switch (result.kind) {
        case 'accepted': {
          // A queue at the carrier makes every forecast stale: fewer calls for as long as it lasts.
          if (result.queueMs > 0) restUntil = Math.max(restUntil, clock.now() + result.queueMs);
          await tracker.signal(call.attemptId, {
            kind: 'accepted',
            carrierCallId: result.carrierCallId,
            queueMs: result.queueMs,
          });
          return;
        }
        case 'refused':
          await tracker.signal(call.attemptId, { kind: 'refused', outcome: result.outcome, code: result.code });
          return;
        case 'uncertain':
          logger.warn({ attemptId: call.attemptId, cause: result.cause }, 'nobody knows whether this call was made');
          await tracker.signal(call.attemptId, { kind: 'doubtful', cause: result.cause });
          return;
        case 'busy': {
          restUntil = Math.max(restUntil, clock.now() + result.retryAfterMs);
          const taken = await floor.call(call.attemptId);
          const stop = tries >= BUSY_TRIES || taken === null || taken.closing !== null;
          if (stop) {
            await tracker.signal(call.attemptId, { kind: 'refused', outcome: 'canceled', code: result.code });
            return;
          }
          await clock.sleep(result.retryAfterMs * 2 ** (tries - 1));
          // Meanwhile the number may have come onto the blacklist, or the calling hours may have ended.
          if (!(await lastLook(call))) return;
        }
      }
    }
  }

  return {
    restUntil() {
      const [oldest] = unanswered.values();
      const now = clock.now();
      const silent = oldest !== undefined && now - oldest > SILENT_MS;
      return Math.max(restUntil, doubt.until, silent ? now + 1 : 0);
    },

    async place(attemptId) {
      const call = await tracker.signal(attemptId, { kind: 'placing' });
      // Somebody else places it, or it was taken back.
      if (call === null || !call.changed) return;
      const campaign = await cache.get(call.campaignId);
      if (campaign === null || (campaign.demo && !carrier.isSandbox)) {
        await tracker.signal(attemptId, { kind: 'refused', outcome: 'canceled', code: 'demo-needs-sandbox' });
        return;
      }
      if (!(await lastLook(call))) return;
      parts.onPlacing(attemptId, call.campaignId);
      await order(call);
    },

    async reconcile(call) {
      const asked = await carrier.callsTo(call.number, call.intendedAt - CLOCK_MARGIN_MS);
      const { attemptId } = call;
      if (asked.kind === 'failed') {
        await tracker.signal(attemptId, { kind: 'checked' });
        return;
      }
      // No other call of ours to this number can be live (D12), so the newest one since the intent that is not known as another's is this one.
      const like = asked.value.filter(({ from }) => from === call.callerId);
      const known = await floor.knownCarrierCalls(like.map(({ carrierCallId }) => carrierCallId));
      const found = like.find(({ carrierCallId }) => !known.has(carrierCallId));
      if (found !== undefined) {
        await tracker.signal(attemptId, { kind: 'accepted', carrierCallId: found.carrierCallId, queueMs: 0 });
        if (found.end !== null) await tracker.signal(attemptId, endFound(found.carrierCallId, found.end, found));
        return;
      }
      const forgotten = clock.now() - call.intendedAt > FORGET_AFTER_MS;
      await tracker.signal(attemptId, forgotten ? { kind: 'not-dialled' } : { kind: 'checked' });
    },
  };
}

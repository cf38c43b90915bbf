/** What a campaign may dial now: its own limits, its part of the account's lines and calls per second, the carrier's wish for rest. */
import type { CampaignRow, Clock } from '../../ports.ts';
import type { CallPlacer } from '../call-placer.ts';
import type { Picture } from './picture.ts';
import type { LineGate } from './reserved-calls.ts';
import { createRateGate, type ShareKeeper } from './shares.ts';

export type Room = { lines: number; perSecond: number };

export type Allowance = {
  /** `place`: how many calls it could use. */
  room(campaign: CampaignRow, place: number, now: number): Promise<Room>;
  /** So many calls may start now, of those wanted. */
  start(wanted: number, room: Room, now: number): number;
  /** Line by line, for calls of which nobody knows beforehand whether they will be made. */
  oneByOne(campaign: CampaignRow): LineGate;
};

export function createAllowance({
  picture,
  account,
  placer,
  clock,
}: {
  picture: Pick<Picture, 'counts'>;
  account: ShareKeeper;
  placer: Pick<CallPlacer, 'restUntil'>;
  clock: Clock;
}): Allowance {
  const rate = createRateGate();

  async function room(campaign: CampaignRow, place: number, now: number): Promise<Room> {
    const inUse = picture.counts().lines;
    const { maxLines, maxCallsPerSecond, weight } = campaign.settings.pacing;
    const most = { lines: maxLines, callsPerSecond: maxCallsPerSecond };
    const share = await account.share({ weight, inUse, place, most }, now);
    return {
      lines: Math.max(0, Math.min(maxLines, share.lines) - inUse),
      perSecond: Math.min(maxCallsPerSecond, share.callsPerSecond),
    };
  }

  return {
    room,
    start: (wanted, { perSecond }, now) => (wanted > 0 ? rate.take(wanted, perSecond, now) : 0),
    oneByOne(campaign) {
      let taken = 0;
      return {
        async take() {
          const now = clock.now();
          if (now < placer.restUntil()) return false;
          const { lines, perSecond } = await room(campaign, 1, now);
          if (lines <= taken || rate.take(1, perSecond, now) === 0) return false;
          taken += 1;
          return true;
        },
        giveBack() {
          taken -= 1;
          rate.giveBack(1);
        },
      };
    },
  };
}

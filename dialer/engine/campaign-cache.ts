import type { CampaignRow, Campaigns, Clock, EventBus } from '../ports.ts';

/** A campaign read at most so long ago, when the announcement of its change was lost. */
const FRESH_MS = 5_000;

export type CampaignCache = { get(campaignId: string): Promise<CampaignRow | null>; close(): void };

/** Campaigns with their settings, read once and again after each announced change. */
export function createCampaignCache(campaigns: Campaigns, clock: Clock, bus: EventBus): CampaignCache {
  const known = new Map<string, { at: number; row: Promise<CampaignRow | null> }>();
  const close = bus.subscribe((event) => {
    if (event.type === 'campaign-changed') known.delete(event.campaignId);
  });
  return {
    get(campaignId) {
      const entry = known.get(campaignId);
      const now = clock.now();
      if (entry !== undefined && now - entry.at < FRESH_MS) return entry.row;
      const row = campaigns.load(campaignId);
      known.set(campaignId, { at: now, row });
      row.catch(() => known.delete(campaignId));
      return row;
    },
    close,
  };
}

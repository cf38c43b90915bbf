/** Starting, pausing and changing campaigns. Pausing stops new calls; those in the air go on to their end. */
import type { CampaignCommands } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { Campaigns, Carrier, Clock, EventBus } from '../ports.ts';
import { type CampaignMove, campaignMove, startFaults } from '../rules/campaign.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { checkedSettings } from './checked-settings.ts';

type CampaignParts = { campaigns: Campaigns; carrier: Carrier; bus: EventBus; clock: Clock; cache: CampaignCache };

export function createCampaignCommands({ campaigns, carrier, bus, clock }: CampaignParts): CampaignCommands {
  const load = async (campaignId: string) => {
    const campaign = await campaigns.load(campaignId);
    if (campaign === null) throw new DialerError('campaign-unknown', 'There is no such campaign.');
    return campaign;
  };

  async function check(campaignId: string): Promise<{ code: string; field: string }[]> {
    const [campaign, facts] = await Promise.all([load(campaignId), campaigns.startFacts(campaignId)]);
    if (facts === null) throw new DialerError('campaign-unknown', 'There is no such campaign.');
    return startFaults({
      ...facts,
      windows: campaign.settings.calling.windows.length,
      carrierIsSandbox: carrier.isSandbox,
    });
  }

  async function move(campaignId: string, which: CampaignMove): Promise<void> {
    const { from, to } = campaignMove(which);
    const { state } = await load(campaignId);
    // Asked twice is asked once.
    if (state === to) return;
    if (!(await campaigns.move(campaignId, from, to, clock.now()))) {
      throw new DialerError('campaign-state', `A campaign that is ${state} cannot do that.`);
    }
    bus.publish({ type: 'campaign-changed', campaignId });
  }

  return {
    check,
    async start(campaignId) {
      const faults = await check(campaignId);
      if (faults.length > 0) {
        throw new DialerError('campaign-not-startable', 'The campaign cannot start yet.', { faults });
      }
      await move(campaignId, 'start');
    },
    pause: (campaignId) => move(campaignId, 'pause'),
    finish: (campaignId) => move(campaignId, 'finish'),

    async changeSettings(campaignId, change, by) {
      for (let race = 0; race < 5; race += 1) {
        const campaign = await load(campaignId);
        const settings = checkedSettings(merge(campaign.settings, change));
        const expectedVersion = campaign.settingsVersion;
        const saved = await campaigns.saveSettings({
          campaignId,
          expectedVersion,
          settings,
          by: by.userId,
          now: clock.now(),
        });
        if (!saved) continue;
        bus.publish({ type: 'campaign-changed', campaignId });
        return { settings, version: expectedVersion + 1 };
      }
      throw new DialerError('busy-try-again', 'Somebody else is changing these settings.', { retryable: true });
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects are merged key by key; lists and single values are replaced. */
function merge(base: unknown, change: unknown): unknown {
  if (!isRecord(base) || !isRecord(change)) return change;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) merged[key] = merge(base[key], value);
  return merged;
}

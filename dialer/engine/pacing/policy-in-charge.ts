/** The policy that paces a campaign now, and what it learnt. */
import type { CampaignRow, Json, PacingStore } from '../../ports.ts';
import type { PacingPolicy, PolicyFactory } from '../../rules/pacing/policy.ts';
import { configOf } from './limits.ts';
import type { Picture } from './picture.ts';

const DAY_MS = 24 * 3_600_000;

type Running = { name: string; policy: PacingPolicy; version: number };

export type PolicyInCharge = {
  /** The policy for the mode and settings of now; a change of either starts a new one with what the old one learnt. Null: agents dial. */
  policyFor(campaign: CampaignRow, now: number): Promise<PacingPolicy | null>;
  save(now: number): Promise<void>;
};

export function createPolicyInCharge({
  campaignId,
  pacing,
  policies,
  picture,
}: {
  campaignId: string;
  pacing: PacingStore;
  policies: { predictive: PolicyFactory; progressive: PolicyFactory };
  picture: Pick<Picture, 'replay'>;
}): PolicyInCharge {
  let running: Running | null = null;

  async function remembered(mode: string): Promise<unknown> {
    const memory = await pacing.loadMemory(campaignId);
    return memory?.policy === mode ? memory.memory : null;
  }

  return {
    async policyFor(campaign, now) {
      const { mode, abandonWindowDays } = campaign.settings.pacing;
      if (mode === 'manual' || mode === 'preview') {
        running = null;
        return null;
      }
      if (running?.name === mode && running.version === campaign.settingsVersion) return running.policy;
      const counts = await pacing.abandonCounts(campaignId, now - abandonWindowDays * DAY_MS);
      const history = { answered: counts.connected + counts.abandoned, abandoned: counts.abandoned };
      const policy = policies[mode](configOf(campaign.settings, history));
      const learnt = running?.name === mode ? running.policy.snapshot?.() : await remembered(mode);
      if (learnt !== undefined && learnt !== null) policy.restore?.(learnt);
      for (const event of picture.replay(now)) policy.observe(event);
      running = { name: mode, policy, version: campaign.settingsVersion };
      return policy;
    },

    async save(now) {
      const memory = running?.policy.snapshot?.();
      if (running === null || memory === undefined) return;
      const plain: Json = JSON.parse(JSON.stringify(memory));
      await pacing.saveMemory(campaignId, running.name, plain, now);
    },
  };
}

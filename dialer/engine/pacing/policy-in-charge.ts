/** The policy that paces a campaign now, and what it learnt. */
import type { CampaignRow, Json, PacingStore } from '../../ports.ts';
import type { PacingPolicy, PolicyFactory } from '../../rules/pacing/policy.ts';
import { configOf } from './limits.ts';
import type { Picture } from './picture.ts';

const DAY_MS = 24 * 3_600_000;
/** A start must not read a whole day of calls. */
const MOST_SAID = 2_000;

type Running = { name: string; policy: PacingPolicy; version: number };

export type PolicyInCharge = {
  /** The policy for the mode and settings of now; a change of either starts a new one with what the old one learnt. Null: agents dial. */
  policyFor(campaign: Pick<CampaignRow, 'settings' | 'settingsVersion'>, now: number): Promise<PacingPolicy | null>;
  /** `now`: until when the policy has been told what agents say. */
  save(now: number): Promise<void>;
};

export function createPolicyInCharge({
  campaignId,
  pacing,
  policies,
  picture,
}: {
  campaignId: string;
  pacing: Pick<PacingStore, 'abandonCounts' | 'loadMemory' | 'saidSince' | 'saveMemory'>;
  policies: { predictive: PolicyFactory; progressive: PolicyFactory };
  picture: Pick<Picture, 'replay' | 'observe'>;
}): PolicyInCharge {
  let running: Running | null = null;

  /** Takes what the last pacer learnt, and tells what agents said after it was kept: of calls that only that one knew. */
  async function remember(mode: string, policy: PacingPolicy, now: number): Promise<void> {
    const kept = await pacing.loadMemory(campaignId);
    if (kept === null || kept.policy !== mode) return;
    policy.restore?.(kept.memory);
    const said = await pacing.saidSince(campaignId, kept.savedAt, MOST_SAID);
    for (const event of picture.observe(said, [], now)) policy.observe(event);
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
      const history = { answered: counts.presented, abandoned: counts.abandoned };
      const policy = policies[mode](configOf(campaign.settings, history));
      if (running?.name === mode) policy.restore?.(running.policy.snapshot?.());
      else await remember(mode, policy, now);
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

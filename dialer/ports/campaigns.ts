import type { CampaignPurpose, CampaignState } from '../rules/campaign.ts';
import type { CampaignSettings } from '../rules/campaign-settings.ts';

export type CampaignRow = {
  id: string;
  name: string;
  state: CampaignState;
  purpose: CampaignPurpose;
  demo: boolean;
  settings: CampaignSettings;
  settingsVersion: number;
  clientName: string;
  timeZone: string;
  scriptVersionId: string | null;
};

/** What the checks before a start look at. */
export type StartFacts = {
  state: CampaignState;
  demo: boolean;
  scriptState: string | null;
  /** Lists that gave the campaign anybody to call, and plans that will. */
  readyLists: number;
  waitingContacts: number;
  callerIds: number;
  teams: number;
};

export type AgentPlace = {
  teamId: string | null;
  active: boolean;
  role: string;
  phoneAddress: string | null;
  /** Running campaigns of the agent's team. */
  campaigns: { id: string; startedAt: number | null }[];
};

export type Campaigns = {
  load(campaignId: string): Promise<CampaignRow | null>;
  running(): Promise<{ id: string }[]>;
  startFacts(campaignId: string): Promise<StartFacts | null>;
  /** False: the campaign is not in one of `from`. */
  move(campaignId: string, from: CampaignState[], to: CampaignState, now: number): Promise<boolean>;
  /** False: somebody stored another version in between. */
  saveSettings(change: {
    campaignId: string;
    expectedVersion: number;
    settings: CampaignSettings;
    by: string | null;
    now: number;
  }): Promise<boolean>;
  agentPlace(userId: string): Promise<AgentPlace | null>;
  /** A number of the campaign's that agents' own phones are called from. */
  anyCallerId(campaignId: string): Promise<string | null>;
};

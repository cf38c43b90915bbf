/** What the queue of a 100 % re-check is made of. */
import type { SeenRate } from '../rules/estimates.ts';
import type { TranscriptFinding } from '../rules/risk.ts';

/** A sale that nobody was asked to judge, though its recording is stored. */
export type UnaskedSale = { saleId: string; attemptId: string };

/** An undone re-check with what is known of its call before anybody listens. */
export type WaitingRecheck = {
  inspectionId: string;
  saleId: string;
  agentId: string;
  talkMs: number;
  /** The agent's part of what was spoken; null where it is not known. */
  agentTalkShare: number | null;
  selfCheck: 'passed' | 'in-doubt' | null;
  agentTightened: boolean;
  complaint: boolean;
  /** None where there is no transcript, or it was not read by the rule in force: what is not known raises nothing. */
  transcriptFindings: TranscriptFinding[];
  risk: WireRisk | null;
};

export type WireRisk = { score: number; raisedBy: { code: string; weight: number }[] };

/** Of sales since a time: their usual talk, and what inspections found, by agent (rate: share unqualified). */
export type CampaignHabits = {
  talk: { median: number; quartileRange: number } | null;
  agents: ReadonlyMap<string, SeenRate>;
};

export type RecheckStore = {
  unasked(campaignId: string, limit: number): Promise<UnaskedSale[]>;
  waiting(campaignId: string, readingRule: string, limit: number): Promise<WaitingRecheck[]>;
  habits(campaignId: string, since: number): Promise<CampaignHabits>;
  setRisks(risks: readonly { inspectionId: string; risk: WireRisk }[]): Promise<void>;
};

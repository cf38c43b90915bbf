/** What the pacer reads and keeps. */
import type { Activity, Presence } from '../dialer.ts';
import type { CallState, Closing, Detection } from '../rules/call.ts';
import type { Outcome } from '../rules/outcome.ts';
import type { CalibrationRow } from '../rules/pacing/policy.ts';
import type { Json } from './floor.ts';

export type PacedCall = {
  attemptId: string;
  state: CallState;
  agentId: string | null;
  intendedAt: number;
  ringingAt: number | null;
  answeredAt: number | null;
  connectedAt: number | null;
  abandonedAt: number | null;
  endedAt: number | null;
  detection: Detection | null;
  closing: Closing | null;
  outcome: Outcome | null;
  /** What the agent said of it, and since when nothing more will be said; both null: it may still be. */
  disposition: string | null;
  outcomeAt: number | null;
  /** A policy asked for it: not dialled for one agent. */
  fromPool: boolean;
};

export type PacedDesk = {
  userId: string;
  campaignId: string | null;
  presence: Presence;
  activity: Activity;
  since: number;
  attemptId: string | null;
  leaving: boolean;
  /** Not suspended from selling: who is gets what quality asks for, and no customer of the pool. */
  maySell: boolean;
};

/** A contact that needs an agent before it is dialled; null: any agent. */
export type ReservedWork = { agentId: string | null };

/** Chances 0–1 as the policy had them when it asked for the call; null: it does not know. */
export type ForetoldCall = { attemptId: string; risk: number | null; chance: number | null };

export type Reaction = { decisions: number; p50: number | null; p95: number | null };

/** A campaign's part of the carrier account as it stands in the store. */
export type HeldShare = { id: string; weight: number; wants: AccountPart; holds: AccountPart };
export type AccountPart = { lines: number; callsPerSecond: number };

export type PacingStore = {
  /** The named calls, or all live calls of the campaign. */
  calls(campaignId: string, attemptIds: string[] | null): Promise<PacedCall[]>;
  /** Calls of the pool that were over and whose agents have said since then what they were, at most so many. */
  saidSince(campaignId: string, since: number, limit: number): Promise<PacedCall[]>;
  /** The named desks (also those that left the campaign), or all of the campaign. */
  desks(campaignId: string, userIds: string[] | null): Promise<PacedDesk[]>;
  /** Calls since that an agent had or should have had, and those of them that were abandoned: the history that the cap holds over. */
  abandonCounts(campaignId: string, since: number): Promise<{ presented: number; abandoned: number }>;
  liveLines(campaignId: string): Promise<number>;
  /**
   * Lets `decide` choose the campaign's hold from those of all others, one campaign after the other, and writes it. A campaign
   * without a pacer (its hold ended before `now`) holds the lines that its calls use.
   */
  holdShare(
    request: { campaignId: string; weight: number; wants: AccountPart; now: number; until: number },
    decide: (others: HeldShare[]) => AccountPart,
  ): Promise<AccountPart>;
  /** Due calls that want an agent reserved: one for each named agent who is ready, and those for anybody; the most urgent first. */
  reservedWork(campaignId: string, now: number, limit: number): Promise<ReservedWork[]>;
  recordDecision(decision: { campaignId: string; at: number; placed: number; why: string; saw: Json }): Promise<bigint>;
  /** What came of a decision: the calls it became, each with what was foretold of it. */
  recordClaimed(claimed: { decisionId: bigint; campaignId: string; at: number; calls: ForetoldCall[] }): Promise<void>;
  /** Presented calls placed since, by the risk they were foretold. */
  calibration(campaignId: string, since: number): Promise<CalibrationRow[]>;
  /** How long after an agent became ready or a call ended the decisions that placed calls came, ms. */
  reaction(campaignId: string, since: number): Promise<Reaction>;
  forgetDecisions(before: number, limit: number): Promise<number>;
  loadMemory(campaignId: string): Promise<{ policy: string; memory: unknown; savedAt: number } | null>;
  saveMemory(campaignId: string, policy: string, memory: Json, now: number): Promise<void>;
};

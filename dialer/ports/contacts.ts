/**
 * What the engine asks of the contact side: claim the next contacts, look once more right before a call is placed, and
 * say what becomes of a contact after an attempt. All times are epoch milliseconds of the one clock.
 */
import type { Disposition } from '../dialer.ts';
import type { DialMode } from '../rules/campaign-settings.ts';
import type { Outcome } from '../rules/outcome.ts';

/** `agentId` set: an agent is reserved before dialling, so locked and agent-bound contacts may be claimed too. */
export type ClaimRequest = {
  campaignId: string;
  count: number;
  mode: DialMode;
  agentId: string | null;
  decisionId: bigint | null;
  now: number;
};

/** A contact that was claimed: its attempt row exists in state `intended`. `chance`: that a person answers, 0 to 1. */
export type Claim = { attemptId: string; contactId: string; number: string; callerId: string; chance?: number };

/** What the retry rules decide for a contact once its attempt is over. */
export type ContactUpdate = {
  state: 'waiting' | 'finished';
  dueAt: number;
  /** Why it is not being dialled now, with the version of the settings that said so. */
  reason: string | null;
  reasonVersion: number;
  needsAgent: boolean;
  agentId: string | null;
  lockedUntil: number | null;
  priority: number;
  lastOutcome: string;
  /** A number found to be out of service: skipped from then on. */
  deadNumber: string | null;
};

export type AttemptResult = { outcome: Outcome; disposition: Disposition | null; at: number };

export type ContactPicker = {
  /** Writes the attempt rows as `intended` in the claiming transaction: the intent exists before anybody is asked. */
  claim(request: ClaimRequest): Promise<Claim[]>;
  /** The last-moment check, right before the carrier is asked. */
  recheck(attemptId: string, now: number): Promise<{ ok: true } | { ok: false; reason: string }>;
  /** Pure decision data by the retry rules; the engine applies it in the transaction that ends the attempt. */
  afterAttempt(attemptId: string, result: AttemptResult): Promise<ContactUpdate>;
};

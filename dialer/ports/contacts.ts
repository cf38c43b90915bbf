/**
 * What the engine asks of the contact side: claim the next contacts, look once more right before a call is placed, and
 * say what becomes of a contact after an attempt. All times are epoch milliseconds of the one clock.
 */
import type { DialMode } from '../rules/campaign-settings.ts';
import type { Disposition } from '../rules/disposition.ts';
import type { Outcome } from '../rules/outcome.ts';
import type { AfterAttempt } from '../rules/retry.ts';

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
export type ContactUpdate = AfterAttempt;

export type AttemptResult = { outcome: Outcome; disposition: Disposition | null; at: number };

export type ContactPicker = {
  /** Writes the attempt rows as `intended` in the claiming transaction: the intent exists before anybody is asked. */
  claim(request: ClaimRequest): Promise<Claim[]>;
  /** The last-moment check, right before the carrier is asked. */
  recheck(attemptId: string, now: number): Promise<{ ok: true } | { ok: false; reason: string }>;
  /** Pure decision data by the retry rules; the engine applies it in the transaction that ends the attempt. */
  afterAttempt(attemptId: string, result: AttemptResult): Promise<ContactUpdate>;
};

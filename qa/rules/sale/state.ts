import type { EpochMs } from '../working-days.ts';
import type { JudgedCall, Judgement } from './judgement.ts';
import type { SaleTerms } from './terms.ts';

/**
 * Where a sale is. It follows from the facts the sale holds (settle.ts), so that no order of signals can skip a condition.
 *
 * recorded: waits for its first judgement. held: a step that the campaign asks for is missing. unqualified: the criteria do not hold, or
 * are in doubt; it is being mended. valid: all hold, activation is under way. trial: active and free. billable. Ends: void (never was an
 * order), cancelled (was active, is no longer).
 */
export type SaleStatus = 'recorded' | 'held' | 'unqualified' | 'valid' | 'trial' | 'billable' | 'void' | 'cancelled';

export type SaleEnd =
  | 'customer-withdrew'
  | 'refused-by-text'
  | 'no-reply'
  | 'text-not-sent'
  | 'not-mended'
  | 'declined'
  | 'left-to-cancel'
  | 'not-confirmed'
  | 'manager';

/** A call to mend the sale that the dialler was asked for and has not yet made. */
export interface MendingTask {
  readonly kind: 'verification' | 'corrective';
  readonly number: number;
  readonly dueAt: EpochMs;
}

export interface Confirmation {
  readonly trialEndsAt: EpochMs;
  readonly extensions: number;
  /** Calls asked for so far, by number; the open one, if there is one. */
  readonly asked: number;
  readonly task: { readonly number: number; readonly notBefore: EpochMs; readonly dueAt: EpochMs } | null;
  /** Calls in which the customer said they go on. */
  readonly calls: readonly JudgedCall[];
  /** The customer was told how to cancel and wants to do it alone: no further call. */
  readonly leftToCancel: boolean;
  /** Calls whose outcome is known, and judgements for which the call was repeated: each is acted on once. */
  readonly answered: readonly string[];
  readonly repeatedFor: readonly string[];
}

export interface Sale {
  readonly id: string;
  readonly terms: SaleTerms;
  readonly status: SaleStatus;
  readonly recordedAt: EpochMs;
  readonly calls: readonly JudgedCall[];
  readonly selfCheckDueAt: EpochMs | null;
  readonly text: {
    readonly askedAt: EpochMs;
    readonly dueAt: EpochMs;
    readonly sentAt: EpochMs | null;
    readonly acceptedAt: EpochMs | null;
    /** Why the carrier could not bring it; the customer may still be reached in another way until `dueAt`. */
    readonly failed?: string;
  } | null;
  /** While the sale is being mended: `left` calls may still be asked for. */
  readonly mending: { readonly task: MendingTask | null; readonly left: number; readonly giveUpAt: EpochMs } | null;
  /** Mending calls asked for in the sale's whole life; numbers them. */
  readonly mendingAsked: number;
  readonly activation: { readonly askedAt: EpochMs | null; readonly activeAt: EpochMs | null };
  readonly confirmation: Confirmation | null;
  readonly ended: { readonly reason: SaleEnd; readonly at: EpochMs } | null;
  /** Lateness that has been told, each once. */
  readonly told: readonly string[];
}

export type ConfirmationOutcome = 'goes-on' | 'declines' | 'thinks' | 'cancels-alone' | 'unreached' | 'suspended';

export type SaleSignal =
  | { readonly kind: 'judged'; readonly callId: string; readonly judgement: Judgement }
  | { readonly kind: 'text-sent' }
  | { readonly kind: 'text-failed'; readonly why: string }
  | { readonly kind: 'text-reply'; readonly answer: 'yes' | 'no' | 'unclear' }
  /** A call the sale asked for: the customer stood by the sale or withdrew from it, or was not reached, or said neither. */
  | { readonly kind: 'mending-call'; readonly callId: string; readonly result: 'stands' | 'withdrawn' | 'unreached' }
  | { readonly kind: 'activated'; readonly trialEndsAt: EpochMs | null }
  | { readonly kind: 'confirmation-call'; readonly callId: string; readonly outcome: ConfirmationOutcome }
  | { readonly kind: 'withdrawn'; readonly by: 'customer' | 'manager' }
  | { readonly kind: 'clock' };

export type SaleEvent =
  | { readonly event: 'moved'; readonly from: SaleStatus; readonly to: SaleStatus; readonly reason: SaleEnd | null }
  | { readonly event: 'text-asked'; readonly replyBy: EpochMs | null }
  | ({ readonly event: 'mending-call-asked' } & MendingTask)
  | { readonly event: 'mending-call-withdrawn'; readonly number: number }
  | { readonly event: 'inspection-asked'; readonly callId: string; readonly kind: JudgedCall['kind'] }
  | { readonly event: 'activation-asked' }
  | { readonly event: 'notice-asked' }
  | { readonly event: 'text-failed'; readonly why: string }
  | { readonly event: 'reply-unclear' }
  | {
      readonly event: 'confirmation-call-asked';
      readonly number: number;
      readonly notBefore: EpochMs;
      readonly dueAt: EpochMs;
    }
  | { readonly event: 'confirmation-call-withdrawn'; readonly number: number }
  | { readonly event: 'trial-extended'; readonly trialEndsAt: EpochMs }
  | { readonly event: 'customer-informed'; readonly callId: string; readonly of: 'thinks' | 'cancels-alone' }
  | { readonly event: 'billing-started'; readonly from: EpochMs }
  | { readonly event: 'billing-stopped' }
  | { readonly event: 'product-cancel-asked' }
  | {
      readonly event: 'overdue';
      readonly what: 'self-check' | 'mending-call' | 'inspection' | 'confirmation-inspection';
    };

export type SaleRefusal = 'ended' | 'unknown-call' | 'not-asked-for' | 'known-already';

export interface SaleStep {
  readonly sale: Sale;
  readonly happened: readonly SaleEvent[];
  readonly refusal: SaleRefusal | null;
}

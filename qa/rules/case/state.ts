import type { EpochMs } from '../working-days.ts';

export type CaseKind = 'complaint' | 'problem' | 'suggestion' | 'service-visit';

/**
 * The life of a case. recorded: as told. contacted: the customer has heard from us. judged: valid or not, with reasons. answered: the
 * customer has our answer. mended: the correction is made and checked. closed: a return call found the customer satisfied, or fairly so.
 * An unsatisfied customer sends it round again, as `contacted`.
 */
export type CaseStatus = 'recorded' | 'contacted' | 'judged' | 'answered' | 'mended' | 'closed';

/** What a customer answers in a return call, in the three steps of S4. */
export const SATISFACTIONS = ['satisfied', 'fairly-satisfied', 'not-satisfied'] as const;
export type Satisfaction = (typeof SATISFACTIONS)[number];

/** What is kept of an answer, which may be none of them. */
export function satisfactionOf(kept: string | null): Satisfaction | null {
  return SATISFACTIONS.find((each) => each === kept) ?? null;
}

/** Time limits (K2, K5). Contact within minutes of the clock; closing in working days, or for visits in hours of the clock. */
export interface CaseTerms {
  readonly firstContactWithinMinutes: number;
  readonly closeWithinDays: number;
  readonly visitAgreementHours: number;
  readonly visitOtherHours: number;
  /** The same number complaining so often within so many days is repeated, and goes to managers. */
  readonly repeatedFrom: number;
}

export const DEFAULT_CASE_TERMS: CaseTerms = {
  firstContactWithinMinutes: 30,
  closeWithinDays: 2,
  visitAgreementHours: 24,
  visitOtherHours: 48,
  repeatedFrom: 2,
};

export interface CaseIntake {
  readonly id: string;
  readonly kind: CaseKind;
  readonly serious: boolean;
  readonly agreementCustomer: boolean;
  /** Complaints by the same number in the campaign's look-back, this one included. */
  readonly timesComplained: number;
  /** A call the case is about, if it is known. */
  readonly callId: string | null;
}

/** K1: valid means that it broke the service rules. */
export interface CaseJudgement {
  readonly by: string;
  readonly at: EpochMs;
  readonly valid: boolean;
  readonly reasons: string;
  readonly checkedRecordings: readonly string[];
}

/** K3. `checkedBy` is another person than who made it. */
export interface Correction {
  readonly cause: CaseCause;
  readonly responsible: string;
  readonly measures: string;
  readonly by: string;
  readonly checkedBy: string | null;
}

export const CASE_CAUSES = ['agent', 'script', 'list', 'system', 'product', 'customer'] as const;
export type CaseCause = (typeof CASE_CAUSES)[number];

export interface CaseRecord extends CaseIntake {
  readonly terms: CaseTerms;
  readonly status: CaseStatus;
  readonly recordedAt: EpochMs;
  /** How often it has gone round; 1 at first. */
  readonly round: number;
  readonly department: string | null;
  readonly firstContactDueAt: EpochMs;
  readonly contactedAt: EpochMs | null;
  readonly dueAt: EpochMs;
  readonly judgement: CaseJudgement | null;
  readonly correction: Correction | null;
  readonly returnCallsUnreached: number;
  readonly escalated: readonly Escalation[];
  readonly closedAt: EpochMs | null;
}

export type Escalation = 'serious' | 'repeated' | 'no-first-contact' | 'overdue' | 'not-satisfied';

export type CaseSignal =
  | { readonly kind: 'contacted' }
  | { readonly kind: 'sent-to'; readonly department: string }
  | {
      readonly kind: 'judged';
      readonly by: string;
      readonly valid: boolean;
      readonly reasons: string;
      readonly checkedRecordings: readonly string[];
    }
  | { readonly kind: 'answered' }
  | {
      readonly kind: 'corrected';
      readonly cause: CaseCause;
      readonly responsible: string;
      readonly measures: string;
      readonly by: string;
    }
  | { readonly kind: 'correction-checked'; readonly by: string; readonly holds: boolean }
  | { readonly kind: 'return-call'; readonly result: Satisfaction | 'unreached' }
  /** A customer who cannot be reached: a manager may close, with the reason. */
  | { readonly kind: 'closed-unreached'; readonly by: string; readonly role: string; readonly reason: string }
  | { readonly kind: 'clock' };

export type CaseEvent =
  | { readonly event: 'moved'; readonly from: CaseStatus; readonly to: CaseStatus }
  | { readonly event: 'number-block-asked' }
  | { readonly event: 'recordings-hold-asked' }
  | { readonly event: 'recordings-hold-released' }
  | { readonly event: 'second-judgement-asked'; readonly callId: string }
  | { readonly event: 'sent-to'; readonly department: string }
  | { readonly event: 'escalated'; readonly why: Escalation }
  | { readonly event: 'return-call-asked'; readonly round: number }
  | { readonly event: 'round-again'; readonly round: number; readonly dueAt: EpochMs }
  | { readonly event: 'client-notice-asked' };

export type CaseRefusal =
  | 'closed'
  | 'not-in-this-status'
  | 'reasons-missing'
  | 'recordings-not-checked'
  | 'correction-missing'
  | 'checked-by-the-same-person'
  | 'not-a-manager'
  | 'not-tried-often-enough';

export interface CaseStep {
  readonly record: CaseRecord;
  readonly happened: readonly CaseEvent[];
  readonly refusal: CaseRefusal | null;
}

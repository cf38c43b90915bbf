import type { AnswerFault } from '../answers.ts';
import type { Answers, Form, FormId, Heard } from '../form.ts';
import type { Verdict } from '../scoring.ts';
import type { EpochMs } from '../working-days.ts';

/**
 * The life of one inspection. `expired` is not an end: nobody did it in time, everyone concerned sees that, and it can still be
 * assigned, because a recording that was drawn cannot be let go.
 */
export type InspectionStatus =
  | 'drawn'
  | 'assigned'
  | 'opened'
  | 'expired'
  | 'scored'
  | 'agreed'
  | 'disputed'
  | 'closed';

/** Why it is inspected. A calibration is scored to compare people and never touches the agent's card or the sale. */
export type InspectionPurpose = 'daily' | 'weekly' | 'overlap' | 'recheck' | 'complaint' | 'calibration' | 'patrol';

/** One entry of the register. Entries are added, never changed; the last one stands. */
export interface Score {
  readonly by: string;
  readonly at: EpochMs;
  readonly answers: Answers;
  readonly verdict: Verdict;
  readonly cause: 'inspection' | 'dispute-upheld' | 'correction';
  /** The reason that a correction or a decision was given. Empty for the inspection itself. */
  readonly reason: string;
}

export interface Dispute {
  readonly by: string;
  readonly reason: string;
  readonly at: EpochMs;
  readonly decision: null | {
    readonly by: string;
    readonly at: EpochMs;
    readonly upheld: boolean;
    readonly reason: string;
  };
}

export interface Inspection {
  readonly id: string;
  readonly recordingId: string;
  readonly agentId: string;
  readonly purpose: InspectionPurpose;
  readonly formId: FormId;
  readonly formVersion: number;
  readonly status: InspectionStatus;
  /** Who has it, or who scored it. */
  readonly inspectorId: string | null;
  /** Who had it and lost it, by release or expiry, in order. */
  readonly pastInspectorIds: readonly string[];
  /** When the present status must end: score it, dispute it, decide it. null where nothing is waited for. */
  readonly dueAt: EpochMs | null;
  /** Whether the reminder for `dueAt` has been given. */
  readonly reminded: boolean;
  readonly scores: readonly Score[];
  readonly dispute: Dispute | null;
}

/** Time limits of a centre: working days, counted by its calendar, and how long before a limit it reminds, milliseconds. */
export interface InspectionTerms {
  readonly scoreWithinDays: number;
  readonly disputeWithinDays: number;
  readonly decideWithinDays: number;
  readonly remindBeforeMs: number;
}

export const DEFAULT_INSPECTION_TERMS: InspectionTerms = {
  scoreWithinDays: 1,
  disputeWithinDays: 2,
  decideWithinDays: 2,
  remindBeforeMs: 2 * 3_600_000,
};

/** A filled-in form with what is needed to check it. */
export interface FilledIn {
  readonly form: Form;
  readonly heard: Heard;
  readonly answers: Answers;
}

export type InspectionSignal =
  | { readonly kind: 'assign'; readonly inspectorId: string }
  | { readonly kind: 'release'; readonly reason: string }
  | { readonly kind: 'open'; readonly by: string }
  | { readonly kind: 'score'; readonly by: string; readonly filledIn: FilledIn }
  | { readonly kind: 'agree'; readonly by: string }
  | { readonly kind: 'dispute'; readonly by: string; readonly reason: string }
  /** upheld: the agent was right, and `filledIn` is what should have been answered; otherwise it is null. */
  | { readonly kind: 'decide'; readonly by: string; readonly reason: string; readonly upheld: FilledIn | null }
  | { readonly kind: 'correct'; readonly by: string; readonly reason: string; readonly filledIn: FilledIn }
  /** The recording will never come: there is nothing to judge. */
  | { readonly kind: 'unheard' }
  /** The agent can see the answers only now (see blind.ts), so the time to dispute begins now. Sent when the others are done. */
  | { readonly kind: 'shown' }
  /**
   * Time has passed: the sweeper sends it whenever `dueAt`, or the reminder before it, lies behind. `hidden`: another inspection of
   * the recording is not done, so the agent cannot see this one and the time to dispute cannot run out.
   */
  | { readonly kind: 'clock'; readonly hidden: boolean };

export type InspectionEvent =
  | { readonly event: 'assigned'; readonly inspectorId: string; readonly dueAt: EpochMs }
  | { readonly event: 'released'; readonly inspectorId: string; readonly reason: string }
  | { readonly event: 'opened'; readonly inspectorId: string }
  | { readonly event: 'reminder'; readonly to: string | null; readonly dueAt: EpochMs }
  | { readonly event: 'expired'; readonly inspectorId: string | null; readonly dueAt: EpochMs }
  | { readonly event: 'scored'; readonly score: Score; readonly changesVerdict: boolean }
  | { readonly event: 'agreed' }
  | { readonly event: 'disputed'; readonly dispute: Dispute; readonly dueAt: EpochMs }
  | { readonly event: 'dispute-decided'; readonly upheld: boolean }
  | { readonly event: 'dispute-overdue'; readonly dueAt: EpochMs }
  | { readonly event: 'closed' };

export type InspectionRefusal =
  | { readonly refused: 'not-in-this-status'; readonly status: InspectionStatus }
  | { readonly refused: 'not-yours' }
  | { readonly refused: 'own-call' }
  | { readonly refused: 'reason-missing' }
  | { readonly refused: 'disputed-once-already' }
  | { readonly refused: 'too-late' }
  | { readonly refused: 'decided-by-the-same-person' }
  | { readonly refused: 'wrong-form' }
  | { readonly refused: 'answers-faulty'; readonly faults: readonly AnswerFault[] };

/** Where the inspection is now and what happened; if refused, the inspection is the one that was given. */
export interface InspectionStep {
  readonly inspection: Inspection;
  readonly happened: readonly InspectionEvent[];
  readonly refusal: InspectionRefusal | null;
}

/** A recording fresh from a draw, waiting for an inspector until `dueAt`. */
export function newInspection(
  facts: Pick<Inspection, 'id' | 'recordingId' | 'agentId' | 'purpose' | 'formId' | 'formVersion'>,
  dueAt: EpochMs,
): Inspection {
  const untouched = { inspectorId: null, pastInspectorIds: [], reminded: false, scores: [], dispute: null };
  return { ...facts, ...untouched, status: 'drawn', dueAt };
}

/** The entry that stands, if it was scored at all. */
export function standingScore(inspection: Inspection): Score | null {
  return inspection.scores.at(-1) ?? null;
}

/** Whether somebody has judged it: its answers can no longer be influenced by another's. */
export function isDone({ status }: Pick<Inspection, 'status'>): boolean {
  switch (status) {
    case 'drawn':
    case 'assigned':
    case 'opened':
    case 'expired':
      return false;
    case 'scored':
    case 'agreed':
    case 'disputed':
    case 'closed':
      return true;
  }
}

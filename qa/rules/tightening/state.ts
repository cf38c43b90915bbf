/**
 * Tightened inspection of one agent by the switching rules of ISO 2859-1, without its reduced stage, because the contract's rate is a
 * floor. A lot is one day's inspected recordings of the agent. Within `tightened`, each further unqualified recording raises the step.
 * (Rules as described at sqconline.com/switching-rules-iso-2859-1 and aqlrule.com/manual/switch.html: two of five lots not accepted
 * tighten, five accepted in a row relax, five not accepted while tightened stop. One fatal failure tightening at once is this trade's own.)
 */
export interface Tightening {
  readonly level: 'normal' | 'tightened' | 'suspended';
  /** 0 at normal; from 1 when tightened, each step with its own rate. Kept while suspended. */
  readonly step: number;
  /** Lots judged at normal level, newest last, at most as many as the rule looks back on. */
  readonly recent: readonly LotResult[];
  /** Accepted lots in a row, and rejected ones in all, since inspection was tightened. */
  readonly acceptedInARow: number;
  readonly rejected: number;
  readonly coachingClosed: boolean;
  /** Lots and findings that have been counted: each counts once. */
  readonly counted: readonly string[];
}

export interface LotResult {
  readonly lotId: string;
  readonly accepted: boolean;
  /** What shows it: ids of the inspections that were unqualified. */
  readonly evidence: readonly string[];
}

/** One step of tightened inspection: the campaign's rate times `multiple` (at most all), and at least `minimum` recordings a day. */
export interface TightenedStep {
  readonly multiple: number;
  readonly minimum: number;
}

export interface TighteningTerms {
  /** Unqualified recordings in one lot that tighten at once. */
  readonly fatalFailuresToTighten: number;
  readonly rejectedLotsToTighten: number;
  readonly lotsLookedBackOn: number;
  readonly acceptedLotsToRelax: number;
  readonly rejectedLotsToSuspend: number;
  /** At least one; further failures stay at the last. */
  readonly steps: readonly TightenedStep[];
}

export const DEFAULT_TIGHTENING_TERMS: TighteningTerms = {
  fatalFailuresToTighten: 1,
  rejectedLotsToTighten: 2,
  lotsLookedBackOn: 5,
  acceptedLotsToRelax: 5,
  rejectedLotsToSuspend: 5,
  steps: [
    { multiple: 3, minimum: 5 },
    { multiple: 6, minimum: 10 },
    { multiple: 10, minimum: 20 },
  ],
};

export const NORMAL: Tightening = {
  level: 'normal',
  step: 0,
  recent: [],
  acceptedInARow: 0,
  rejected: 0,
  coachingClosed: false,
  counted: [],
};

export type TighteningSignal =
  /** A lot whose inspections are all done. Accepted if none was unqualified; `fatal`: the inspections that failed a fatal criterion. */
  | { readonly kind: 'lot'; readonly lot: LotResult; readonly fatal: readonly string[] }
  | { readonly kind: 'fabricated-consent'; readonly inspectionId: string; readonly provenBy: string }
  | { readonly kind: 'coaching-closed'; readonly evidence: string }
  /** Only a supervisor lifts a suspension, after requalification. */
  | { readonly kind: 'reinstated'; readonly by: string; readonly role: string; readonly requalification: string };

export type TighteningCause =
  | 'fatal-failure'
  | 'rejected-lots'
  | 'further-failure'
  | 'lots-accepted-and-coached'
  | 'rejected-while-tightened'
  | 'fabricated-consent'
  | 'reinstated';

export interface TighteningEvent {
  readonly event: 'tightening-changed';
  readonly from: { readonly level: Tightening['level']; readonly step: number };
  readonly to: { readonly level: Tightening['level']; readonly step: number };
  readonly cause: TighteningCause;
  readonly evidence: readonly string[];
}

export type TighteningRefusal = 'known-already' | 'not-suspended' | 'not-a-supervisor' | 'evidence-missing';

export interface TighteningResult {
  readonly state: Tightening;
  readonly happened: readonly TighteningEvent[];
  readonly refusal: TighteningRefusal | null;
}

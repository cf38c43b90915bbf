import type { AgentRate } from './sampling/request.ts';

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

const COUNTED_KEPT = 400;

/** Takes one signal. Lots count in the order they are given; the same lot counts once. Pure. */
export function decideTightening(
  state: Tightening,
  signal: TighteningSignal,
  terms: TighteningTerms,
): TighteningResult {
  switch (signal.kind) {
    case 'lot':
      if (state.counted.includes(signal.lot.lotId)) return refuse(state, 'known-already');
      return lotJudged(counting(state, signal.lot.lotId), signal.lot, signal.fatal, terms);
    case 'fabricated-consent': {
      const { inspectionId } = signal;
      if (state.counted.includes(`fabricated ${inspectionId}`)) return refuse(state, 'known-already');
      const counted = counting(state, `fabricated ${inspectionId}`);
      if (state.level === 'suspended') return { state: counted, happened: [], refusal: null };
      return move(counted, suspendedFrom(counted), 'fabricated-consent', [inspectionId]);
    }
    case 'coaching-closed':
      if (state.level === 'normal') return { state, happened: [], refusal: null };
      return relaxIfEarned({ ...state, coachingClosed: true }, [signal.evidence], terms);
    case 'reinstated': {
      if (state.level !== 'suspended') return refuse(state, 'not-suspended');
      if (signal.role !== 'supervisor') return refuse(state, 'not-a-supervisor');
      if (signal.requalification.trim() === '') return refuse(state, 'evidence-missing');
      // ISO 2859-1: after the stop, inspection resumes tightened.
      const again = {
        ...state,
        level: 'tightened',
        step: 1,
        acceptedInARow: 0,
        rejected: 0,
        coachingClosed: false,
      } as const;
      return move(state, again, 'reinstated', [signal.requalification]);
    }
  }
}

function refuse(state: Tightening, refusal: TighteningRefusal): TighteningResult {
  return { state, happened: [], refusal };
}

/** Old ids are forgotten in the end; a lot is a day, so what is kept reaches back for more than a year. */
function counting(state: Tightening, id: string): Tightening {
  return { ...state, counted: [...state.counted, id].slice(-COUNTED_KEPT) };
}

function move(
  before: Tightening,
  after: Tightening,
  cause: TighteningCause,
  evidence: readonly string[],
): TighteningResult {
  const from = { level: before.level, step: before.step };
  const to = { level: after.level, step: after.step };
  return { state: after, happened: [{ event: 'tightening-changed', from, to, cause, evidence }], refusal: null };
}

function suspendedFrom(state: Tightening): Tightening {
  return { ...state, level: 'suspended', step: Math.max(1, state.step), acceptedInARow: 0, coachingClosed: false };
}

function lotJudged(
  state: Tightening,
  lot: LotResult,
  fatal: readonly string[],
  terms: TighteningTerms,
): TighteningResult {
  switch (state.level) {
    case 'normal':
      return judgedAtNormal(state, lot, fatal, terms);
    case 'tightened':
      return judgedTightened(state, lot, terms);
    case 'suspended':
      // Lots of days before the suspension may still come in; they change nothing more.
      return { state, happened: [], refusal: null };
  }
}

function judgedAtNormal(
  state: Tightening,
  lot: LotResult,
  fatal: readonly string[],
  terms: TighteningTerms,
): TighteningResult {
  const recent = [...state.recent, lot].slice(-terms.lotsLookedBackOn);
  const rejected = recent.filter(({ accepted }) => !accepted);
  const tightened: Tightening = {
    ...state,
    level: 'tightened',
    step: 1,
    recent: [],
    acceptedInARow: 0,
    rejected: 0,
    coachingClosed: false,
  };
  if (fatal.length >= terms.fatalFailuresToTighten) return move(state, tightened, 'fatal-failure', fatal);
  if (rejected.length >= terms.rejectedLotsToTighten) {
    return move(
      state,
      tightened,
      'rejected-lots',
      rejected.flatMap(({ lotId, evidence }) => [lotId, ...evidence]),
    );
  }
  return { state: { ...state, recent }, happened: [], refusal: null };
}

function judgedTightened(state: Tightening, lot: LotResult, terms: TighteningTerms): TighteningResult {
  if (lot.accepted) return relaxIfEarned({ ...state, acceptedInARow: state.acceptedInARow + 1 }, [lot.lotId], terms);
  const rejected = state.rejected + 1;
  const evidence = [lot.lotId, ...lot.evidence];
  const counted = { ...state, acceptedInARow: 0, rejected };
  if (rejected >= terms.rejectedLotsToSuspend)
    return move(state, suspendedFrom(counted), 'rejected-while-tightened', evidence);
  const step = Math.min(terms.steps.length, state.step + Math.max(1, lot.evidence.length));
  return step === state.step
    ? { state: counted, happened: [], refusal: null }
    : move(state, { ...counted, step }, 'further-failure', evidence);
}

function relaxIfEarned(state: Tightening, evidence: readonly string[], terms: TighteningTerms): TighteningResult {
  const earned =
    state.level === 'tightened' && state.acceptedInARow >= terms.acceptedLotsToRelax && state.coachingClosed;
  if (!earned) return { state, happened: [], refusal: null };
  return move(state, { ...NORMAL, counted: state.counted }, 'lots-accepted-and-coached', evidence);
}

/** The rate an agent is drawn at, or null at the campaign's own. A suspended agent's remaining recordings are all drawn. */
export function agentRateOf(
  agentId: string,
  state: Tightening,
  contractRate: number,
  terms: TighteningTerms,
): AgentRate | null {
  switch (state.level) {
    case 'normal':
      return null;
    case 'tightened': {
      const step = terms.steps[Math.min(state.step, terms.steps.length) - 1];
      return step === undefined
        ? null
        : { agentId, rate: Math.min(1, contractRate * step.multiple), minimum: step.minimum };
    }
    case 'suspended':
      return { agentId, rate: 1, minimum: 0 };
  }
}

/** Whether an agent may be given selling calls. */
export function maySell({ level }: Pick<Tightening, 'level'>): boolean {
  return level !== 'suspended';
}

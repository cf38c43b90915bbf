import {
  NORMAL,
  type LotResult,
  type Tightening,
  type TighteningCause,
  type TighteningRefusal,
  type TighteningResult,
  type TighteningSignal,
  type TighteningTerms,
} from './state.ts';

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

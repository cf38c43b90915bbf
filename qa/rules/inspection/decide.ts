import { validateAnswers } from '../answers.ts';
import { verdictOf } from '../scoring.ts';
import type { EpochMs, WorkingCalendar } from '../working-days.ts';
import { clockPassed } from './clock.ts';
import {
  type FilledIn,
  type Inspection,
  type InspectionEvent,
  type InspectionRefusal,
  type InspectionSignal,
  type InspectionStatus,
  type InspectionStep,
  type InspectionTerms,
  isDone,
  type Score,
  standingScore,
} from './state.ts';

/** What the decision depends on besides inspection and signal. */
export interface InspectionContext {
  readonly now: EpochMs;
  readonly terms: InspectionTerms;
  readonly calendar: WorkingCalendar;
}

/** Takes one signal. Pure; a signal that does not apply is refused by name and changes nothing. */
export function decideInspection(
  inspection: Inspection,
  signal: InspectionSignal,
  context: InspectionContext,
): InspectionStep {
  switch (signal.kind) {
    case 'assign':
      return assign(inspection, signal.inspectorId, context);
    case 'release':
      return release(inspection, signal.reason, context);
    case 'open':
      return open(inspection, signal.by);
    case 'score':
      return score(inspection, signal, context);
    case 'agree':
      return agree(inspection, signal.by);
    case 'dispute':
      return dispute(inspection, signal, context);
    case 'decide':
      return decideDispute(inspection, signal, context);
    case 'correct':
      return correct(inspection, signal, context);
    case 'unheard':
      return unheard(inspection);
    case 'shown':
      return shown(inspection, context);
    case 'clock':
      return clockPassed(inspection, signal.hidden, context);
  }
}

type Signal<K extends InspectionSignal['kind']> = Extract<InspectionSignal, { kind: K }>;

function refuse(inspection: Inspection, refusal: InspectionRefusal): InspectionStep {
  return { inspection, happened: [], refusal };
}

function misplaced(inspection: Inspection): InspectionStep {
  return refuse(inspection, { refused: 'not-in-this-status', status: inspection.status });
}

function step(inspection: Inspection, change: Partial<Inspection>, ...happened: InspectionEvent[]): InspectionStep {
  return { inspection: { ...inspection, ...change }, happened, refusal: null };
}

const OPEN: readonly InspectionStatus[] = ['drawn', 'assigned', 'opened', 'expired'];

function assign(
  inspection: Inspection,
  inspectorId: string,
  { now, terms, calendar }: InspectionContext,
): InspectionStep {
  if (!OPEN.includes(inspection.status)) return misplaced(inspection);
  if (inspectorId === inspection.agentId) return refuse(inspection, { refused: 'own-call' });
  if (inspectorId === inspection.inspectorId && inspection.status !== 'expired') return step(inspection, {});
  const dueAt = calendar.addWorkingDays(now, terms.scoreWithinDays);
  const pastInspectorIds = past(inspection);
  return step(
    inspection,
    { status: 'assigned', inspectorId, pastInspectorIds, dueAt, reminded: false },
    { event: 'assigned', inspectorId, dueAt },
  );
}

function past({ pastInspectorIds, inspectorId }: Inspection): readonly string[] {
  return inspectorId === null ? pastInspectorIds : [...pastInspectorIds, inspectorId];
}

function release(inspection: Inspection, reason: string, { now, terms, calendar }: InspectionContext): InspectionStep {
  const { inspectorId, status } = inspection;
  if ((status !== 'assigned' && status !== 'opened') || inspectorId === null) return misplaced(inspection);
  const dueAt = calendar.addWorkingDays(now, terms.scoreWithinDays);
  const freed = { inspectorId: null, pastInspectorIds: past(inspection), dueAt, reminded: false };
  return step(inspection, { ...freed, status: 'drawn' }, { event: 'released', inspectorId, reason });
}

function open(inspection: Inspection, by: string): InspectionStep {
  if (inspection.status === 'opened' && inspection.inspectorId === by) return step(inspection, {});
  if (inspection.status !== 'assigned') return misplaced(inspection);
  if (inspection.inspectorId !== by) return refuse(inspection, { refused: 'not-yours' });
  return step(inspection, { status: 'opened' }, { event: 'opened', inspectorId: by });
}

function score(inspection: Inspection, { by, filledIn }: Signal<'score'>, context: InspectionContext): InspectionStep {
  if (inspection.status !== 'assigned' && inspection.status !== 'opened') return misplaced(inspection);
  if (inspection.inspectorId !== by) return refuse(inspection, { refused: 'not-yours' });
  const entry = scoreOf(inspection, filledIn, { by, at: context.now, cause: 'inspection', reason: '' });
  if ('refused' in entry) return refuse(inspection, entry);
  const scores = [...inspection.scores, entry];
  const scored = { event: 'scored', score: entry, changesVerdict: true } as const;
  // Nobody is told of a calibration's result, so nobody can dispute it.
  if (inspection.purpose === 'calibration') {
    return step(inspection, { status: 'closed', scores, dueAt: null, reminded: false }, scored, { event: 'closed' });
  }
  const dueAt = context.calendar.addWorkingDays(context.now, context.terms.disputeWithinDays);
  return step(inspection, { status: 'scored', scores, dueAt, reminded: false }, scored);
}

function scoreOf(
  inspection: Inspection,
  filledIn: FilledIn,
  entry: Omit<Score, 'answers' | 'verdict'>,
): Score | InspectionRefusal {
  const { form, heard, answers } = filledIn;
  if (form.id !== inspection.formId || form.version !== inspection.formVersion) return { refused: 'wrong-form' };
  const faults = validateAnswers(form, answers, heard);
  if (faults.length > 0) return { refused: 'answers-faulty', faults };
  return { ...entry, answers, verdict: verdictOf(form, answers) };
}

function agree(inspection: Inspection, by: string): InspectionStep {
  if (inspection.status !== 'scored') return misplaced(inspection);
  if (by !== inspection.agentId) return refuse(inspection, { refused: 'not-yours' });
  return step(inspection, { status: 'agreed', dueAt: null, reminded: false }, { event: 'agreed' });
}

/** Closed without an entry: nobody is blamed for not having judged what cannot be heard. */
function unheard(inspection: Inspection): InspectionStep {
  if (!OPEN.includes(inspection.status)) return misplaced(inspection);
  return step(inspection, { status: 'closed', dueAt: null, reminded: false }, { event: 'closed' });
}

function shown(inspection: Inspection, { now, terms, calendar }: InspectionContext): InspectionStep {
  if (inspection.status !== 'scored') return misplaced(inspection);
  return step(inspection, { dueAt: calendar.addWorkingDays(now, terms.disputeWithinDays) });
}

function dispute(
  inspection: Inspection,
  { by, reason }: Signal<'dispute'>,
  { now, terms, calendar }: InspectionContext,
): InspectionStep {
  if (inspection.dispute !== null) return refuse(inspection, { refused: 'disputed-once-already' });
  if (inspection.status !== 'scored') return misplaced(inspection);
  if (by !== inspection.agentId) return refuse(inspection, { refused: 'not-yours' });
  if (inspection.dueAt !== null && now >= inspection.dueAt) return refuse(inspection, { refused: 'too-late' });
  if (reason.trim() === '') return refuse(inspection, { refused: 'reason-missing' });
  const raised = { by, reason, at: now, decision: null };
  const dueAt = calendar.addWorkingDays(now, terms.decideWithinDays);
  return step(
    inspection,
    { status: 'disputed', dispute: raised, dueAt, reminded: false },
    { event: 'disputed', dispute: raised, dueAt },
  );
}

function decideDispute(
  inspection: Inspection,
  { by, reason, upheld }: Signal<'decide'>,
  { now }: InspectionContext,
): InspectionStep {
  if (inspection.status !== 'disputed' || inspection.dispute === null) return misplaced(inspection);
  if (by === inspection.agentId) return refuse(inspection, { refused: 'own-call' });
  if (inspection.scores.some((entry) => entry.by === by))
    return refuse(inspection, { refused: 'decided-by-the-same-person' });
  if (reason.trim() === '') return refuse(inspection, { refused: 'reason-missing' });
  const decided = { ...inspection.dispute, decision: { by, at: now, upheld: upheld !== null, reason } };
  const closing = { status: 'closed', dispute: decided, dueAt: null, reminded: false } as const;
  const tail = [{ event: 'dispute-decided', upheld: upheld !== null }, { event: 'closed' }] as const;
  if (upheld === null) return step(inspection, closing, ...tail);
  const entry = scoreOf(inspection, upheld, { by, at: now, cause: 'dispute-upheld', reason });
  if ('refused' in entry) return refuse(inspection, entry);
  return step(inspection, { ...closing, scores: [...inspection.scores, entry] }, rescored(inspection, entry), ...tail);
}

/**
 * A correction is a new entry with its reason; it opens no new dispute and leaves the status as it is. Only whoever gave the verdict that
 * stands may correct it: another's is settled by a dispute, and one that a dispute settled is no longer the inspector's.
 */
function correct(
  inspection: Inspection,
  { by, reason, filledIn }: Signal<'correct'>,
  { now }: InspectionContext,
): InspectionStep {
  if (!isDone(inspection) || inspection.status === 'disputed') return misplaced(inspection);
  if (by === inspection.agentId) return refuse(inspection, { refused: 'own-call' });
  const decidedBy = inspection.dispute?.decision?.by ?? by;
  if (standingScore(inspection)?.by !== by || decidedBy !== by) return refuse(inspection, { refused: 'not-yours' });
  if (reason.trim() === '') return refuse(inspection, { refused: 'reason-missing' });
  const entry = scoreOf(inspection, filledIn, { by, at: now, cause: 'correction', reason });
  if ('refused' in entry) return refuse(inspection, entry);
  return step(inspection, { scores: [...inspection.scores, entry] }, rescored(inspection, entry));
}

function rescored(inspection: Inspection, score: Score): InspectionEvent {
  return { event: 'scored', score, changesVerdict: standingScore(inspection)?.verdict.result !== score.verdict.result };
}

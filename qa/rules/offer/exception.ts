/**
 * An offer that an agent may not give by themself, asked for by a form: it goes to the first who may decide, with a deadline in working
 * hours, and when that passes to the next. The last one's lateness is told; the request stays open until it is decided, taken back, or the offer is over.
 */
import type { EpochMs, WorkingCalendar } from '../working-days.ts';
import { plusWorkingHours } from '../working-hours.ts';
import type { Approver, OfferTerms } from './terms.ts';

export const EXCEPTION_STATES = ['asked', 'approved', 'declined', 'withdrawn', 'lapsed'] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

export type ExceptionTerms = NonNullable<OfferTerms['exceptions']>;

export interface OfferException {
  readonly id: string;
  /** As they were when it was asked for. */
  readonly terms: ExceptionTerms;
  readonly askedBy: string;
  readonly askedAt: EpochMs;
  readonly state: ExceptionState;
  /** Whose turn it is among the approvers. */
  readonly step: number;
  readonly dueAt: EpochMs;
  /** The last approver's deadline has passed, and that has been told. */
  readonly overdue: boolean;
  /** When the offer itself is over; null: it has no end. */
  readonly endsAt: EpochMs | null;
  readonly decision: { readonly by: string; readonly at: EpochMs; readonly reason: string } | null;
  /** Until when what was approved may be given. */
  readonly holdsUntil: EpochMs | null;
}

export type ExceptionSignal =
  | {
      readonly kind: 'decided';
      readonly by: string;
      readonly role: string;
      readonly approve: boolean;
      readonly reason: string;
    }
  | { readonly kind: 'withdrawn'; readonly by: string }
  | { readonly kind: 'clock' };

export type ExceptionEvent =
  | { readonly event: 'approved' | 'declined'; readonly reason: string }
  | { readonly event: 'withdrawn' }
  | { readonly event: 'escalated'; readonly to: Approver; readonly dueAt: EpochMs }
  | { readonly event: 'overdue' }
  | { readonly event: 'lapsed' };

export type ExceptionRefusal = 'over' | 'not-the-approver' | 'own-request' | 'reason-missing' | 'not-the-asker';

export interface ExceptionStep {
  readonly record: OfferException;
  readonly happened: readonly ExceptionEvent[];
  readonly refusal: ExceptionRefusal | null;
}
export interface ExceptionContext {
  readonly now: EpochMs;
  readonly calendar: WorkingCalendar;
  readonly timeZone: string;
}

export function askException(
  asked: { id: string; terms: ExceptionTerms; askedBy: string; endsAt: EpochMs | null },
  { now, calendar, timeZone }: ExceptionContext,
): OfferException {
  const { terms } = asked;
  return {
    ...asked,
    ...{ askedAt: now, state: 'asked', step: 0, overdue: false, decision: null, holdsUntil: null },
    dueAt: plusWorkingHours(calendar, timeZone, terms.office, now, terms.withinHours),
  };
}

/** Whose turn it is, and whoever stands above: nobody waits for the hour at which it would have come to them anyway. */
export function mayDecide({ terms, step }: Pick<OfferException, 'terms' | 'step'>, role: string): boolean {
  return terms.approvers.slice(step).some((approver) => approver === role);
}

/** Takes one signal. Pure; what does not apply is refused by name and changes nothing. */
export function decideException(
  record: OfferException,
  signal: ExceptionSignal,
  context: ExceptionContext,
): ExceptionStep {
  const refuse = (refusal: ExceptionRefusal): ExceptionStep => ({ record, happened: [], refusal });
  const { now, calendar } = context;
  if (record.state !== 'asked') return refuse('over');
  switch (signal.kind) {
    case 'withdrawn':
      if (signal.by !== record.askedBy) return refuse('not-the-asker');
      return { record: { ...record, state: 'withdrawn' }, happened: [{ event: 'withdrawn' }], refusal: null };
    case 'decided': {
      const { by, role, approve } = signal;
      const reason = signal.reason.trim();
      if (by === record.askedBy) return refuse('own-request');
      if (!mayDecide(record, role)) return refuse('not-the-approver');
      if (reason === '') return refuse('reason-missing');
      const state = approve ? 'approved' : 'declined';
      const holdsUntil = approve ? calendar.addWorkingDays(now, record.terms.holdsDays) : null;
      const decided = { ...record, state, decision: { by, at: now, reason }, holdsUntil } as const;
      return { record: decided, happened: [{ event: state, reason }], refusal: null };
    }
    case 'clock':
      return clock(record, context);
  }
}

function clock(record: OfferException, context: ExceptionContext): ExceptionStep {
  const { now, calendar, timeZone } = context;
  if (record.endsAt !== null && now >= record.endsAt)
    return { record: { ...record, state: 'lapsed' }, happened: [{ event: 'lapsed' }], refusal: null };
  const { terms } = record;
  const happened: ExceptionEvent[] = [];
  let { step, dueAt, overdue } = record;
  // A sweeper that slept makes up for every step, each with the time it would have had.
  while (now >= dueAt && step + 1 < terms.approvers.length) {
    step += 1;
    dueAt = plusWorkingHours(calendar, timeZone, terms.office, dueAt, terms.withinHours);
    const to = terms.approvers[step];
    if (to !== undefined) happened.push({ event: 'escalated', to, dueAt });
  }
  if (now >= dueAt && !overdue) {
    overdue = true;
    happened.push({ event: 'overdue' });
  }
  return { record: happened.length === 0 ? record : { ...record, step, dueAt, overdue }, happened, refusal: null };
}

/** When `clock` should next be sent; null: nothing is waited for. */
export function nextExceptionDeadline({ state, dueAt, overdue, endsAt }: OfferException): EpochMs | null {
  if (state !== 'asked') return null;
  const waiting = [...(overdue ? [] : [dueAt]), ...(endsAt === null ? [] : [endsAt])];
  return waiting.length === 0 ? null : Math.min(...waiting);
}

/** Outcomes after which nobody rings the customer with an answer: it was sold, or they asked not to be called, or it was not them. */
const UNANSWERED = new Set(['sale', 'opt-out', 'complaint', 'wrong-person', 'wrong-number', 'machine']);
export function wantsAnswerCall(state: ExceptionState, disposition: string | null): boolean {
  return (state === 'approved' || state === 'declined' || state === 'lapsed') && !UNANSWERED.has(disposition ?? '');
}

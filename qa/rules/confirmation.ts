import type { Confirmation, ConfirmationOutcome, SaleEnd, SaleEvent } from './sale/state.ts';
import type { TrialTerms } from './sale/terms.ts';
import { type EpochMs, plusDays, type WorkingCalendar } from './working-days.ts';

/** What the rules of a second confirmation (C1–C3) depend on. */
export interface ConfirmationContext {
  readonly now: EpochMs;
  readonly terms: TrialTerms;
  readonly timeZone: string;
  readonly calendar: WorkingCalendar;
}

export interface ConfirmationStep {
  readonly confirmation: Confirmation;
  readonly happened: readonly SaleEvent[];
  readonly end: SaleEnd | null;
}

/** C1: a trial begins, and with it the wait for the call that confirms it. */
export function beginTrial(trialEndsAt: EpochMs, context: ConfirmationContext): ConfirmationStep {
  const nothing = {
    trialEndsAt,
    extensions: 0,
    asked: 0,
    task: null,
    calls: [],
    leftToCancel: false,
    answered: [],
    repeatedFor: [],
  };
  return askBeforeEnd({ confirmation: nothing, happened: [], end: null }, context);
}

/**
 * C2: what follows from the outcome of a confirmation call.
 * goes-on: kept, to be judged. declines: cancelled. thinks: told how, called once more on the last working day. cancels-alone: told how,
 * left alone, and never billed. unreached, suspended: one more trial period and one more call, so often as the terms allow.
 */
export function confirmationAnswered(
  before: Confirmation,
  callId: string,
  outcome: ConfirmationOutcome,
  context: ConfirmationContext,
): ConfirmationStep {
  const confirmation = { ...before, task: null, answered: [...before.answered, callId] };
  const step: ConfirmationStep = { confirmation, happened: [], end: null };
  switch (outcome) {
    case 'goes-on': {
      const call = { callId, kind: 'confirmation', at: context.now, judgements: [], inspectionAsked: false } as const;
      return { ...step, confirmation: { ...confirmation, calls: [...confirmation.calls, call] } };
    }
    case 'declines':
      return { ...step, end: 'declined' };
    case 'thinks': {
      const informed: ConfirmationStep = { ...step, happened: [{ event: 'customer-informed', callId, of: outcome }] };
      const lastDay = context.calendar.subtractWorkingDays(confirmation.trialEndsAt, 1);
      return lastDay > context.now ? ask(informed, lastDay, confirmation.trialEndsAt, context) : informed;
    }
    case 'cancels-alone':
      return {
        ...step,
        confirmation: { ...confirmation, leftToCancel: true },
        happened: [{ event: 'customer-informed', callId, of: outcome }],
      };
    case 'unreached':
    case 'suspended':
      return extend(step, context);
  }
}

/**
 * C3: a confirmation that failed the four criteria is repeated on the next working day; the trial lasts at least until then.
 * `judgementId`: what found it invalid; acted on once, whatever the next call brings.
 */
export function confirmationInvalid(
  before: Confirmation,
  judgementId: string,
  context: ConfirmationContext,
): ConfirmationStep {
  const confirmation = { ...before, repeatedFor: [...before.repeatedFor, judgementId] };
  const step: ConfirmationStep = { confirmation, happened: [], end: null };
  if (before.task !== null || before.leftToCancel || before.repeatedFor.includes(judgementId)) {
    return { ...step, confirmation: before };
  }
  const dueAt = context.calendar.addWorkingDays(context.now, 1);
  const trialEndsAt = Math.max(before.trialEndsAt, dueAt);
  const happened: SaleEvent[] = trialEndsAt > before.trialEndsAt ? [{ event: 'trial-extended', trialEndsAt }] : [];
  const longer = { confirmation: { ...confirmation, trialEndsAt }, happened, end: null };
  const again = ask(longer, context.now, dueAt, context);
  return again.confirmation.task === null ? { ...step, end: 'not-confirmed' } : again;
}

/** The trial is over and nothing valid confirms it: extended if that is allowed and nobody was reached, else cancelled. */
export function trialOver(confirmation: Confirmation, context: ConfirmationContext): ConfirmationStep {
  const { task } = confirmation;
  const happened: SaleEvent[] = task === null ? [] : [{ event: 'confirmation-call-withdrawn', number: task.number }];
  const step: ConfirmationStep = { confirmation: { ...confirmation, task: null }, happened, end: null };
  if (confirmation.leftToCancel) return { ...step, end: 'left-to-cancel' };
  const extended = task === null ? step : extend(step, context);
  return extended.confirmation.task === null ? { ...step, end: 'not-confirmed' } : extended;
}

/** One more trial period, counted from the end of the present one (or from now, if that has passed), and a call before its end. */
function extend(step: ConfirmationStep, context: ConfirmationContext): ConfirmationStep {
  const { confirmation } = step;
  const { terms, now, timeZone } = context;
  if (confirmation.extensions >= terms.extensionsMost || confirmation.asked >= terms.callsMost) return step;
  const trialEndsAt = plusDays(Math.max(confirmation.trialEndsAt, now), terms.days, timeZone);
  const extended = { ...confirmation, trialEndsAt, extensions: confirmation.extensions + 1 };
  const happened: SaleEvent[] = [...step.happened, { event: 'trial-extended', trialEndsAt }];
  return askBeforeEnd({ ...step, confirmation: extended, happened }, context);
}

function askBeforeEnd(step: ConfirmationStep, context: ConfirmationContext): ConfirmationStep {
  const { trialEndsAt } = step.confirmation;
  const notBefore = Math.max(
    context.now,
    context.calendar.subtractWorkingDays(trialEndsAt, context.terms.confirmBeforeDays),
  );
  return ask(step, notBefore, Math.max(trialEndsAt, context.now), context);
}

/** Asks for a call, or leaves everything as it is when as many as the terms allow have been asked for. */
function ask(
  step: ConfirmationStep,
  notBefore: EpochMs,
  dueAt: EpochMs,
  { terms }: ConfirmationContext,
): ConfirmationStep {
  const { confirmation, happened } = step;
  if (confirmation.asked >= terms.callsMost) return step;
  const task = { number: confirmation.asked + 1, notBefore, dueAt };
  const asked: SaleEvent = { event: 'confirmation-call-asked', ...task };
  return { ...step, confirmation: { ...confirmation, asked: task.number, task }, happened: [...happened, asked] };
}

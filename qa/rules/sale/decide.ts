import { beginTrial, type ConfirmationContext, type ConfirmationStep, confirmationAnswered } from '../confirmation.ts';
import { type EpochMs, plusDays } from '../working-days.ts';
import { clockPassed } from './clock.ts';
import { type JudgedCall, withJudgement } from './judgement.ts';
import { end, type SaleContext, settle } from './settle.ts';
import type { Sale, SaleEvent, SaleRefusal, SaleSignal, SaleStep } from './state.ts';
import type { SaleTerms } from './terms.ts';

/**
 * A sale as the agent recorded it at `recordedAt`; it may be heard of later (`context.now`), and what must be done about it is due from then
 * on. What happened tells what it needs at once.
 */
export function newSale(
  { id, callId, recordedAt }: { readonly id: string; readonly callId: string; readonly recordedAt: EpochMs },
  terms: SaleTerms,
  context: SaleContext,
): SaleStep {
  const { now, calendar } = context;
  const sale: Sale = {
    id,
    terms,
    status: 'recorded',
    recordedAt,
    calls: [{ callId, kind: 'sale', at: recordedAt, judgements: [], inspectionAsked: false }],
    selfCheckDueAt: terms.selfCheck === null ? null : calendar.addWorkingDays(now, terms.selfCheck.withinDays),
    text: null,
    mending: null,
    mendingAsked: 0,
    activation: { askedAt: null, activeAt: null },
    confirmation: null,
    ended: null,
    told: [],
  };
  return { ...settle(sale, context), refusal: null };
}

/**
 * Takes one signal: notes the fact, then settles the sale by its facts. Pure. Signals may come twice and in any order; one that does not
 * apply is refused by name and changes nothing. 'unknown-call' may become known: send it again later.
 */
export function decideSale(sale: Sale, signal: SaleSignal, context: SaleContext): SaleStep {
  const noted = sale.ended === null ? note(sale, signal, context) : noteAfterEnd(sale, signal, context.now);
  if ('refused' in noted) return { sale, happened: [], refusal: noted.refused };
  const settled = settle(noted.sale, context);
  return { sale: settled.sale, happened: [...noted.happened, ...settled.happened], refusal: null };
}

type Noted = { sale: Sale; happened: SaleEvent[] } | { refused: SaleRefusal };
type Signal<K extends SaleSignal['kind']> = Extract<SaleSignal, { kind: K }>;

function noted(sale: Sale, ...happened: SaleEvent[]): Noted {
  return { sale, happened };
}

function note(sale: Sale, signal: SaleSignal, context: SaleContext): Noted {
  const { now } = context;
  switch (signal.kind) {
    case 'judged':
      return judged(sale, signal);
    case 'text-sent':
      if (sale.text === null) return { refused: 'not-asked-for' };
      if (sale.text.sentAt !== null) return { refused: 'known-already' };
      return noted({ ...sale, text: { ...sale.text, sentAt: now } });
    case 'text-failed':
      if (sale.text === null) return { refused: 'not-asked-for' };
      if (sale.text.acceptedAt !== null || sale.text.failed !== undefined) return { refused: 'known-already' };
      return noted({ ...sale, text: { ...sale.text, failed: signal.why } }, { event: 'text-failed', why: signal.why });
    case 'text-reply':
      return textReply(sale, signal.answer, now);
    case 'mending-call':
      return mendingCall(sale, signal, now);
    case 'activated':
      return activated(sale, signal.trialEndsAt, context);
    case 'confirmation-call':
      return confirmationCall(sale, signal, context);
    case 'withdrawn':
      return noted(end(sale, signal.by === 'manager' ? 'manager' : 'customer-withdrew', now));
    case 'clock':
      return clockPassed(sale, context);
  }
}

/** Nothing revives an ended sale; but a product that was activated all the same must be cancelled. */
function noteAfterEnd(sale: Sale, signal: SaleSignal, now: EpochMs): Noted {
  if (signal.kind !== 'activated' || sale.activation.activeAt !== null) return { refused: 'ended' };
  return noted({ ...sale, activation: { ...sale.activation, activeAt: now } }, { event: 'product-cancel-asked' });
}

function judged(sale: Sale, { callId, judgement }: Signal<'judged'>): Noted {
  const all = [...sale.calls, ...(sale.confirmation?.calls ?? [])];
  const call = all.find((one) => one.callId === callId);
  if (call === undefined) return { refused: 'unknown-call' };
  if (call.judgements.some(({ id }) => id === judgement.id)) return { refused: 'known-already' };
  const calls = withJudgement(sale.calls, callId, judgement);
  if (sale.confirmation === null) return noted({ ...sale, calls });
  const confirmed = withJudgement(sale.confirmation.calls, callId, judgement);
  return noted({ ...sale, calls, confirmation: { ...sale.confirmation, calls: confirmed } });
}

/** A reply shows that the text arrived, even if the carrier's word of it is still on its way. */
function textReply(sale: Sale, answer: 'yes' | 'no' | 'unclear', now: EpochMs): Noted {
  if (sale.text === null) return { refused: 'not-asked-for' };
  const text = { ...sale.text, sentAt: sale.text.sentAt ?? now };
  switch (answer) {
    case 'yes':
      if (text.acceptedAt !== null) return { refused: 'known-already' };
      return noted({ ...sale, text: { ...text, acceptedAt: now } });
    case 'no':
      return noted(
        end({ ...sale, text }, sale.activation.activeAt === null ? 'refused-by-text' : 'customer-withdrew', now),
      );
    case 'unclear':
      return noted({ ...sale, text }, { event: 'reply-unclear' });
  }
}

/** A withdrawal is honoured whether or not we asked for the call; a call that nobody asked for mends nothing. */
function mendingCall(sale: Sale, { callId, result }: Signal<'mending-call'>, now: EpochMs): Noted {
  if (result === 'withdrawn') return noted(end(sale, 'customer-withdrew', now));
  if (isKnown(sale, callId)) return { refused: 'known-already' };
  if (sale.mending === null || sale.mending.task === null) return { refused: 'not-asked-for' };
  // The next call is asked for when the sale is settled, as long as there are calls left; else it could not be mended.
  if (result === 'unreached') return noted({ ...sale, mending: { ...sale.mending, task: null } });
  const { kind } = sale.mending.task;
  const call: JudgedCall = { callId, kind, at: now, judgements: [], inspectionAsked: false };
  return noted({ ...sale, calls: [...sale.calls, call], mending: { ...sale.mending, task: null } });
}

function activated(sale: Sale, trialEndsAt: EpochMs | null, context: SaleContext): Noted {
  if (sale.activation.activeAt !== null) return { refused: 'known-already' };
  const happened: SaleEvent[] = sale.terms.notice ? [{ event: 'notice-asked' }] : [];
  const active = { ...sale, activation: { ...sale.activation, activeAt: context.now } };
  const trial = trialContext(sale, context);
  if (trial === null) return noted(active, ...happened);
  const endsAt = trialEndsAt ?? plusDays(context.now, trial.terms.days, trial.timeZone);
  return confirmed(active, beginTrial(endsAt, trial), happened, context.now);
}

/** The customer's no is honoured whenever it comes; any other outcome answers a call that was asked for. */
function confirmationCall(sale: Sale, { callId, outcome }: Signal<'confirmation-call'>, context: SaleContext): Noted {
  const trial = trialContext(sale, context);
  if (trial === null || sale.confirmation === null) return { refused: 'not-asked-for' };
  if (isKnown(sale, callId)) return { refused: 'known-already' };
  if (sale.confirmation.task === null && outcome !== 'declines') return { refused: 'not-asked-for' };
  return confirmed(sale, confirmationAnswered(sale.confirmation, callId, outcome, trial), [], context.now);
}

function confirmed(sale: Sale, step: ConfirmationStep, happened: readonly SaleEvent[], now: EpochMs): Noted {
  const next = { ...sale, confirmation: step.confirmation };
  return noted(step.end === null ? next : end(next, step.end, now), ...happened, ...step.happened);
}

function trialContext({ terms }: Sale, context: SaleContext): ConfirmationContext | null {
  return terms.trial === null ? null : { ...context, terms: terms.trial, timeZone: terms.timeZone };
}

function isKnown(sale: Sale, callId: string): boolean {
  return sale.calls.some((call) => call.callId === callId) || (sale.confirmation?.answered.includes(callId) ?? false);
}

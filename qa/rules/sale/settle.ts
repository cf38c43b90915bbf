import { confirmationInvalid } from '../confirmation.ts';
import type { EpochMs, WorkingCalendar } from '../working-days.ts';
import {
  type CallStanding,
  decisiveJudgement,
  inspectionNeeded,
  type JudgedCall,
  standingOf,
  standingOfSale,
} from './judgement.ts';
import type { Sale, SaleEnd, SaleEvent, SaleStatus } from './state.ts';

/** What settling and deciding depend on besides sale and signal. */
export interface SaleContext {
  readonly now: EpochMs;
  readonly calendar: WorkingCalendar;
}

/** How the sale stands by the four criteria, all its calls considered. */
export function fourCriteria(sale: Sale): CallStanding {
  return standingOfSale(sale.calls, sale.terms.inspectEverySale);
}

/**
 * How the second confirmation stands: by the last call in which the customer went on. Once an inspector has found one invalid, only an
 * inspector can pass the next.
 */
export function confirmationStanding(sale: Sale): CallStanding {
  const calls = sale.confirmation?.calls ?? [];
  const last = calls.at(-1);
  if (last === undefined) return 'unjudged';
  return standingOf(last, inspectionNeeded(calls, sale.terms.trial?.inspectConfirmation ?? true));
}

/** The one guard of billing: the four criteria hold, every step is there, it is active, and a trial was validly confirmed. */
export function mayBill(sale: Sale): boolean {
  if (sale.ended !== null || fourCriteria(sale) !== 'passed' || !stepsDone(sale) || sale.activation.activeAt === null)
    return false;
  return sale.terms.trial === null || confirmationStanding(sale) === 'passed';
}

function stepsDone({ terms, text }: Sale): boolean {
  if (terms.text === null) return true;
  if (text === null || text.sentAt === null) return false;
  return !terms.text.reply || text.acceptedAt !== null;
}

function statusOf(sale: Sale): SaleStatus {
  if (sale.ended !== null) return endOf(sale, sale.ended.reason);
  switch (fourCriteria(sale)) {
    case 'failed':
    case 'doubtful':
      return 'unqualified';
    case 'unjudged':
      // A sale whose self-check passed, or that asks for none, waits for its inspector.
      return sale.terms.selfCheck === null || sale.calls.some(({ judgements }) => judgements.length > 0)
        ? 'held'
        : 'recorded';
    case 'passed':
      if (!stepsDone(sale)) return 'held';
      if (sale.activation.activeAt === null) return 'valid';
      return mayBill(sale) ? 'billable' : 'trial';
  }
}

/** void: it never was, or could not be made, a valid order. cancelled: a valid order that the customer does not go on with. */
function endOf(sale: Sale, reason: SaleEnd): 'void' | 'cancelled' {
  if (sale.status === 'void' || sale.status === 'cancelled') return sale.status;
  switch (reason) {
    case 'refused-by-text':
    case 'no-reply':
    case 'text-not-sent':
    case 'not-mended':
    case 'manager':
      return 'void';
    case 'customer-withdrew':
      return sale.activation.activeAt === null ? 'void' : 'cancelled';
    case 'declined':
    case 'left-to-cancel':
    case 'not-confirmed':
      return 'cancelled';
  }
}

/**
 * Brings a sale whose facts have changed to the status they mean, and asks for whatever that status needs next. Settling twice
 * changes nothing.
 */
export function settle(before: Sale, context: SaleContext): { sale: Sale; happened: SaleEvent[] } {
  const happened: SaleEvent[] = [];
  const status = statusOf(before);
  const moved = status !== before.status;
  if (moved) {
    happened.push({ event: 'moved', from: before.status, to: status, reason: before.ended?.reason ?? null });
    const from = Math.max(context.now, before.confirmation?.trialEndsAt ?? 0);
    if (status === 'billable') happened.push({ event: 'billing-started', from });
    if (before.status === 'billable') happened.push({ event: 'billing-stopped' });
  }
  let sale: Sale = { ...before, status };
  if (status === 'void' || status === 'cancelled') return { sale: moved ? leave(sale, happened) : sale, happened };
  sale = askInspections(sale, happened);
  const entered = ENTER[status](sale, context, happened);
  if (entered.ended === null) return { sale: entered, happened };
  // Nothing was left to save it by: the sale ends on entering, and settles once more, in its end.
  const ended = settle(entered, context);
  return { sale: ended.sale, happened: [...happened, ...ended.happened] };
}

type Enter = (sale: Sale, context: SaleContext, happened: SaleEvent[]) => Sale;

const ENTER: Readonly<Record<Exclude<SaleStatus, 'void' | 'cancelled'>, Enter>> = {
  recorded: (sale) => sale,
  held: (sale, context, happened) => askText(withdrawMending(sale, happened), context, happened),
  unqualified: askMending,
  valid: (sale, { now }, happened) => {
    const freed = withdrawMending(sale, happened);
    if (freed.activation.askedAt !== null) return freed;
    happened.push({ event: 'activation-asked' });
    return { ...freed, activation: { ...freed.activation, askedAt: now } };
  },
  trial: (sale, context, happened) => repeatInvalid(withdrawMending(sale, happened), context, happened),
  billable: (sale, _, happened) => withdrawConfirmation(withdrawMending(sale, happened), happened),
};

/** Asks an inspector to judge the last call of the sale, and of its confirmation, where only an inspection can let it pass. */
function askInspections(sale: Sale, happened: SaleEvent[]): Sale {
  const asked = (calls: readonly JudgedCall[], every: boolean): readonly JudgedCall[] => {
    const last = calls.at(-1);
    if (last === undefined || last.inspectionAsked || !inspectionNeeded(calls, every)) return calls;
    happened.push({ event: 'inspection-asked', callId: last.callId, kind: last.kind });
    return calls.with(-1, { ...last, inspectionAsked: true });
  };
  const { confirmation, terms } = sale;
  const calls = asked(sale.calls, terms.inspectEverySale);
  if (confirmation === null) return { ...sale, calls };
  const confirming = asked(confirmation.calls, terms.trial?.inspectConfirmation ?? true);
  return { ...sale, calls, confirmation: { ...confirmation, calls: confirming } };
}

function askText(sale: Sale, { now, calendar }: SaleContext, happened: SaleEvent[]): Sale {
  const { terms } = sale;
  if (terms.text === null || sale.text !== null) return sale;
  const dueAt = calendar.addWorkingDays(now, terms.text.withinDays);
  happened.push({ event: 'text-asked', replyBy: terms.text.reply ? dueAt : null });
  return { ...sale, text: { askedAt: now, dueAt, sentAt: null, acceptedAt: null } };
}

/** Asks for a call that mends the sale, unless one is under way or waits to be judged; none left means the sale is void. */
function askMending(sale: Sale, { now, calendar }: SaleContext, happened: SaleEvent[]): Sale {
  const { mending: terms } = sale.terms;
  const giveUpAt = sale.mending?.giveUpAt ?? calendar.addWorkingDays(now, terms.giveUpAfterDays);
  const mending = sale.mending ?? { task: null, left: terms.callsMost, giveUpAt };
  const last = sale.calls.at(-1);
  const awaitsJudgement = sale.calls.length > 1 && last !== undefined && standingOf(last, true) === 'unjudged';
  if (mending.task !== null || awaitsJudgement) return sale.mending === null ? { ...sale, mending } : sale;
  if (mending.left < 1) return end(sale, 'not-mended', now);
  const task = {
    kind: fourCriteria(sale) === 'doubtful' ? 'verification' : 'corrective',
    number: sale.mendingAsked + 1,
    dueAt: calendar.addWorkingDays(now, terms.callWithinDays),
  } as const;
  happened.push({ event: 'mending-call-asked', ...task });
  return { ...sale, mendingAsked: task.number, mending: { giveUpAt, left: mending.left - 1, task } };
}

function withdrawMending(sale: Sale, happened: SaleEvent[]): Sale {
  if (sale.mending === null) return sale;
  if (sale.mending.task !== null) happened.push({ event: 'mending-call-withdrawn', number: sale.mending.task.number });
  // Mended: should the sale fail once more, the time to mend it begins anew.
  return { ...sale, mending: null };
}

function withdrawConfirmation(sale: Sale, happened: SaleEvent[]): Sale {
  const task = sale.confirmation?.task;
  if (sale.confirmation === null || !task) return sale;
  happened.push({ event: 'confirmation-call-withdrawn', number: task.number });
  return { ...sale, confirmation: { ...sale.confirmation, task: null } };
}

function repeatInvalid(sale: Sale, context: SaleContext, happened: SaleEvent[]): Sale {
  const { confirmation, terms } = sale;
  const call = confirmation?.calls.at(-1);
  const judgement = call === undefined ? null : decisiveJudgement(call);
  const standing = confirmationStanding(sale);
  if (confirmation === null || terms.trial === null || judgement === null) return sale;
  if (standing !== 'failed' && standing !== 'doubtful') return sale;
  const step = confirmationInvalid(confirmation, judgement.id, {
    ...context,
    terms: terms.trial,
    timeZone: terms.timeZone,
  });
  happened.push(...step.happened);
  const repeated = { ...sale, confirmation: step.confirmation };
  return step.end === null ? repeated : end(repeated, step.end, context.now);
}

function leave(sale: Sale, happened: SaleEvent[]): Sale {
  const { askedAt, activeAt } = sale.activation;
  if (askedAt !== null || activeAt !== null) happened.push({ event: 'product-cancel-asked' });
  return withdrawConfirmation(withdrawMending(sale, happened), happened);
}

/** The sale with its end; `settle` makes it void or cancelled. The first end stands. */
export function end(sale: Sale, reason: SaleEnd, at: EpochMs): Sale {
  return sale.ended === null ? { ...sale, ended: { reason, at } } : sale;
}
